import type { FilePart } from '../../../core/files.ts'
import { fingerprint } from '../../../crypto/fingerprint.ts'
import { decideContext } from '../../../web/app-context.ts'
import { attempt } from '../../../web/attempt.ts'
import type { Onto } from '../../../web/feature.ts'
import type { Picked } from '../../../web/files/prepare.ts'
import { answerText, refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { addFile } from '../ops.ts'
import { saidNoToPhotograph } from './said-no.ts'

/** Keeps a file on this device, sealed, and has it announced; answers what stands in the way, or null. */
export async function keepFile(
  { app, desk, speech, caseId, closedAt, timeZone }: Omit<Onto, 'pack'>,
  { id, part, title }: { id: string; part: FilePart; title: string | null },
  { kind, type, bytes }: Picked,
): Promise<FormErrors | null> {
  const file = { id, caseId, part, kind, bytes: bytes.length, sha256: await fingerprint(bytes), title }
  const tried = attempt(
    addFile,
    file,
    { closedAt, saidNo: saidNoToPhotograph(desk.replica.view(), caseId), there: null },
    decideContext(app, desk, timeZone),
  )
  if (!tried.ok)
    return 'refusal' in tried
      ? { '': refusalText(speech, tried.refusal) }
      : Object.fromEntries(tried.fields.map((field) => [field, speech.t('field.does_not_fit')]))
  const kept = { id, caseId, part, kind, type, title, at: app.now() }
  const wrong = await desk.files.keep(kept, bytes, async (): Promise<FormErrors | null> => {
    const done = await app.record([tried.draft])
    // Not sent yet is kept all the same: the list says where the file is.
    return done.kept === 'no' ? { '': answerText(speech, done.answer) } : null
  })
  void desk.rounds.now()
  return wrong
}
