import { useDesk } from '../../../web/app-context.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { ownCase } from '../../cases/screens/case-file.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import type { ReadAttention } from '../attention.ts'
import type { ReadQuestion } from '../question.ts'
import { layOver } from './lay-over.ts'

/** What colleagues ask about one case: from this device where it holds the case, else from the server. */
export function useAsked(caseId: string) {
  const { app, desk, rows } = useDesk()
  const [reason] = useReason(caseId)
  const isHere = ownCase(rows, caseId) !== null
  const asked = useAnswer(
    `asked|${isHere ? 'here' : caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      isHere ? [] : ((await app.api.get(`/api/cases/${caseId}/asked`, reasonHeaders(caseId))) as { rows: Row[] }).rows,
    desk.replica.waiting().length,
  )
  const found = isHere ? rows : laidOver(asked.state === 'answered' ? asked.value : [])
  return {
    questions: questionsIn(found, caseId),
    attention: attentionIn(found, caseId),
    isHere,
    isFetching: !isHere && asked.state === 'asking',
    problem: asked.state === 'failed' ? asked.code : null,
  }

  /** What waits here to be sent stands over what the server has, also for a case this device does not hold. */
  function laidOver(fetched: readonly Row[]): Rows {
    const under = new Map(fetched.map((row) => [`${row.thing}/${row.id}`, row]))
    under.set(`case/${caseId}`, { thing: 'case', id: caseId, caseId, version: null, fields: {} })
    for (const { op, answer } of desk.replica.waiting())
      if (op.payload.caseId === caseId)
        for (const row of layOver(op, under, answer))
          if (!under.has(`${row.thing}/${row.id}`) || op.type === 'work.end_attention')
            under.set(`${row.thing}/${row.id}`, row)
    return under
  }
}

// Rows of these kinds are written by `packs` and `lay-over.ts` only, both from the feature's own schema.
export function questionsIn(rows: Rows, caseId: string): ReadQuestion[] {
  return rowsOf(rows, 'case_question', caseId).map((row) => row.fields as unknown as ReadQuestion)
}

export function attentionIn(rows: Rows, caseId: string): ReadAttention[] {
  return rowsOf(rows, 'case_attention', caseId).map((row) => row.fields as unknown as ReadAttention)
}
