import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { makeApp } from '../../server/http.ts'
import { runJob } from '../../server/timer.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { routes } from './api.ts'
import { forgetting, matching } from './jobs.ts'

const machine = await testMachine()
const app = makeApp(machine)
routes(app, machine)

const child = { givenNames: 'Canaria', otherNames: 'Kenanga', birthYear: 2012, sex: 'female', origin: 'Lembah Tenang' }

/** Asks whether a child is known; answers what the asker gets. */
async function ask(by: Somebody, over: Record<string, unknown> = {}) {
  const caseId = await aCase(machine, by)
  const [answer] = await send(machine, by, anOp(by, 'cases.request_match', { id: newId(), caseId, ...child, ...over }))
  return { caseId, answer }
}

/** A file that knows who its child is. */
async function fileOf(by: Somebody, over: Record<string, unknown> = {}): Promise<string> {
  const caseId = await aCase(machine, by, { sex: 'female' })
  const set = {
    fullName: 'Canaria Kenanga',
    approxAge: 14,
    birthYear: 2012,
    ageBasis: 'child_statement',
    origin: 'Lembah Tenang',
    ...over,
  }
  await send(machine, by, anOp(by, 'cases.edit_identity', { id: caseId, caseId, set }, { baseVersion: 0 }))
  return caseId
}

const get = async (by: Somebody, path: string) => {
  const answer = await app.request(`http://localhost${path}`, { headers: { cookie: `kembali=${by.sid}` } })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const hitsOf = (caseId: string) => ownerRows(machine, `select * from match_hit where case_id = '${caseId}'`)
const compare = () => runJob(machine, matching)

async function aWorker() {
  return aPerson(machine, await anOffice(machine), 'case_worker')
}

describe('whoever asks whether a child is known', () => {
  test('gets an answer of the same shape and size, whether a file is there or not', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    await fileOf(keeper)
    const known = await ask(asker)
    const unknown = await ask(asker, { givenNames: 'Nobody', otherNames: 'Such', origin: 'Elsewhere', birthYear: 2001 })
    await compare()
    const shape = ({ answer }: typeof known) => JSON.stringify(answer).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    expect(shape(known)).toBe(shape(unknown))
    expect(known.answer?.answer).toBe('accepted')
    // Nor does her file, her list or her path say anything more of the one than of the other.
    const files = await Promise.all([known, unknown].map(({ caseId }) => get(asker, `/api/cases/${caseId}`)))
    const [one, other] = files.map(({ body }) => ({
      hits: body.hits,
      steps: body.steps,
      path: (body.timeline as { type: string }[]).map((entry) => entry.type),
    }))
    expect({ ...one, steps: null }).toEqual({ ...other, steps: null })
  })

  test('waits as long for the one as for the other: nothing is compared while she waits', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    const file = await fileOf(keeper)
    await ask(asker)
    // The answer is out, and no file has been looked at: what takes long or short comes later, in the job.
    expect(await hitsOf(file)).toEqual([])
    const pending = await ownerRows(machine, 'select count(*)::int as n from match_request where compared_at is null')
    expect(Number(pending[0]?.n)).toBeGreaterThan(0)
    await compare()
    expect(await hitsOf(file)).toHaveLength(1)
  })

  test('may ask twenty times a day, and is told so the next time, known or not', async () => {
    const asker = await aWorker()
    const caseId = await aCase(machine, asker)
    const asks = Array.from({ length: 21 }, () => anOp(asker, 'cases.request_match', { id: newId(), caseId, ...child }))
    const answers = await send(machine, asker, ...asks)
    expect(answers.filter((answer) => answer.answer === 'accepted')).toHaveLength(20)
    expect(answers.at(-1)).toMatchObject({ answer: 'refused', reason: 'too_many_requests' })
  })

  test('must say four things, or too many children would seem the same one', async () => {
    const asker = await aWorker()
    const { answer } = await ask(asker, { origin: '' })
    expect(answer).toMatchObject({ answer: 'refused', reason: 'too_little_to_match' })
  })

  test.each([
    ['that has not come', 2090, {}, 'born_in_the_future'],
    ['after the file was begun', 2025, { openedIn: 2024 }, 'born_after_opening'],
  ])('is told of a birth in a year %s, and so is whoever writes it into the file', async (_when, year, of, reason) => {
    const asker = await aWorker()
    const caseId = await aCase(machine, asker)
    if ('openedIn' in of)
      await asOwner(machine, `update child_case set opened_at = '${of.openedIn}-06-01' where id = '${caseId}'`)
    const set = { birthYear: year, approxAge: 14 }
    const answers = await send(
      machine,
      asker,
      anOp(asker, 'cases.request_match', { id: newId(), caseId, ...child, birthYear: year }),
      anOp(asker, 'cases.edit_identity', { id: caseId, caseId, set }, { baseVersion: 0 }),
    )
    expect(answers).toMatchObject([{ reason }, { reason }])
    const kept = await ownerRows(machine, `select 1 from child_identity where case_id = '${caseId}'`)
    expect(kept).toEqual([])
  })

  test('can read neither her request back nor anybody’s index', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    const file = await fileOf(keeper)
    await ask(asker)
    await compare()
    const [hit] = await hitsOf(file)
    expect((await get(asker, `/api/cases/${file}/match/${String(hit?.id)}`)).status).toBe(404)
  })
})

