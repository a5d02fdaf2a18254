import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  worker: { id: string }
  supervisor: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** Conferences about the demo's fictional children: one that was held by phone at night, one that was held, and one that comes. */
export function tellConferences({ worker, supervisor, ago, id, put }: Around, heron: string, rice: string): void {
  const day = (inDays: number) => ago(-24 * inDays).slice(0, 10)
  const colleague = (of: { id: string }) => ({ personId: of.id, as: null })
  const outside = (as: string) => ({ personId: null, as })
  const step = (hours: number, type: string, payload: Record<string, unknown>) =>
    put({ by: worker.id, at: ago(hours), type, payload })

  type Owner = { ownerId: string | null; ownerAs: string | null }
  type Decision = Owner & { id: string; what: string; childSays: string | null; dueOn: string }

  function call(hours: number, caseId: string, atHours: number, agenda: string, seats: unknown[]): string {
    const conferenceId = id()
    step(hours, 'conference.call', {
      id: conferenceId,
      caseId,
      at: ago(atHours),
      replaces: null,
      agenda,
      invited: seats,
    })
    return conferenceId
  }

  function held(
    hours: number,
    caseId: string,
    conferenceId: string,
    of: { decisions: Decision[]; [field: string]: unknown },
  ): void {
    step(hours, 'conference.record', {
      id: id(),
      caseId,
      conferenceId,
      kind: 'held',
      at: ago(hours + 1),
      corrects: null,
      why: null,
      childNotHeard: null,
      ...of,
    })
    for (const { id: taskId, what, dueOn } of of.decisions)
      put({
        by: worker.id,
        at: ago(hours),
        type: 'care.edit_task',
        baseVersion: 0,
        payload: {
          id: taskId,
          caseId,
          set: { title: what, dueAt: `${dueOn}T12:00:00.000Z`, state: 'open', ownerId: null },
        },
      })
  }

  const mine: Owner = { ownerId: worker.id, ownerAs: null }
  const decision = (what: string, dueOn: string, childSays: string | null = null, owner = mine): Decision => ({
    id: id(),
    what,
    childSays,
    ...owner,
    dueOn,
  })
  const came = { presence: 'came', position: 'agrees', seatWords: null }

  const night = call(12, heron, 10, 'What he needs tonight. Who is with him when he is heard.', [
    colleague(worker),
    colleague(supervisor),
    outside('defence_lawyer'),
  ])
  held(9, heron, night, {
    seats: [
      { ...colleague(worker), ...came },
      { ...colleague(supervisor), ...came, presence: 'called_in' },
      {
        ...outside('defence_lawyer'),
        presence: 'called_in',
        position: 'dissents',
        seatWords: 'She asks for his release today, not tomorrow.',
      },
    ],
    childVoice: 'worker',
    childView: 'I want my aunt to know where I am. I do not want to talk to the men again alone.',
    carerVoice: 'itself',
    carerView: 'His aunt can come at once, and take him home.',
    talked: 'He has eaten and sleeps apart from adults. The judge may see him tomorrow morning.',
    decisions: [
      decision('Bring his aunt to the place where he is held', day(1), 'She should bring my blue shirt.'),
      decision('Be there when the judge hears him', day(1)),
    ],
    childTold: 'His worker, on the telephone, in his own language.',
  })

  const school = call(96, rice, 72, 'The way back to school. Who calls whom when he cannot sleep.', [
    colleague(worker),
    colleague(supervisor),
    outside('school_focal'),
  ])
  held(71, rice, school, {
    seats: [
      { ...colleague(worker), ...came },
      { ...colleague(supervisor), ...came },
      { ...outside('school_focal'), ...came },
    ],
    childVoice: 'trusted_adult',
    childView: 'I want to sit near the door, and nobody should ask where I was.',
    carerVoice: 'other_family',
    carerView: 'His grandmother walks with him for the first week.',
    talked: null,
    decisions: [
      decision('Ask the head teacher for a seat near the door', day(2), 'Ask her when the others are outside.'),
      decision('Send the lessons he missed home', day(5), null, { ownerId: null, ownerAs: 'school_focal' }),
    ],
    childTold: 'His grandmother, at home, on the same evening.',
  })
  call(26, rice, -50, 'How the first weeks at school went. What he wants next.', [
    colleague(worker),
    colleague(supervisor),
  ])
}
