import type { PublicPack } from '../../core/country.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { type Day, dayOf } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit } from '../cases/edits.ts'
import { type AskedLater, CareFollowUp, CareReturn, NON_ANSWERS, stepsOf } from './follow-up.ts'

/** Begins or ends a way back that is followed. */
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
  askedLater: AskedLater
}

/** Records one contact on the way back; a child nobody reached has said nothing. */
export const addFollowUp: OpDefinition<CareFollowUp, KnownFollowUp, CareFollowUp, AnyRefusal> = {
  type: 'care.add_follow_up',
  payload: CareFollowUp.schema,
  needs: 'services:write',
  decide(contact, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const followed = known.returns.find((one) => one.id === contact.returnId)
    if (followed === undefined) return refuse({ reason: 'unknown_return' })
    const impossible = refuseImpossible([contact.at], now)
    if (impossible !== null) return impossible
    if (dayOf(contact.at, timeZone) < followed.startsOn) return refuse({ reason: 'before_the_return' })
    if (contact.how === 'not_reached' && Object.keys(contact.outcomes).length > 0)
      return refuse({ reason: 'not_reached_says_nothing' })
    if (known.askedLater === 'no' && Object.keys(contact.outcomes).length > 0)
      return refuse({ reason: 'wants_no_questions' })
    const has = (list: string, code: string) => (known.codes.codeLists[list] ?? []).some((one) => one.code === code)
    for (const [domain, step] of Object.entries(contact.outcomes)) {
      const isStep = NON_ANSWERS.some((one) => one === step) || has(stepsOf(domain), step)
      if (!has('outcome_domain', domain) || !isStep) return refuse({ reason: 'unknown_outcome' })
    }
    return accept(contact)
  },
}
