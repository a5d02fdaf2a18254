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

/** How the demo's fictional worker ends her work with a child: it is weighed, told and asked, and the supervisor signs a day later. */
export function tellClosing({ by, supervisor, id, put }: Around, caseId: string, at: Instant): void {
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
}
