import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { basisEndsOn } from '../../core/second-signature.ts'
import { addDuration, type Day, dayOf, type Instant } from '../../core/time.ts'
import { refuseWhenClosed } from '../cases/ops.ts'
import { CARE, CareTeam, type Nameable } from './care-team.ts'
import type { KnownReferrals } from './referral-ops.ts'
import { basisProblem, standsNow } from './standing.ts'

/** `people` is null on a device that has not asked; `isFresh`, whether she has just proved that it is her, is the server's to say. */
export type KnownTeam = KnownReferrals & { people: readonly Nameable[] | null; isFresh: boolean }

/** How long a part stays open to somebody else at most. */
const AT_MOST = 'P365D'

/** Who answers for the child where it lives, and whoever stands in for her: more would be a shift, which reads the sheet alone. */
const KEY_WORKERS = 2

export const nameCareTeam: OpDefinition<CareTeam, KnownTeam, CareTeam, AnyRefusal> = {
  type: 'referrals.name_care_team',
  payload: CareTeam.schema,
  needs: 'services:write',
  decide(team, known, { now, role, timeZone }) {
    // Nobody who was named names others: what was shared is shared no further.
    if (role !== 'case_worker') return refuse({ reason: 'worker_names' })
    const ground = groundOf(team, known, now, timeZone)
    if (ground === null) return refuse({ reason: 'consent_needed' })
    // Nobody named: what was open ends, whatever has become of the case or of the yes.
    if (team.people.length === 0) return accept(team)
    // It opens the file to somebody new (security.md 4).
    if (!known.isFresh) return refuse({ reason: 'proof_first' })
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (ground.recipient !== CARE[team.purpose].recipient) return refuse({ reason: 'consent_for_another' })
    if (ground.problem !== null) return refuse(ground.problem)
    if (new Set(team.people).size !== team.people.length) return refuse({ reason: 'named_twice' })
    if (team.purpose === 'key_work' && team.people.length > KEY_WORKERS) return refuse({ reason: 'two_key_workers' })
    if (team.endsOn < dayOf(now, timeZone)) return refuse({ reason: 'team_ends_in_the_past' })
    const last = ground.endsOn ?? dayOf(addDuration(now, AT_MOST, 'UTC'), timeZone)
    if (team.endsOn > last) return refuse({ reason: 'team_longer_than_the_yes' })
    if (known.people === null) return accept(team)
    const wanted = CARE[team.purpose].role
    const found = known.people.filter((one) => one.role === wanted && team.people.includes(one.id))
    if (found.length !== team.people.length) return refuse({ reason: 'not_for_this_care' })
    return new Set(found.map((one) => one.organisationId)).size > 1
      ? refuse({ reason: 'team_of_two_houses' })
      : accept(team)
  },
}

/** What kind of body it speaks of, why it opens nothing now, and its last day. */
type Ground = { recipient: string | null; problem: AnyRefusal | null; endsOn: Day | null }

/** The one thing a naming rests on: a yes for a body of this kind, or a basis that a second person has signed. */
export function groundOf(
  { consentId, basisId }: Pick<CareTeam, 'consentId' | 'basisId'>,
  { consents, withdrawals, bases }: Pick<KnownReferrals, 'consents' | 'withdrawals' | 'bases'>,
  now: Instant,
  timeZone: string,
): Ground | null {
  if ((consentId === null) === (basisId === null)) return null
  const basis = bases.find((one) => one.id === basisId)
  if (basis !== undefined)
    return {
      recipient: basis.recipient,
      problem: basisProblem(basis, now, timeZone),
      endsOn: basisEndsOn(basis.decidedAt, timeZone),
    }
  const consent = consents.find((one) => one.id === consentId)
  if (consent === undefined || consent.purpose !== 'referral_specific') return null
  const isOpen = standsNow(consent, withdrawals, now, timeZone) === 'given'
  return {
    recipient: consent.recipient,
    problem: isOpen ? null : { reason: 'consent_not_open' },
    endsOn: consent.endsOn,
  }
}
