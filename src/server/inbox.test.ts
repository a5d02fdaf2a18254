import { describe, expect, test } from 'vitest'
import { testMachine } from '../../test/db.ts'
import {
  aCase,
  anOffice,
  aPerson,
  asOwner,
  contactOp,
  openCaseOp,
  ownerRows,
  type Somebody,
} from '../../test/people.ts'
import type { Op } from '../core/op.ts'
import { sealOperation } from '../crypto/outbox-seal.ts'
import { newId, randomBytes } from '../crypto/random.ts'
import { makeWholeApp } from './whole-app.ts'

const machine = await testMachine()
const app = makeWholeApp(machine, 'nowhere')
const office = await anOffice(machine)
const start = JSON.parse((await ask('/api/start', undefined)).text) as { serverKey: string }
const serverKey = new Uint8Array(Buffer.from(start.serverKey, 'base64url'))

async function ask(path: string, body: unknown, by?: Somebody, address = '192.0.2.1') {
  const cookie: Record<string, string> = by === undefined ? {} : { cookie: `kembali=${by.sid}` }
  const headers = { 'content-type': 'application/json', 'x-kembali': '1', ...cookie }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await app.request(path, { ...sent, headers }, socketOf(address))
  return { status: answer.status, text: await answer.text() }
}

function socketOf(remoteAddress: string) {
  return { incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } } }
}

async function proofOf(by: Somebody): Promise<string> {
  return (JSON.parse((await ask('/api/inbox/proof', { device: by.device }, by)).text) as { proof: string }).proof
}

/** What a phone keeps of an unsent operation outside its own key: sealed to the server, addressed in the clear. */
async function sealed(by: Somebody, op: Op, proof: string | null) {
  const bytes = await sealOperation(serverKey, { person: by.id, device: by.device, proof }, op)
  return { person: by.id, device: by.device, opId: op.opId, sealed: Buffer.from(bytes).toString('base64url') }
}

async function open(by: Somebody): Promise<unknown> {
  return JSON.parse((await ask('/api/inbox/open', {}, by)).text)
}

const waiting = (by: Somebody) => ownerRows(machine, `select state from op_inbox where person_id = '${by.id}'`)
const logged = (op: Op) => ownerRows(machine, `select actor from op_log where op_id = '${op.opId}'`)

describe('an operation sealed to the server, sent without a session', () => {
  test('waits unopened until the person who made it is here again, and runs once, in her session', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    const op = openCaseOp(worker)
    const message = await sealed(worker, op, await proofOf(worker))
    expect(await ask('/api/inbox', { messages: [message, message] })).toEqual({ status: 202, text: '{"kept":true}' })
    expect(await waiting(worker)).toEqual([{ state: 'waiting' }])
    expect(await logged(op)).toEqual([])

    // Somebody else's session does not bring it in.
    const colleague = await aPerson(machine, office, 'case_worker')
    expect(await open(colleague)).toEqual({ toLookAt: [], unreadable: 0 })
    expect(await logged(op)).toEqual([])

    expect(await open(worker)).toEqual({ toLookAt: [], unreadable: 0 })
    expect(await logged(op)).toEqual([{ actor: worker.id }])
    expect(await waiting(worker)).toEqual([])

    // Sent once more, from the inbox or from the phone itself: one effect.
    await ask('/api/inbox', { messages: [message] })
    await open(worker)
    expect((await ask('/api/operations', { operations: [op] }, worker)).text).toContain('accepted')
    expect(await logged(op)).toHaveLength(1)
  })

  test('arrives with the next pull of any of her devices', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    const op = openCaseOp(worker)
    await ask('/api/inbox', { messages: [await sealed(worker, op, await proofOf(worker))] })
    const pulled = await ask('/api/pull', { device: newId(), cursor: null }, worker)
    expect(pulled.status).toBe(200)
    expect(await logged(op)).toEqual([{ actor: worker.id }])
  })

  test('runs in the order in which it was made, though it came backwards', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    const proof = await proofOf(worker)
    const first = openCaseOp(worker)
    const second = contactOp(worker, String(first.payload.id))
    await ask('/api/inbox', { messages: [await sealed(worker, second, proof), await sealed(worker, first, proof)] })
    expect(await open(worker)).toEqual({ toLookAt: [], unreadable: 0 })
    expect(await logged(second)).toHaveLength(1)
  })

  test('that the gate refuses is shown to her with its answer, and stays until her phone has taken it over', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    const op = contactOp(worker, await aCase(machine, await aPerson(machine, office, 'case_worker')))
    // Nothing earlier of this device is missing, so that the gate answers for good.
    op.seq = 1
    await ask('/api/inbox', { messages: [await sealed(worker, op, await proofOf(worker))] })
    const shown = { toLookAt: [{ op, answer: { answer: 'not_allowed' } }], unreadable: 0 }
    expect(await open(worker)).toMatchObject(shown)
    expect(await open(worker)).toMatchObject(shown)
    await ask('/api/inbox/taken', { opIds: [op.opId] }, worker)
    expect(await open(worker)).toEqual({ toLookAt: [], unreadable: 0 })
    expect(await waiting(worker)).toEqual([])
  })
})

