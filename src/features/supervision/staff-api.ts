import type { Person } from '../../core/access.ts'
import { addMillis, dayOf } from '../../core/time.ts'
import { together, type Tx } from '../../server/as-person.ts'
import type { Apart } from '../../server/key-broker.ts'
import { type App, bodyOf, idParam, Nothing, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { isOverlap } from '../../server/postgres-errors.ts'
import { decideLeave, KEPT_TWICE, Leave } from '../cases/leave.ts'
import { dropLeave, findLeaves, insertLeave } from '../cases/leave-store.ts'
import { colleagues, insertTalk, myPeople, mySupervisors, readTalks, talkDays, WORK_TALK_FIELD } from './staff-store.ts'
import { decideWorkTalk, WorkTalk } from './work-talk.ts'

/** How far back heavy work is counted. */
const FOUR_WEEKS_MS = 28 * 86_400_000

/**
 * How the people of a team are: when somebody talked with them, when they are away, and in how many of their cases there was
 * heavy work of late. Each sees her own, a supervisor that of her people; it stands by name and in no other order.
 */
export function staffRoutes(app: App, machine: Machine): void {
  const todayOf = (me: Person) => dayOf(me.askedAt, machine.pack.timeZone)
  const opener = (tx: Tx, requestId: string) => (row: string, apart: Apart) =>
    machine.broker.openOwn(tx, requestId, WORK_TALK_FIELD, row, apart)

  app.get('/api/staff', async (c) =>
    c.json(
      await reading(c, machine, null, async (tx, me) => {
        const [days, leaves, heavy, people, offices, supervisors] = await together([
          talkDays(tx),
          findLeaves(tx, todayOf(me)),
          heavyCases(machine, tx, me),
          myPeople(tx),
          colleagues(tx, me.orgId),
          mySupervisors(tx, me.id),
        ])
        const of = (id: string) => ({
          heavyCases: heavy.get(id) ?? 0,
          leaves: leaves.filter(({ personId }) => personId === id),
          lastOn: days.find(({ personId }) => personId === id)?.lastOn ?? null,
          nextOn: days.find(({ personId }) => personId === id)?.nextOn ?? null,
        })
        return {
          mine: { ...of(me.id), supervisors, covers: leaves.filter(({ coveredBy }) => coveredBy === me.id) },
          team: people.map((one) => ({ ...one, ...of(one.id) })),
          colleagues: offices,
        }
      }),
    ),
  )
  app.post('/api/staff/leave', async (c) => {
    const leave = await bodyOf(c, Leave)
    await reading(c, machine, null, async (tx, me) => {
      const known = {
        people: [me.id, ...(await myPeople(tx)).map(({ id }) => id)],
        colleagues: (await colleagues(tx, me.orgId)).map(({ id }) => id),
        others: await findLeaves(tx, todayOf(me)),
      }
      const decided = decideLeave(leave, known, { now: me.askedAt, timeZone: machine.pack.timeZone })
      if (!decided.ok) throw new Refused(409, decided.refusal.reason)
      // What was sent in the same moment was not there to be decided on.
      const isKept = await insertLeave(tx, decided.change, me.id).catch((error: unknown) => {
        throw isOverlap(error) ? new Refused(409, KEPT_TWICE.reason) : error
      })
      if (isKept) return
      const before = (await findLeaves(tx, todayOf(me))).find(({ id }) => id === leave.id)
      if (before === undefined || !isSame(leave, before)) throw new Refused(409, 'op_id_reused')
    })
    return c.json({ done: true })
  })
  app.post('/api/staff/leave/:id/remove', async (c) => {
    const id = idParam(c, 'id')
    await bodyOf(c, Nothing)
    await reading(c, machine, null, async (tx) => {
      if (!(await dropLeave(tx, id))) throw new Refused(404, 'not_found')
    })
    return c.json({ done: true })
  })
  app.get('/api/staff/:id/talks', async (c) => {
    const id = idParam(c, 'id')
    return c.json(
      await reading(c, machine, null, async (tx, me) => {
        const isMine = id === me.id || (await myPeople(tx)).some((one) => one.id === id)
        if (!isMine) throw new Refused(404, 'not_found')
        return { talks: await readTalks(tx, id, opener(tx, requestIdOf(c))) }
      }),
    )
  })
  app.post('/api/staff/talks', async (c) => {
    const talk = await bodyOf(c, WorkTalk)
    await reading(c, machine, null, async (tx, me) => {
      const people = (await myPeople(tx)).map(({ id }) => id)
      const when = { now: me.askedAt, timeZone: machine.pack.timeZone, actor: me.id, role: me.role }
      const decided = decideWorkTalk(talk, people, when)
      if (!decided.ok) throw new Refused(409, decided.refusal.reason)
      const { talked, agreed, needed } = decided.change
      const apart = await machine.broker.sealApart(WORK_TALK_FIELD, talk.id, { talked, agreed, needed })
      if (await insertTalk(tx, decided.change, me.id, apart)) return
      const before = (await readTalks(tx, talk.withId, opener(tx, requestIdOf(c)))).find(({ id }) => id === talk.id)
      if (before === undefined || !isSame(talk, before)) throw new Refused(409, 'op_id_reused')
    })
    return c.json({ done: true })
  })
}

/** Whether what is kept says everything that was sent: whoever hears "done" need not send it again. */
function isSame<Sent extends object>(sent: Sent, kept: { [Field in keyof Sent]: unknown }): boolean {
  return (Object.keys(sent) as (keyof Sent)[]).every((field) => sent[field] === kept[field]) // its own fields
}

/** In how many cases each person the asker may ask about had heavy work of late: a count of her work, and of nothing else. */
async function heavyCases(machine: Machine, tx: Tx, me: Person): Promise<Map<string, number>> {
  const since = addMillis(me.askedAt, -FOUR_WEEKS_MS)
  const found = (await together(machine.features.map((one) => one.heavy?.(tx, since) ?? []))).flat()
  const cases = new Map<string, Set<string>>()
  for (const { personId, caseId } of found) cases.set(personId, (cases.get(personId) ?? new Set()).add(caseId))
  return new Map([...cases].map(([id, of]) => [id, of.size]))
}
