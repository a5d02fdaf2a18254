import type { Role } from '../../core/access.ts'
import type { Sector } from '../../core/part.ts'
import type { Day, Instant } from '../../core/time.ts'

/** What the server answers an administrator, a DPO or a supervisor about people; nothing of a child. */
export type Account = {
  id: string
  orgId: string
  name: string
  login: string
  role: Role
  state: 'invited' | 'active' | 'put_away' | 'ended'
  activeAt: Instant | null
  vouch: { id: string; opensAt: Instant; endsAt: Instant; mine: boolean } | null
  teams: { id: string; name: string; supervises: boolean }[]
}
export type Office = {
  id: string
  name: string
  sector: Sector
  region: string | null
  teams: { id: string; name: string }[]
}
export type Appointment = {
  id: string
  personId: string
  kind: 'role' | 'supervise' | 'end' | 'roster'
  role: Role | null
  teamId: string | null
  orgId: string | null
  fromOn: Day | null
  untilOn: Day | null
  proposedBy: string
  proposedAt: Instant
  /** Until when somebody can confirm it, and whether that has passed. */
  overAt: Instant
  ranOut: boolean
}
/** Somebody of another office who stands above this one. */
export type OnRoster = { id: string; orgId: string; personId: string; fromOn: Day; untilOn: Day }
export type Everybody = { people: Account[]; offices: Office[]; appointments: Appointment[]; roster: OnRoster[] }
export type SetUp = {
  steps: { step: 'second_administrator' | 'dpo' | 'supervisor_with_team'; done: boolean }[]
  isOver: boolean
}
export type PeopleChange = {
  id: string
  at: Instant
  byPerson: string | null
  action: string
  personId: string | null
  code: string | null
}