describe('nobody writes in another’s name', () => {
  test.each([
    ['without a proof', () => Promise.resolve(null)],
    ['with the proof of somebody else', async () => proofOf(await aPerson(machine, office, 'case_worker'))],
    ['with the proof of another device', async (by: Somebody) => proofOf({ ...by, device: newId() })],
    ['with a made-up one', () => Promise.resolve(Buffer.from(randomBytes(32)).toString('base64url'))],
  ])('an operation %s does not run: she is asked whether it is hers', async (_what, proof) => {
    const worker = await aPerson(machine, office, 'case_worker')
    const op = openCaseOp(worker)
    await ask('/api/inbox', { messages: [await sealed(worker, op, await proof(worker))] })
    expect(await open(worker)).toMatchObject({ toLookAt: [{ op, answer: null }], unreadable: 0 })
    expect(await logged(op)).toEqual([])
  })

  test.each([
    ['addressed to somebody else', { person: newId() }],
    ['from another device', { device: newId() }],
    ['as another operation', { opId: newId() }],
    ['changed on the way', { sealed: Buffer.from(randomBytes(300)).toString('base64url') }],
  ])('a message %s opens for nobody, and what is hers is kept', async (_what, over) => {
    const worker = await aPerson(machine, office, 'case_worker')
    const message = { ...(await sealed(worker, openCaseOp(worker), await proofOf(worker))), ...over }
    expect(await ask('/api/inbox', { messages: [message] })).toMatchObject({ status: 202 })
    if (message.person !== worker.id) return expect(await open(worker)).toEqual({ toLookAt: [], unreadable: 0 })
    expect(await open(worker)).toEqual({ toLookAt: [], unreadable: 1 })
    expect(await open(worker)).toEqual({ toLookAt: [], unreadable: 1 })
  })

  test('what waits is hers alone, also for the database', async () => {
    const [worker, colleague] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'case_worker'),
    ]
    const op = openCaseOp(worker)
    await ask('/api/inbox', { messages: [await sealed(worker, op, null)] })
    await open(worker)
    await ask('/api/inbox/taken', { opIds: [op.opId] }, colleague)
    expect(await waiting(worker)).toEqual([{ state: 'to_look_at' }])
    for (const path of ['/api/inbox/open', '/api/inbox/proof', '/api/inbox/taken'])
      expect(
        await ask(
          path,
          path.endsWith('open') ? {} : path.endsWith('proof') ? { device: newId() } : { opIds: [op.opId] },
        ),
      ).toMatchObject({ status: 401 })
  })
})

