import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addMillis, dayOf } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { runJob } from '../../server/timer.ts'
import { checkOp } from '../../../test/assessment.ts'
import { protectOp } from '../../../test/best-interests.ts'
import { noteOp } from '../../../test/care.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { talkOp } from '../../../test/supervision.ts'
import { forgetting } from './jobs.ts'
import { idOfWords } from './screens/id-of-words.ts'
import { nextTalk } from './work-talk.ts'

// Staff's own data: through the doors people use, and straight at the database through each person's session.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const boss = await aPerson(machine, await anOffice(machine), 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const admin = await aPerson(machine, office, 'admin')
const today = dayOf(now(), machine.pack.timeZone)

const post = (by: Somebody, path: string, body: object) =>
  ask(app, by, 'POST', path, { body: JSON.stringify(body) }).then(({ status, json }) =>
    status === 200 ? 'done' : String(json.error),
  )
const leave = (personId: string, over: Record<string, unknown> = {}) => ({
  id: newId(),
  personId,
  fromOn: today,
  untilOn: today,
  coveredBy: null,
  ...over,
})
const talk = (withId: string, over: Record<string, unknown> = {}) => ({
  id: newId(),
  withId,
  heldOn: today,
  nextOn: null,
  talked: 'Too many nights on call',
  agreed: 'One week without',
  needed: null,
  ...over,
})
const daysOn = (days: number) => dayOf(addMillis(now(), days * 86_400_000), machine.pack.timeZone)
type Staff = { heavyCases: number; lastOn: string | null; nextOn: string | null; leaves: { id: string }[] }
const staffOf = async (by: Somebody) =>
  (await ask(app, by, 'GET', '/api/staff')).json as unknown as {
    mine: Staff & { covers: { personId: string }[] }
    team: (Staff & { id: string; name: string })[]
  }
const seen = (by: Somebody, table: string) =>
  asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })
const run = (by: Somebody, text: string) => asPerson(machine.db, by.sid, null, (tx) => sql.raw(text).execute(tx))

