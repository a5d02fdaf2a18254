import { addMillis, type Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'
import { anAssessment } from './weighing-story.ts'

type Around = {
  by: { id: string }
  supervisor: { id: string }
  id: () => string
  put: (step: StoryStep) => void
}

const DAY = 24 * 3_600_000

/** When the demo's cases of last year ended, the latest first: one every four weeks, so that hardly a month of a year is without. */
export const endedAt = (start: Instant, nth: number): Instant => addMillis(start, -(5 + 28 * nth) * DAY)

/** How the demo's fictional worker ends her work with a child: it is weighed, told and asked, and the supervisor signs a day later. */
export function tellClosing({ by, supervisor, id, put }: Around, caseId: string, endsAt: Instant): string {
  const at = addMillis(endsAt, -DAY)
  const day = (inDays: number) => addMillis(at, inDays * DAY).slice(0, 10)
  const closing = id()
  const weighedAt = addMillis(at, -DAY)
  put({
    by: by.id,
    at: weighedAt,
    type: 'best_interests.record',
    payload: anAssessment({ id: id(), caseId, at: weighedAt }),
  })
  put({
    by: by.id,
    at,
    type: 'closure.ask_to_close',
    payload: {
      id: closing,
      caseId,
      reason: 'goals_met',
      told: 'told',
      toldOn: day(-1),
      toldLanguage: 'id',
      toldBy: 'His worker, at his aunt’s house',
      toldWords: 'He asked whether he may still call.',
      feedback: 'given',
      feedbackWords: 'They came when they said they would come.',
      contact: 'agreed',
      contactWay: 'call',
      contactOn: day(90),
      contactUntil: day(365),
      contactSafely: 'Call in the morning and ask for his aunt first.',
      asksToKeep: false,
      reasonWords: null,
      attempts: [],
    },
  })
  put({
    by: supervisor.id,
    at: addMillis(at, DAY),
    type: 'signatures.answer',
    payload: { id: id(), caseId, signatureId: closing, act: 'close_case', decision: 'signed', reason: null },
  })
  return closing
}

type Ended = { caseId: string; closing: string; endsAt: Instant }

/** What came after: contacts that were made, one that is due today, and what two former children asked, of whom one waits for the answer. */
export function tellAfterwards(
  { by, id, put }: Pick<Around, 'by' | 'id' | 'put'>,
  start: Instant,
  ended: readonly Ended[],
): void {
  const step = (at: Instant, type: string, payload: Record<string, unknown>) => put({ by: by.id, at, type, payload })
  const before = (days: number) => addMillis(start, -days * DAY)
  for (const { caseId, closing, endsAt } of ended) {
    const madeAt = addMillis(endsAt, 88 * DAY)
    if (madeAt < before(7))
      step(madeAt, 'closure.make_contact', { caseId, closingId: closing, madeOn: madeAt.slice(0, 10) })
  }
  const asks = (caseId: string, days: number, of: { kind: string; asks: string; safely: string }) => {
    const request = { id: id(), caseId, askedOn: before(days).slice(0, 10), ...of }
    step(before(days), 'closure.note_request', request)
    return request.id
  }
  const [, , answered, , waiting] = ended
  if (waiting === undefined || answered === undefined) throw new Error('the demo has cases that ended')
  asks(waiting.caseId, 25, {
    kind: 'copy',
    asks: 'The paper of the school that was in the file, and what was decided about where I live.',
    safely: 'A message to the number I gave; I call back when I am alone.',
  })
  const requestId = asks(answered.caseId, 47, {
    kind: 'correction',
    asks: 'That I went by myself, nobody brought me.',
    safely: 'I come to the office on a Thursday after four.',
  })
  step(before(40), 'closure.answer_request', {
    id: id(),
    caseId: answered.caseId,
    requestId,
    answeredOn: before(40).slice(0, 10),
    answer: 'It stands beside the old words now, as you said it. You read it at the office.',
  })
}