describe('the open door', () => {
  test('answers alike for people who exist and people who do not', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    const hers = await sealed(worker, openCaseOp(worker), null)
    const nobodys = { ...hers, person: newId() }
    expect(await ask('/api/inbox', { messages: [nobodys] })).toEqual(await ask('/api/inbox', { messages: [hers] }))
  })

  test('takes no more than one person’s phone can hold, and says only to wait', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    await asOwner(
      machine,
      `insert into op_inbox (person_id, op_id, device, digest, sealed, size)
       select '${worker.id}', gen_random_uuid(), gen_random_uuid(), sha256(i::text::bytea), '\\x00', 1 from generate_series(1, 300) i`,
    )
    const message = await sealed(worker, openCaseOp(worker), null)
    expect(await ask('/api/inbox', { messages: [message] })).toMatchObject({
      status: 429,
      text: expect.stringContaining('slow_down'),
    })
    await asOwner(machine, `delete from op_inbox where person_id = '${worker.id}'`)
    expect(await ask('/api/inbox', { messages: [message] })).toMatchObject({ status: 202 })
  })

  test('keeps no words addressed to nobody, and answers the three hundred and first of them as if they were somebody’s', async () => {
    const nobody = newId()
    const batch = (count: number) =>
      Array.from({ length: count }, () => ({ person: nobody, device: newId(), opId: newId(), sealed: 'A'.repeat(200) }))
    for (let sent = 0; sent < 15; sent += 1)
      expect(await ask('/api/inbox', { messages: batch(20) }, undefined, '192.0.2.77')).toMatchObject({ status: 202 })
    expect(await ask('/api/inbox', { messages: batch(1) }, undefined, '192.0.2.78')).toMatchObject({ status: 429 })
    const kept = `select distinct octet_length(sealed) as bytes from op_inbox where person_id = '${nobody}'`
    expect(await ownerRows(machine, kept)).toEqual([{ bytes: 0 }])
  })

  test('is shut for one address that floods it, and for nobody else', async () => {
    const worker = await aPerson(machine, office, 'case_worker')
    const flooder = '198.51.100.9'
    const answers: number[] = []
    for (let sent = 0; sent < 25; sent += 1) {
      const messages = Array.from({ length: 20 }, () => ({
        person: newId(),
        device: newId(),
        opId: newId(),
        sealed: 'A'.repeat(200),
      }))
      answers.push((await ask('/api/inbox', { messages }, undefined, flooder)).status)
    }
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 202))
    expect(answers.slice(20).every((status) => status === 429)).toBe(true)
    expect(await ask('/api/inbox', { messages: [await sealed(worker, openCaseOp(worker), null)] })).toMatchObject({
      status: 202,
    })
  })

  test('has room for people, whatever many addresses send to nobody', async () => {
    await asOwner(
      machine,
      `insert into op_inbox (person_id, op_id, device, digest, sealed, size)
       select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), sha256(i::text::bytea), '', 0 from generate_series(1, 6000) i`,
    )
    const worker = await aPerson(machine, office, 'case_worker')
    expect(await ask('/api/inbox', { messages: [await sealed(worker, openCaseOp(worker), null)] })).toMatchObject({
      status: 202,
    })
    expect(await ownerRows(machine, 'select count(*)::int <= 5000 as bounded from op_inbox where size = 0')).toEqual([
      { bounded: true },
    ])
  })

  test('takes no more in an hour than the disk can bear', async () => {
    await asOwner(
      machine,
      `insert into op_inbox (person_id, op_id, device, digest, sealed, size)
       select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), sha256(i::text::bytea), '\\x00', 1 from generate_series(1, 2000) i`,
    )
    const worker = await aPerson(machine, office, 'case_worker')
    const message = await sealed(worker, openCaseOp(worker), null)
    expect(await ask('/api/inbox', { messages: [message] })).toMatchObject({ status: 429 })
    // What was addressed to nobody is gone after a week.
    await asOwner(machine, `update op_inbox set arrived_at = arrived_at - interval '8 days' where size = 1`)
    expect(await ask('/api/inbox', { messages: [message] })).toMatchObject({ status: 202 })
    expect(await ownerRows(machine, 'select op_id from op_inbox where size = 1')).toEqual([])
  })

  test.each([
    ['nothing', []],
    [
      'too many',
      Array.from({ length: 21 }, () => ({ person: newId(), device: newId(), opId: newId(), sealed: 'A'.repeat(200) })),
    ],
    [
      'a message as large as a film',
      [{ person: newId(), device: newId(), opId: newId(), sealed: 'A'.repeat(200_000) }],
    ],
    ['a message too small to be one', [{ person: newId(), device: newId(), opId: newId(), sealed: 'AAAA' }]],
    ['no base64', [{ person: newId(), device: newId(), opId: newId(), sealed: '<script>'.repeat(30) }]],
    ['a name for a person', [{ person: 'Aisha', device: newId(), opId: newId(), sealed: 'A'.repeat(200) }]],
    ['more than that', [{ person: newId(), device: newId(), opId: newId(), sealed: 'A'.repeat(200), note: 'x' }]],
  ])('refuses %s', async (_what, messages) => {
    expect(await ask('/api/inbox', { messages })).toMatchObject({ status: 400 })
  })
})
