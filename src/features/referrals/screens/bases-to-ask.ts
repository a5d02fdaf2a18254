import { basisEndsOn } from '../../../core/second-signature.ts'
import { addDuration, endOfDay, type Instant } from '../../../core/time.ts'
import type { Rows } from '../../../web/replica.ts'
import { type AgreementFields, fieldsOf } from './use-agreements.ts'

type ToAsk = { basis: AgreementFields['lawful_basis']; dueAt: Instant }

/** How long before its last day the worker is told that a reason runs out, and how long after it she is still reminded. */
const BEFORE = 'P14D'
const AFTER = 'P30D'

/** Signed reasons that run out, or have, and after which nobody was asked and no new one was written down. */
export function basesToAsk(rows: Rows, caseId: string, now: Instant, timeZone: string): ToAsk[] {
  const bases = fieldsOf(rows, 'lawful_basis', caseId)
  const answers = fieldsOf(rows, 'consent_record', caseId)
  return bases
    .filter(({ decision }) => decision === 'signed')
    .filter((basis) => {
      const same = (one: { purpose: string; recipient: string | null }) =>
        one.purpose === basis.purpose && one.recipient === basis.recipient
      return (
        !answers.some((one) => same(one) && one.askedAt > basis.decidedAt) &&
        !bases.some((one) => same(one) && one.decidedAt > basis.decidedAt)
      )
    })
    .map((basis) => ({ basis, dueAt: endOfDay(basisEndsOn(basis.decidedAt, timeZone), timeZone) }))
    .filter(({ dueAt }) => dueAt < addDuration(now, BEFORE, timeZone) && addDuration(dueAt, AFTER, timeZone) > now)
}
