import { ACTS_KEPT_HERE, ruleOf } from '../../core/second-signature.ts'
import { packPart, type PackReader } from '../../server/feature.ts'
import { casesWithNewSignatures, readSignatures } from '../../server/second-signatures.ts'

/** The parts that requests of the one store belong to. */
const SIGNED_PARTS = [...new Set(ACTS_KEPT_HERE.map((act) => ruleOf(act).part))]

/** What a worker asked for and what came of it, so that she reads it without a line. */
export const packs: PackReader[] = SIGNED_PARTS.map((part) => ({
  thing: 'second_signature',
  part: packPart(part),
  async read(tx, caseIds, open) {
    const found = await readSignatures(tx, caseIds, part, open)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'second_signature',
      id: fields.id,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
  stirred: casesWithNewSignatures,
}))
