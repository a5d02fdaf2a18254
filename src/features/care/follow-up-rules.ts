import type { PublicPack } from '../../core/country.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { addDuration, addMillis, type Day, dayOf, startOfDay, toMillis } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit } from './edits.ts'
import { CareFollowUp, CareReturn, NON_ANSWERS, stepsOf } from './follow-up.ts'

/** A phone's clock may be a little off; further ahead than this is a slip of the finger. */
const AHEAD_MS = 5 * 60_000

export const editReturn: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal> = {
  type: 'care.edit_return',
  payload: rowEdit(CareReturn.schema),
  needs: 'services:write',
  decide(edit, known) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const { kind, startsOn, endsOn } = after<CareReturn>(known, edit)
    if (kind === undefined || startsOn === undefined) return refuse({ reason: 'return_without_day' })
    if ((endsOn ?? null) !== null && String(endsOn) < startsOn) return refuse({ reason: 'ends_before_it_starts' })
    return accept(edit)
  },
}

export type KnownFollowUp = KnownCase & {
  returns: readonly { id: string; startsOn: Day }[]
  codes: Pick<PublicPack, 'codeLists'>
}

export const addFollowUp: OpDefinition<CareFollowUp, KnownFollowUp, CareFollowUp, AnyRefusal> = {
  type: 'care.add_follow_up',
  payload: CareFollowUp.schema,
  needs: 'services:write',
  decide(contact, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const followed = known.returns.find((one) => one.id === contact.returnId)
    if (followed === undefined) return refuse({ reason: 'unknown_return' })
    if (contact.at > addMillis(now, AHEAD_MS)) return refuse({ reason: 'in_the_future', moment: contact.at })
    if (dayOf(contact.at, timeZone) < followed.startsOn) return refuse({ reason: 'before_the_return' })
    if (contact.how === 'not_reached' && Object.keys(contact.outcomes).length > 0)
      return refuse({ reason: 'not_reached_says_nothing' })
    const has = (list: string, code: string) => (known.codes.codeLists[list] ?? []).some((one) => one.code === code)
    for (const [domain, step] of Object.entries(contact.outcomes)) {
      const isStep = NON_ANSWERS.some((one) => one === step) || has(stepsOf(domain), step)
      if (!has('outcome_domain', domain) || !isStep) return refuse({ reason: 'unknown_outcome' })
    }
    return accept(contact)
  },
}




/**
 * The day by which a child on its way back is to be seen next, or null once that has ended. A step is met by a contact
 * that reached the child from the middle of its interval on; a later contact overtakes the steps before it. After the last
 * step of the country's schedule a child is asked once a year, until somebody ends it together with the child.
 */
export function nextFollowUp(
  { startsOn, endsOn }: Pick<CareReturn, 'startsOn' | 'endsOn'>,
  contacts: readonly Pick<CareFollowUp, 'at' | 'how'>[],
  schedule: readonly string[],
  timeZone: string,
): Day | null {
  if (endsOn !== null) return null
  const start = startOfDay(startsOn, timeZone)
  const seen = contacts.filter((one) => one.how !== 'not_reached').map((one) => toMillis(one.at))
  const last = Math.max(0, ...seen)
  let before = toMillis(start)
  let step = 0
  for (let year = 1; ; ) {
    const duration = schedule[step]
    const due = duration === undefined ? null : addDuration(start, duration, timeZone)
    const at = due ?? addDuration(addDuration(start, schedule.at(-1) ?? 'P0D', timeZone), `P${year}Y`, timeZone)
    const opens = (before + toMillis(at)) / 2
    if (last < opens) return dayOf(at, timeZone)
    before = toMillis(at)
    if (duration === undefined) year += 1
    else step += 1
  }
}

/** One domain over time, oldest first: the child's own way, set beside nobody else's. */
export type Trajectory = { domain: string; steps: (string | null)[] }

export function trajectories(contacts: readonly Pick<CareFollowUp, 'outcomes'>[], domains: readonly string[]): Trajectory[] {
  return domains
    .map((domain) => ({ domain, steps: contacts.map((one) => one.outcomes[domain] ?? null) }))
    .filter(({ steps }) => steps.some((step) => step !== null))
}