describe('days away', () => {
  const away = leave(worker.id, { coveredBy: colleague.id })
  beforeAll(async () => {
    // Sent twice, as a phone with a bad line does, and kept once.
    expect(await post(worker, '/api/staff/leave', away)).toBe('done')
    expect(await post(worker, '/api/staff/leave', away)).toBe('done')
  })

  test('are read by whoever is away, whoever covers, and her supervisor; by nobody else', async () => {
    for (const by of [worker, colleague, supervisor]) expect(await seen(by, 'staff_leave')).toBe(1)
    for (const by of [boss, police, admin]) expect(await seen(by, 'staff_leave')).toBe(0)
    expect((await staffOf(colleague)).mine.covers).toMatchObject([{ personId: worker.id }])
  })

  test('are not said to be kept where others are kept under the same id', async () => {
    // The first answer was lost on the way, and she has put the days right meanwhile.
    expect(await post(worker, '/api/staff/leave', { ...away, coveredBy: null })).toBe('op_id_reused')
    expect(await post(colleague, '/api/staff/leave', leave(colleague.id, { id: away.id }))).toBe('op_id_reused')
    const idOf = idOfWords()
    const [first, again, other] = [{ on: '1' }, { on: '1' }, { on: '2' }].map(idOf)
    expect([again === first, other === first]).toEqual([true, false])
  })

  test('open nothing to whoever covers', async () => {
    const caseId = await aCase(machine, worker)
    expect((await ask(app, colleague, 'GET', `/api/cases/${caseId}`)).status).toBe(404)
    const rights = await ownerRows(machine, `select 1 from access where actor = '${colleague.id}'`)
    expect(rights).toEqual([])
  })

  test('stand beside what a worker carries, where a supervisor gives cases', async () => {
    const { loads } = (await ask(app, supervisor, 'GET', '/api/team-day/loads')).json as {
      loads: { workerId: string; away: { untilOn: string } | null }[]
    }
    const awayOf = (id: string) => loads.find(({ workerId }) => workerId === id)?.away?.untilOn ?? null
    expect([awayOf(worker.id), awayOf(colleague.id)]).toEqual([today, null])
  })

  test('are kept of nobody else, and covered by nobody of another office', async () => {
    expect(await post(colleague, '/api/staff/leave', leave(worker.id))).toBe('leave_of_whom')
    expect(await post(boss, '/api/staff/leave', leave(worker.id))).toBe('leave_of_whom')
    expect(await post(supervisor, '/api/staff/leave', leave(colleague.id, { coveredBy: boss.id }))).toBe(
      'leave_covered_by_whom',
    )
    expect(await post(supervisor, '/api/staff/leave', leave(worker.id))).toBe('leave_twice')
    const row = (person: string, by: string) =>
      `insert into staff_leave (id, person_id, from_on, until_on, kept_by) values (gen_random_uuid(), '${person}', '2030-01-01', '2030-01-01', '${by}')`
    for (const by of [colleague, boss, police])
      await expect(run(by, row(worker.id, by.id))).rejects.toThrow(/row-level security/)
    await expect(run(supervisor, row(worker.id, worker.id))).rejects.toThrow(/row-level security/)
    await expect(run(worker, `update staff_leave set until_on = until_on`)).rejects.toThrow(/permission denied/)
  })

  test('that overlap are kept once, also when they are sent in the same moment', async () => {
    const [from, until] = [daysOn(40), daysOn(50)]
    for (let round = 0; round < 3; round += 1) {
      const both = [worker, supervisor].map((by, at) =>
        post(by, '/api/staff/leave', leave(worker.id, { fromOn: at === 0 ? from : until, untilOn: until })),
      )
      expect((await Promise.all(both)).toSorted()).toEqual(['done', 'leave_twice'])
      await asOwner(machine, `delete from staff_leave where from_on >= '${from}'`)
    }
    const row = (fromOn: string, untilOn: string) =>
      run(
        worker,
        `insert into staff_leave (id, person_id, from_on, until_on, kept_by) values (gen_random_uuid(), '${worker.id}', '${fromOn}', '${untilOn}', '${worker.id}')`,
      )
    await row(daysOn(60), daysOn(62))
    await expect(row(daysOn(62), daysOn(70))).rejects.toThrow(/kept already/)
    await row(daysOn(63), daysOn(63))
    await asOwner(machine, `delete from staff_leave where from_on >= '${from}'`)
  })

  test('are taken out by whoever is away or her supervisor, and by nobody else', async () => {
    const drop = (by: Somebody) => post(by, `/api/staff/leave/${away.id}/remove`, {})
    for (const by of [colleague, boss, police]) expect(await drop(by)).toBe('not_found')
    expect(await drop(supervisor)).toBe('done')
    expect(await seen(worker, 'staff_leave')).toBe(0)
  })
})