describe('the keeper of a file that may be the same child’s', () => {
  test('is told by a notice that names nobody, sees first letters, and decides whether to make contact', async () => {
    const office = await anOffice(machine)
    const keeper = await aPerson(machine, office, 'case_worker')
    const supervisor = await aPerson(machine, office, 'supervisor')
    const asker = await aWorker()
    const file = await fileOf(keeper)
    await ask(asker)
    await compare()
    const [hit] = await hitsOf(file)
    const notices = await ownerRows(machine, `select person_id, about, stage from notice where case_id = '${file}'`)
    expect(new Set(notices.map((notice) => notice.person_id))).toEqual(new Set([keeper.id, supervisor.id]))
    expect(JSON.stringify(notices)).not.toMatch(/canaria|kenanga/i)

    const seen = await get(keeper, `/api/cases/${file}/match/${String(hit?.id)}`)
    expect(seen.status).toBe(200)
    expect(JSON.stringify(seen.body)).toContain('C••• K•••')
    expect(JSON.stringify(seen.body)).not.toMatch(/canaria|kenanga/i)
    expect(seen.body.asker).toEqual({ organisation: 'An office', name: null })

    const day = await get(supervisor, '/api/team-day')
    expect(day.body.asked).toMatchObject([{ id: hit?.id, caseId: file }])

    const decide = () =>
      send(
        machine,
        keeper,
        anOp(keeper, 'cases.answer_match', { hitId: hit?.id, caseId: file, decision: 'make_contact' }),
      )
    expect((await decide())[0]?.answer).toBe('accepted')
    expect((await decide())[0]).toMatchObject({ answer: 'refused', reason: 'already_answered' })
    const after = await get(keeper, `/api/cases/${file}/match/${String(hit?.id)}`)
    expect(after.body.asker).toEqual({ organisation: 'An office', name: 'Somebody' })
  })

  test('is not told of a child who shares one common name only', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    const file = await fileOf(keeper, { fullName: 'Canaria Seroja' })
    await ask(asker)
    await compare()
    expect(await hitsOf(file)).toEqual([])
  })

  test('is not told of her own new file, and somebody the case excludes is never told', async () => {
    const keeper = await aWorker()
    const own = await fileOf(keeper)
    await send(machine, keeper, anOp(keeper, 'cases.request_match', { id: newId(), caseId: own, ...child }))
    await compare()
    expect(await hitsOf(own)).toEqual([])
    const file = await fileOf(keeper)
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${file}', '${keeper.id}')`)
    await ask(await aWorker())
    await compare()
    const [hit] = await hitsOf(file)
    expect((await get(keeper, `/api/cases/${file}/match/${String(hit?.id)}`)).status).toBe(404)
  })

  test('is found again after the file was corrected, and no longer under what it said before', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    const file = await fileOf(keeper, { fullName: 'Wrongly Written', birthYear: 2001, origin: 'Nowhere' })
    const set = { fullName: 'Canaria Kenanga', birthYear: 2012, origin: 'Lembah Tenang' }
    await send(
      machine,
      keeper,
      anOp(keeper, 'cases.edit_identity', { id: file, caseId: file, set }, { baseVersion: 1 }),
    )
    await ask(asker)
    await ask(asker, { givenNames: 'Wrongly', otherNames: 'Written', birthYear: 2001, origin: 'Nowhere' })
    await compare()
    expect(await hitsOf(file)).toHaveLength(1)
  })
})

describe('a request', () => {
  test('leaves no word at rest, in the ledger or in the log', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    await fileOf(keeper)
    await ask(asker)
    await compare()
    const rest = await ownerRows(
      machine,
      `select encode(r.body, 'escape') || coalesce(l.clear::text, '') as text from match_request r left join op_log l on l.op_id = r.op_id
       union all select action || coalesce(purpose, '') from audit_entry union all select about from notice`,
    )
    expect(JSON.stringify(rest)).not.toMatch(/canaria|kenanga|lembah/i)
    const found = await ownerRows(
      machine,
      `select count(*)::int as n from audit_entry where action in ('cases.request_match', 'match_found')`,
    )
    expect(Number(found[0]?.n)).toBeGreaterThan(1)
  })

  test('is gone after thirty days, with what came of it', async () => {
    const [keeper, asker] = [await aWorker(), await aWorker()]
    const file = await fileOf(keeper)
    await ask(asker)
    await compare()
    await asOwner(
      machine,
      `update match_request set made_at = now() - interval '31 days' where person_id = '${asker.id}'`,
    )
    await runJob(machine, forgetting)
    expect(await hitsOf(file)).toEqual([])
    expect(await ownerRows(machine, `select * from match_request where person_id = '${asker.id}'`)).toEqual([])
    expect(await ownerRows(machine, `select * from notice where case_id = '${file}'`)).toEqual([])
  })
})
