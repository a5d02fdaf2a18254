import type { Level, Part, Purpose, Sector } from './part.ts'
import type { Instant } from './time.ts'

/** A person's role in her organisation: what she does, not what she is called. */
export const ROLES = [
  'case_worker',
  'supervisor',
  'intake',
  'clinician',
  'lawyer',
  'shelter_worker',
  'cso_worker',
  'school',
  'court_adviser',
  'judge',
  'security_desk',
  'dpo',
  'auditor',
  'national_officer',
  'admin',
] as const
export type Role = (typeof ROLES)[number]

/** Who asks, as the session says. */
export type Person = {
  id: string
  orgId: string
  sector: Sector
  role: Role
  name: string
  language: string
  strength: 'demo' | 'password_totp' | 'passkey'
  provedAt: Instant
  endsAt: Instant
  /** Why this request looks: stated, or following from the role. */
  purpose: Purpose
  /** The server's moment at which this request began. */
  askedAt: Instant
}

export type Basis = 'membership' | 'supervision' | 'grant' | 'emergency'

/** One live or ended right of one person on one part of one case: a row of the `access` table. */
export type AccessRow = {
  part: Part
  level: Level
  basis: Basis
  endsAt: Instant | 'infinity'
}

export type AccessQuestion = {
  person: Pick<Person, 'sector' | 'role'>
  rows: readonly AccessRow[]
  part: Part
  level: Level
  purpose: Purpose
  now: Instant
}

export type AccessDenial = 'firewall' | 'no_basis' | 'ended' | 'read_only' | 'purpose_not_permitted'

export type AccessDecision = { allow: true; basis: Basis } | { allow: false; code: AccessDenial }

export type DecideAccess = (question: AccessQuestion) => AccessDecision
