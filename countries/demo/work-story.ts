import { addMillis, type Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  worker: { id: string }
  supervisor: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** What the demo's fictional colleagues ask each other, and what waits for somebody else. */
export function tellWork(
  { worker, supervisor, ago, id, put }: Around,
  rice: string,
  everyday: string,
  last: string,
): void {
  const task = (hours: number, caseId: string, set: Record<string, unknown>) =>
    put({
      by: worker.id,
      at: ago(hours),
      type: 'care.edit_task',
      baseVersion: 0,
      payload: { id: id(), caseId, set: { state: 'open', ownerId: null, ...set } },
    })
  task(70, rice, {
    title: 'Answer of the school about his place',
    waitsFor: 'authority',
    dueAt: ago(-24 * 4),
  })
  task(30, everyday, { title: 'Visit her class before the holidays', dueAt: ago(-24 * 3) })
  task(90, last, { title: 'Ask the clinic for the vaccination card', dueAt: ago(20) })

  const question = id()
  put({
    by: supervisor.id,
    at: ago(22),
    type: 'work.ask',
    payload: {
      id: question,
      caseId: rice,
      answers: null,
      forWhom: 'worker',
      words: 'Has his grandmother agreed that the school calls her first?',
    },
  })
  const asked = id()
  put({
    by: worker.id,
    at: ago(45),
    type: 'work.ask',
    payload: {
      id: asked,
      caseId: everyday,
      answers: null,
      forWhom: 'supervisor',
      words: 'May the school see the plan’s first page?',
    },
  })
  put({
    by: supervisor.id,
    at: ago(44),
    type: 'work.ask',
    payload: {
      id: id(),
      caseId: everyday,
      answers: asked,
      forWhom: 'supervisor',
      words: 'Only what she needs in class, and ask her mother first.',
    },
  })
  put({
    by: supervisor.id,
    at: ago(20),
    type: 'work.call_attention',
    payload: {
      id: id(),
      caseId: last,
      reason: 'paper_missing',
      untilOn: addMillis(ago(0), 5 * 86_400_000).slice(0, 10),
      words: 'The vaccination card is asked for again in the file, and not in it yet.',
    },
  })
}
