import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  worker: { id: string }
  supervisor: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** What the demo's fictional supervisor talked about with her worker, and what she found in two of her files. */
export function tellSupervision({ worker, supervisor, ago, id, put }: Around, heron: string, rice: string): void {
  const day = (inDays: number) => ago(-24 * inDays).slice(0, 10)
  const step = (hours: number, type: string, payload: Record<string, unknown>) =>
    put({ by: supervisor.id, at: ago(hours), type, payload })

  step(48, 'supervision.note_talk', {
    id: id(),
    caseId: rice,
    withId: worker.id,
    heldOn: day(-2),
    nextOn: day(5),
    talked:
      'The talk between grandmother and aunt went well because nobody was hurried. The nights are hard to hear about.',
    agreed: 'She visits with a colleague, and calls the school only after his grandmother has said yes.',
    needed: 'Somebody who takes her telephone on Thursday evening.',
  })
  const look = (hours: number, caseId: string, over: Record<string, unknown>) =>
    step(hours, 'supervision.review_file', {
      id: id(),
      caseId,
      month: `${ago(hours).slice(0, 7)}-01`,
      putRightBy: null,
      answers: [
        { question: 'own_words', answer: 'yes' },
        { question: 'safety_looked_at', answer: 'yes' },
        { question: 'done_or_why_not', answer: 'partly' },
      ],
      good: 'His own words stand in every note.',
      found: null,
      ...over,
    })
  look(47, rice, {})
  look(8, heron, {
    good: 'The lawyer was called within an hour, and the file says who was told when.',
    found: 'It does not say yet who told his aunt what the judge can decide.',
    putRightBy: day(4),
  })
}
