import { useDesk } from '../../../web/app-context.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { ownCase } from './case-file.ts'
import { reasonHeaders, useReason } from './reason.ts'
import type { Speech } from '../../../web/language.ts'
import { errorText } from '../../../web/refusal-text.ts'

export type CaseRows = { rows: Rows; problem: string | null; isHere: boolean; isAsking: boolean }

/** A feature's rows of one case: from this device where it holds the case, else from the server under the feature's name. */
export function useRows(caseId: string, name: string): CaseRows {
  const { app, desk, rows } = useDesk()
  const [reason] = useReason(caseId)
  const isHere = ownCase(rows, caseId) !== null
  const asked = useAnswer(
    `${name}|${isHere ? 'here' : caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      isHere
        ? []
        : ((await app.api.get(`/api/cases/${caseId}/${name}`, reasonHeaders(caseId))) as { rows: Row[] }).rows,
    desk.replica.waiting().length,
  )
  if (isHere) return { rows, problem: null, isHere, isAsking: false }
  const found = asked.state === 'answered' ? asked.value : []
  return {
    rows: new Map(found.map((row) => [`${row.thing}/${row.id}`, row])),
    problem: asked.state === 'failed' ? asked.code : null,
    isHere,
    isAsking: asked.state === 'asking',
  }
}

/** What stands where there is nothing to show: nothing, or that it is being asked, or why it is not known; what is not known is not said to be nothing. */
export function emptyText(speech: Speech, { problem, isAsking }: Pick<CaseRows, 'problem' | 'isAsking'>, none: string) {
  if (problem !== null) return errorText(speech, problem)
  return isAsking ? speech.t('wait') : none
}
