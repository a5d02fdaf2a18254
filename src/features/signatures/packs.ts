import type { Part } from '../../core/part.ts'
import { ACTS_KEPT_HERE, ruleOf } from '../../core/second-signature.ts'
import { factReader, packPart, type PackReader, withoutCase } from '../../server/feature.ts'
import { casesWithNewSignatures, type ReadSignature, readSignatures } from '../../server/second-signatures.ts'

/** The parts that requests of the one store belong to. */
const SIGNED_PARTS = [...new Set(ACTS_KEPT_HERE.map((act) => ruleOf(act).part))]

/** The second person's answer without her words. */
function coded(answer: unknown) {
  if (answer === null) return null
  const { decision, answeredAt } = answer as { decision: string; answeredAt: string } // as readSignatures makes it
  return { decision, answeredAt }
}

type Found = ReadSignature & { id: string; caseId: string }

const reader = (part: Part, fieldsOf: (of: Found) => Record<string, unknown>): PackReader => ({
  ...factReader('second_signature', packPart(part), (tx, ids, open) => readSignatures(tx, ids, part, open), fieldsOf),
  due: ({ id, act, aboutId, askedAt, dueAt, answer }) => ({ id, act, aboutId, askedAt, dueAt, answer: coded(answer) }),
  stirred: casesWithNewSignatures,
})

/**
 * Why a record is kept without consent comes from the account of the first talk, which never lies on a card; what was said of it
 * on the telephone does not either.
 */
const withoutWhy = (of: Found) => ({
  ...withoutCase(of),
  why: null,
  talks: of.talks.map((talk) => ({ ...talk, words: null })),
})

/** What a worker asked for and what came of it, so that she reads it without a line. */
export const packs: PackReader[] = SIGNED_PARTS.map((part) => reader(part, part === 'case' ? withoutWhy : withoutCase))

/** The same with why, for who reads the opened file; also what was asked under the account before it was asked under the file. */
export const onTheServer: PackReader[] = [...SIGNED_PARTS, 'narrative' as const].map((part) =>
  reader(part, withoutCase),
)