describe('a talk about work as a whole', () => {
  test('is kept by a supervisor with somebody of her teams, and read by the two of them alone', async () => {
    expect(await post(worker, '/api/staff/talks', talk(colleague.id))).toBe('supervisor_notes')
    expect(await post(boss, '/api/staff/talks', talk(worker.id))).toBe('talk_with_whom')
    expect(await post(supervisor, '/api/staff/talks', talk(worker.id))).toBe('done')
    for (const by of [worker, supervisor])
      expect((await ask(app, by, 'GET', `/api/staff/${worker.id}/talks`)).json).toMatchObject({
        talks: [{ talked: 'Too many nights on call', agreed: 'One week without', needed: null }],
      })
    const next = await aPerson(machine, office, 'supervisor')
    for (const by of [next, colleague, boss, police, admin]) {
      expect(await seen(by, 'staff_talk')).toBe(0)
      expect((await ask(app, by, 'GET', `/api/staff/${worker.id}/talks`)).text).not.toContain('nights')
    }
    await expect(run(next, `insert into staff_talk select * from staff_talk`)).resolves.toMatchObject({
      numAffectedRows: 0n,
    })
    for (const text of ['update staff_talk set held_on = held_on', 'delete from staff_talk'])
      await expect(run(supervisor, text)).rejects.toThrow(/permission denied/)
  })

  test('is not said to be kept where other words are, and not on a day by which it would be forgotten at once', async () => {
    const said = talk(worker.id, {
      talked: 'The car',
      agreed: null,
      heldOn: daysOn(-364),
      nextOn: daysOn(364),
    })
    const keep = (over: Record<string, unknown>) => post(supervisor, '/api/staff/talks', { ...said, ...over })
    expect(await keep({})).toBe('done')
    expect(await keep({})).toBe('done')
    expect(await keep({ talked: 'The car, and the long way home' })).toBe('op_id_reused')
    expect(await keep({ id: newId(), heldOn: '1990-01-01', nextOn: null })).toBe('talk_long_ago')
    expect(await keep({ id: newId(), nextOn: '2190-01-01' })).toBe('too_far_ahead')
    await asOwner(machine, `delete from staff_talk where id = '${said.id}'`)
  })

  test('leaves no word at rest, and stands in the ledger when it is opened', async () => {
    const rest = await ownerRows(machine, `select encode(body, 'escape') as text from staff_talk`)
    expect(JSON.stringify(rest)).not.toMatch(/nights|without/)
    const opened = await ownerRows(machine, `select 1 from audit_entry where action = 'open_own'`)
    expect(opened.length).toBeGreaterThan(0)
  })

  test('counts as the last talk, beside those about a case; the next one is owed when its day has passed', async () => {
    const caseId = await aCase(machine, worker)
    await send(
      machine,
      supervisor,
      talkOp(supervisor, caseId, worker.id, { heldOn: '2026-01-02', nextOn: '2026-02-01' }),
    )
    const { team } = await staffOf(supervisor)
    expect(team.find(({ id }) => id === worker.id)).toMatchObject({ lastOn: today, nextOn: null })
    expect(['none', 'comes', 'owed']).toEqual([
      nextTalk(null, today),
      nextTalk(today, today),
      nextTalk('2026-01-01' as typeof today, today), // a day like any other
    ])
  })
})

describe('heavy work', () => {
  test('is a count of cases in which she did it, seen by her and her supervisor, and by no order but the name', async () => {
    const caseId = await aCase(machine, worker)
    const answers = await send(
      machine,
      worker,
      noteOp(worker, caseId, { folded: true }),
      protectOp(worker, caseId),
      checkOp(worker, await aCase(machine, worker), {
        safeNow: 'no',
        harmToChild: 'high',
        done: 'A neighbour took her in',
      }),
      noteOp(worker, await aCase(machine, worker)),
    )
    expect(answers.map((one) => one.answer)).toEqual(Array(4).fill('accepted'))
    expect((await staffOf(worker)).mine.heavyCases).toBe(2)
    const { team } = await staffOf(supervisor)
    expect(team.map(({ id, heavyCases }) => [id, heavyCases])).toEqual(
      expect.arrayContaining([
        [worker.id, 2],
        [colleague.id, 0],
      ]),
    )
    const names = team.map(({ name }) => name)
    expect(names).toEqual([...names].sort())
    for (const by of [colleague, boss, police]) {
      expect((await staffOf(by)).team).toEqual([])
      expect((await staffOf(by)).mine.heavyCases).toBe(0)
    }
  })
})

test('leave goes a year after it, a talk two years after it', async () => {
  const row = (table: string, days: number) =>
    table === 'staff_leave'
      ? `insert into staff_leave (id, person_id, from_on, until_on, kept_by) values (gen_random_uuid(), '${worker.id}', now()::date - ${days}, now()::date - ${days}, '${worker.id}');`
      : `insert into staff_talk (id, with_id, written_by, held_on, key_id, epoch, wrapped, body) values (gen_random_uuid(), '${worker.id}', '${supervisor.id}', now()::date - ${days}, '', 'e', '', '');`
  const kept = async () =>
    (await ownerRows(machine, `select 1 from staff_leave union all select 1 from staff_talk where epoch = 'e'`)).length
  await asOwner(
    machine,
    [row('staff_leave', 300), row('staff_leave', 400), row('staff_talk', 700), row('staff_talk', 740)].join(' '),
  )
  expect(await kept()).toBe(4)
  await runJob(machine, forgetting)
  expect(await kept()).toBe(2)
})
