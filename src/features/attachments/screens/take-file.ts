import type { FileKind } from '../../../core/files.ts'
import type { TakeJotting } from '../../../web/feature.ts'
import { partsFor } from './files-view.ts'
import { keepFile } from './keep-file.ts'

/** A photo, a paper or a voice note that was added without unlocking or came from another app, in the part its adder writes most. */
export function takeFile(kind: FileKind): TakeJotting {
  return async ({ id, text, type }, bytes, onto) => {
    const [part] = partsFor(onto.desk.session.person.role)
    if (part === undefined) return onto.speech.t('answer.not_allowed')
    if (bytes === null || type === null) return onto.speech.t('field.does_not_fit')
    const wrong = await keepFile(onto, { id, part, title: text?.slice(0, 200) ?? null }, { kind, type, bytes })
    return wrong === null ? null : Object.values(wrong).join(' ')
  }
}
