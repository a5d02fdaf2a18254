import * as z from 'zod'
import { accept, type Decision, refuse } from '../../core/decision.ts'
import { PersonId } from '../../core/ids.ts'
import type { AnyRefusal } from '../../core/op.ts'
import { words } from '../../core/schema.ts'
import { addDuration, Day, dayOf, type Instant, startOfDay } from '../../core/time.ts'

/** A talk of a supervisor and a worker about work as a whole: of no case, and read by the two of them alone. */
export const WorkTalk = z.strictObject({
  id: z.uuid(),
  withId: PersonId,
  heldOn: Day,
  nextOn: Day.nullable(),
  talked: words(4000),
  agreed: words(2000).nullable(),
  /** What the worker asked her supervisor for. */
  needed: words(1000).nullable(),
})
export type WorkTalk = {
  id: string
  withId: string
  heldOn: Day
  nextOn: Day | null
  talked: string
  agreed: string | null
  needed: string | null
}

type Said = Pick<WorkTalk, 'withId' | 'heldOn' | 'nextOn' | 'talked'>
type When = { now: Instant; timeZone: string; actor: string; role: string }

/** What stands in the way of keeping a talk; `people` are those this supervisor may talk with. */
export function refuseTalk(talk: Said, people: readonly string[], { now, timeZone, actor, role }: When) {
  if (role !== 'supervisor') return refuse({ reason: 'supervisor_notes' })
  if (talk.withId === actor) return refuse({ reason: 'talk_with_oneself' })
  if (!people.includes(talk.withId)) return refuse({ reason: 'talk_with_whom' })
  if (talk.heldOn > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: talk.heldOn })
  if (talk.nextOn !== null && talk.nextOn <= talk.heldOn) return refuse({ reason: 'next_talk_in_the_past' })
  return talk.talked.trim() === '' ? refuse({ reason: 'talk_without_words' }) : null
}

const AT_MOST = 'P1Y'

/** Keeps a talk about work as a whole. A slip of the year would be forgotten within the hour, or never come. */
export function decideWorkTalk(talk: WorkTalk, people: readonly string[], when: When): Decision<WorkTalk, AnyRefusal> {
  const no = refuseTalk(talk, people, when)
  if (no !== null) return no
  const { now, timeZone } = when
  const inAYear = (day: Day) => dayOf(addDuration(startOfDay(day, timeZone), AT_MOST, timeZone), timeZone)
  const today = dayOf(now, timeZone)
  if (inAYear(talk.heldOn) < today) return refuse({ reason: 'talk_long_ago' })
  return talk.nextOn !== null && talk.nextOn > inAYear(today)
    ? refuse({ reason: 'too_far_ahead', moment: talk.nextOn })
    : accept(talk)
}

/** How the next talk stands: on a day to come, owed since a day, or agreed by nobody. */
export function nextTalk(nextOn: Day | null, today: Day): 'none' | 'comes' | 'owed' {
  if (nextOn === null) return 'none'
  return nextOn < today ? 'owed' : 'comes'
}
