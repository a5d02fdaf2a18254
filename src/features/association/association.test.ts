import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { makeApp } from '../../server/http.ts'
import { pull } from '../../server/pull.ts'
import { readyOp, toldOp } from '../../../test/association.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, aPerson, contactOp, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { addMillis } from '../../core/time.ts'

const machine = await testMachine()
const app = makeApp(machine)
for (const feature of machine.features) feature.routes(app, machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const intake = await aPerson(machine, office, 'intake')
const HOUR = 3_600_000

async function look(by: Somebody, caseId: string) {
  const answer = await app.request(`http://localhost/api/cases/${caseId}/association`, {
    headers: { cookie: `kembali=${by.sid}` },
  })
  return { status: answer.status, text: await answer.text() }
}

describe('what a child tells of how it came to a group', () => {
  test('is written without any proof, for a girl as for a boy, and every line may stay empty but one', async () => {
    for (const sex of ['female', 'male']) {
      const caseId = await aCase(machine, worker, { sex })
      const told = { circumstances: ['born_to_member'], roles: [], wayOut: null, childSays: null, helpNeeded: null }
      expect((await send(machine, worker, toldOp(worker, caseId, told)))[0]?.answer).toBe('accepted')
    }
  })

  test('is never a condition of anything: no other operation asks whether it is there', async () => {
    const needs = machine.features.flatMap((feature) => feature.ops).map(({ op }) => [op.type, op.needs])
    expect(needs.filter(([, need]) => typeof need === 'string' && need.startsWith('association'))).toEqual([
      ['association.record', 'association:write'],
      ['association.make_ready', 'association:write'],
    ])
  })

  test.each([
    ['with nothing told', { circumstances: [], childSays: null, helpNeeded: null }, 'nothing_told'],
    ['with a word that is no code of the list', { circumstances: ['a_group_by_name'] }, 'unknown_code'],
    ['as the correction of what is not there', { corrects: newId() }, 'corrects_unknown'],
  ])('is refused %s', async (_how, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect((await send(machine, worker, toldOp(worker, caseId, over)))[0]).toMatchObject({ reason })
  })

  test('has no field for members, places, weapons or beliefs', () => {
    const names = machine.features
      .flatMap((feature) => feature.ops)
      .filter(({ op }) => op.type.startsWith('association.'))
      .flatMap(({ op }) => Object.keys((op.payload as unknown as { shape: object }).shape))
    expect(names.sort()).toEqual(
      [
        'caseId',
        'caseId',
        'childSays',
        'circumstances',
        'corrects',
        'helpNeeded',
        'id',
        'id',
        'language',
        'lawyer',
      ].concat(['roles', 'saidBy', 'toldAt', 'toldAt', 'toldBy', 'wayOut']),
    )
  })
})

describe('while authorities deal with a child', () => {
  const started = addMillis(now(), -2 * HOUR)
  const held = async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, contactOp(worker, caseId, { startedAt: started, detainedAt: started }))
    return caseId
  }

  test('it is not asked, by the rule', async () => {
    expect((await send(machine, worker, toldOp(worker, await held())))[0]).toMatchObject({ reason: 'lawyer_first' })
  })

  test('it is not asked, by the database itself', async () => {
    const caseId = await held()
    const write = () =>
      asPerson(machine.db, worker.sid, null, (tx) =>
        sql`insert into association_record (id, case_id, op_id, told_at, written_by, body)
            values (${newId()}, ${caseId}, ${newId()}, now(), ${worker.id}, '')`.execute(tx),
      )
    await expect(write()).rejects.toThrow(/row-level security/)
    await send(machine, worker, readyOp(worker, caseId))
    await write()
  })

  test('it may be asked once a lawyer is there and the child was told why, after this contact began', async () => {
    const caseId = await held()
    await send(machine, worker, readyOp(worker, caseId, { toldAt: addMillis(started, -HOUR) }))
    expect((await send(machine, worker, toldOp(worker, caseId)))[0]).toMatchObject({ reason: 'lawyer_first' })
    await send(machine, worker, readyOp(worker, caseId))
    expect((await send(machine, worker, toldOp(worker, caseId)))[0]?.answer).toBe('accepted')
  })

  test('it may be asked again when the child was handed over, and not when a new contact begins after that', async () => {
    const caseId = await held()
    const handed = { kind: 'handover', detainedAt: null, startedAt: addMillis(started, HOUR) }
    await send(machine, worker, contactOp(worker, caseId, handed))
    expect((await send(machine, worker, toldOp(worker, caseId)))[0]?.answer).toBe('accepted')
    await send(machine, worker, contactOp(worker, caseId, { kind: 'interview', detainedAt: null }))
    expect((await send(machine, worker, toldOp(worker, caseId)))[0]).toMatchObject({ reason: 'lawyer_first' })
  })

  test('a lawyer without a name is no lawyer', async () => {
    const [answer] = await send(machine, worker, readyOp(worker, await held(), { lawyer: ' ' }))
    expect(answer).toMatchObject({ reason: 'lawyer_not_named' })
  })
})

describe('who opens it', () => {
  test('the worker and her supervisor do, each opening is in the ledger, also of what is empty; nobody else does', async () => {
    const caseId = await aCase(machine, worker)
    const opened = async () =>
      Number(
        (
          await ownerRows(
            machine,
            `select count(*)::int as n from audit_entry where part = 'association' and action = 'open_read' and outcome = 'done'`,
          )
        )[0]?.n,
      )
    const before = await opened()
    expect((await look(worker, caseId)).status).toBe(200)
    await send(machine, worker, toldOp(worker, caseId, { childSays: 'Only my worker reads this' }))
    expect((await look(supervisor, caseId)).text).toContain('Only my worker reads this')
    expect(await opened()).toBe(before + 2)
    const colleague = await aPerson(machine, office, 'case_worker')
    const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
    for (const by of [colleague, police, intake]) expect((await look(by, caseId)).status).toBe(404)
  })

  test('the answer is as long for a child of whom nothing was told as for one who told much', async () => {
    const [empty, full] = [await aCase(machine, worker), await aCase(machine, worker)]
    await send(machine, worker, toldOp(worker, full, { childSays: 'word '.repeat(300) }))
    const [a, b] = [await look(worker, empty), await look(worker, full)]
    expect(a.text.length).toBe(b.text.length)
  })
})

test('nothing of it ever goes to a device, and no path of a case names it', async () => {
  const caseId = await aCase(machine, worker)
  await send(machine, worker, readyOp(worker, caseId), toldOp(worker, caseId))
  const put = JSON.stringify(await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId()))
  expect(put).toContain(caseId)
  expect(put).not.toContain('association')
  for (const by of [worker, supervisor])
    for (const path of ['', '/path?before=2100-01-01T00:00:00Z']) {
      const answer = await app.request(`http://localhost/api/cases/${caseId}${path}`, {
        headers: { cookie: `kembali=${by.sid}` },
      })
      expect(await answer.text()).not.toContain('association')
    }
})
