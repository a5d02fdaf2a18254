import { ACTS_KEPT_HERE, ruleOf } from '../../core/second-signature.ts'
import { factReader, packPart, type PackReader, withoutCase } from '../../server/feature.ts'
import { casesWithNewSignatures, readSignatures } from '../../server/second-signatures.ts'

/** The parts that requests of the one store belong to. */
const SIGNED_PARTS = [...new Set(ACTS_KEPT_HERE.map((act) => ruleOf(act).part))]

/** The second person's answer without her words. */
function coded(answer: unknown) {
  if (answer === null) return null
  const { decision, answeredAt } = answer as { decision: string; answeredAt: string } // as readSignatures makes it
  return { decision, answeredAt }
}

/** What a worker asked for and what came of it, so that she reads it without a line. */
export const packs: PackReader[] = SIGNED_PARTS.map((part) => ({
  ...factReader(
    'second_signature',
    packPart(part),
    (tx, caseIds, open) => readSignatures(tx, caseIds, part, open),
    withoutCase,
  ),
  due: ({ id, act, aboutId, askedAt, dueAt, answer }) => ({ id, act, aboutId, askedAt, dueAt, answer: coded(answer) }),
  stirred: casesWithNewSignatures,
}))
