import type { FormValues } from '../../../web/ui/form-values.ts'
import type { CaseClosing } from '../closing.ts'

/** An earlier request as a form starts from it, so that what came back is mended and not written again. */
export function formOf({ id: _id, caseId: _case, attempts, asksToKeep, ...said }: CaseClosing): FormValues {
  const plain = Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return {
    ...Object.fromEntries(plain.map(([name, text]) => [name, [text]])),
    ...(asksToKeep ? { asksToKeep: ['yes'] } : {}),
    ...Object.fromEntries(
      attempts.flatMap(({ on, how }, at) => [
        [`attempt${at + 1}.on`, [on]],
        [`attempt${at + 1}.how`, [how]],
      ]),
    ),
  }
}
