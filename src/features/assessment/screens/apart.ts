import type { AnswerPart } from '../../../core/questions.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import type { KeptSheet } from '../sheet.ts'

export type Apart =
  | { state: 'asking' }
  | { state: 'here'; sheets: readonly KeptSheet[] }
  | { state: 'failed'; code: string; sheets: readonly KeptSheet[] }

/** The sheets of a part that is on no phone: asked of the server each time, and written down there. Nothing for `services`. */
export function useApart(caseId: string, part: AnswerPart): Apart {
  const { app, desk } = useDesk()
  const [reason] = useReason(caseId)
  const asked = useAnswer(
    `apart|${caseId}|${part}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      part === 'services'
        ? []
        : (
            (await app.api.get(
              `/api/cases/${caseId}/assessment/${part === 'health' ? 'health' : 'account'}`,
              reasonHeaders(caseId),
            )) as {
              sheets: KeptSheet[]
            }
          ).sheets,
    desk.replica.waiting().length,
  )
  switch (asked.state) {
    case 'asking':
      return { state: 'asking' }
    case 'answered':
      return { state: 'here', sheets: asked.value }
    case 'failed':
      return { state: 'failed', code: asked.code, sheets: [] }
  }
}
