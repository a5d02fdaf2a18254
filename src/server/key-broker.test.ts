import { afterEach, describe, expect, test } from 'vitest'
import { testMachine } from '../../test/db.ts'
import {
  aCase,
  anOffice,
  anOp,
  aPerson,
  asOwner,
  openCaseOp,
  ownerRows,
  send,
  type Somebody,
} from '../../test/people.ts'
import type { Role } from '../core/access.ts'
import type { Op } from '../core/op.ts'
import { type KeyProvider, KeysUnavailable } from '../crypto/provider.ts'
import { newId } from '../crypto/random.ts'
import { type Budgets, readConfig } from './config.ts'
import { makeKeyBroker } from './key-broker.ts'
import { EPOCH } from './keys.ts'
import type { Machine } from './machine.ts'
import { makeWholeApp } from './whole-app.ts'

const CANARY = 'Zulaikha of the canary'
const HEADERS = { 'content-type': 'application/json', 'x-kembali': '1' }

const real = await testMachine()
const [deployment] = await ownerRows(real, 'select id from deployment')
const office = await anOffice(real)
const worker = await aPerson(real, office, 'case_worker')
const colleague = await aPerson(real, office, 'case_worker')

/** The provider everybody uses, counted, and with a switch for its line. */
const watched = { opened: 0, isDown: false }
const keys: KeyProvider = {
  ...real.keys,
  wrap: (...of) => asked(true, () => real.keys.wrap(...of)),
  unwrap: (...of) => asked(true, () => real.keys.unwrap(...of)),
  mac: (...of) => asked(false, () => real.keys.mac(...of)),
}

async function asked<T>(opens: boolean, answer: () => Promise<T>): Promise<T> {
  if (watched.isDown) throw new KeysUnavailable()
  if (opens) watched.opened += 1
  return answer()
}

function aMachine(budgets: Partial<Budgets> = {}): Machine {
  const set = { ...real.config.budgets, ...budgets }
  return { ...real, keys, broker: makeKeyBroker(String(deployment?.id), keys, EPOCH, real.decide, set) }
}

function ask(machine: Machine, by: Somebody, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return Promise.resolve(
    makeWholeApp(machine, 'nowhere').request(path, { ...sent, headers: { ...HEADERS, cookie: `kembali=${by.sid}` } }),
  ).then(async (answer) => ({ status: answer.status, text: await answer.text() }))
}

const openFile = (machine: Machine, by: Somebody, caseId: string) => ask(machine, by, `/api/cases/${caseId}`)

/** A case with a card in it. */
async function aFile(by: Somebody): Promise<string> {
  const caseId = await aCase(real, by)
  const card = editCard(by, caseId)
  expect(await send(real, by, card)).toMatchObject([{ answer: 'accepted' }])
  return caseId
}

function editCard(by: Somebody, caseId: string): Op {
  return anOp(by, 'cases.edit_card', { id: caseId, caseId, set: { callName: CANARY } }, { baseVersion: 0 })
}

/** Puts a person on somebody else's case, as her supervisor would. */
function join(by: Somebody, caseId: string): Promise<void> {
  return asOwner(
    real,
    `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${by.id}', '${by.sector}', '${by.role}')`,
  )
}

async function ledger(by: Somebody): Promise<string[]> {
  const rows = await ownerRows(
    real,
    `select action, part, outcome from audit_entry where actor = '${by.id}' order by id`,
  )
  return rows.map((row) => `${String(row.action)} ${String(row.part)} ${String(row.outcome)}`)
}

describe('the ledger comes before the key', () => {
  const broken = () =>
    asOwner(
      real,
      `create or replace function kembali.break_ledger() returns trigger language plpgsql as $f$
         begin if new.actor = '${worker.id}' then raise exception 'the ledger is full'; end if; return new; end $f$;
       create or replace trigger break_ledger before insert on audit_entry for each row execute function kembali.break_ledger()`,
    )
  const mended = () => asOwner(real, 'drop trigger if exists break_ledger on audit_entry')
  afterEach(mended)

  test('a file whose entry cannot be written is not opened: 503, no word, no key', async () => {
    const machine = aMachine()
    const caseId = await aFile(worker)
    await broken()
    watched.opened = 0
    const answer = await openFile(machine, worker, caseId)
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('ledger_unavailable')
    expect(answer.text).not.toContain(CANARY)
    expect(watched.opened).toBe(0)
    await mended()
    expect((await openFile(machine, worker, caseId)).text).toContain(CANARY)
  })

  test('an operation whose entry cannot be written does not happen, and happens once when it is sent again', async () => {
    const machine = aMachine()
    const caseId = await aFile(worker)
    const op = editCard(worker, caseId)
    await broken()
    watched.opened = 0
    expect(await ask(machine, worker, '/api/operations', { operations: [op] })).toMatchObject({ status: 503 })
    expect(watched.opened).toBe(0)
    expect(await ownerRows(real, `select op_id from op_log where op_id = '${op.opId}'`)).toEqual([])
    await mended()
    expect((await ask(machine, worker, '/api/operations', { operations: [op] })).text).toContain('accepted')
  })

  test('a denial that cannot be written is not told either', async () => {
    await broken()
    expect(await openFile(aMachine(), worker, newId())).toMatchObject({ status: 503 })
  })
})

describe('every opening, write and denial has its entry', () => {
  test('a file opened, a foreign one and one that does not exist', async () => {
    const reader = await aPerson(real, office, 'case_worker')
    const caseId = await aFile(reader)
    const before = (await ledger(reader)).length
    await openFile(aMachine(), reader, caseId)
    expect((await ledger(reader)).slice(before)).toEqual(['open_read identity done'])
    await openFile(aMachine(), reader, await aFile(colleague))
    await openFile(aMachine(), reader, newId())
    expect((await ledger(reader)).slice(before + 1)).toEqual(['open_read case denied', 'open_read case denied'])
  })

  test('and no entry holds an id, a name or a word', async () => {
    const rows = JSON.stringify(await ownerRows(real, `select * from audit_entry where actor = '${colleague.id}'`))
    expect(rows).not.toContain(CANARY)
    for (const { id } of await ownerRows(real, 'select id from child_case')) expect(rows).not.toContain(String(id))
  })

  test('a hundred mixed requests at once leave exactly as many entries as keys were opened, writes made and requests denied', async () => {
    const machine = aMachine()
    const reader = await aPerson(real, office, 'case_worker')
    const own = [await aFile(reader), await aFile(reader), await aFile(reader)]
    const foreign = await aFile(colleague)
    const before = (await ledger(reader)).length
    watched.opened = 0
    // A foreign edit comes from a device of its own: nothing earlier is on its way that could still open the case to her.
    const requests = Array.from({ length: 100 }, (_none, at) => {
      const caseId = own[at % own.length] ?? ''
      if (at % 5 === 0) return openFile(machine, reader, foreign)
      if (at % 5 === 1) return ask(machine, reader, '/api/operations', { operations: [editCard(reader, caseId)] })
      if (at % 5 === 2)
        return ask(machine, reader, '/api/operations', {
          operations: [{ ...editCard(reader, foreign), device: newId(), seq: 1 }],
        })
      return openFile(machine, reader, caseId)
    })
    const answers = await Promise.all(requests)
    const denied = answers.filter(({ status, text }) => status === 404 || text.includes('not_allowed')).length
    const written = answers.filter(({ text }) => text.includes('"answer":"accepted"')).length
    expect([denied, written]).toEqual([40, 20])
    const entries = (await ledger(reader)).slice(before)
    const count = (end: RegExp) => entries.filter((entry) => end.test(entry)).length
    expect(count(/denied$/)).toBe(denied)
    expect(count(/^cases\.edit_card identity done$/)).toBe(written)
    expect(count(/^open_(read|write) .* done$/)).toBe(watched.opened)
    expect(entries).toHaveLength(denied + written + watched.opened)
  })
})

describe('when the key provider cannot be reached', () => {
  afterEach(() => (watched.isDown = false))

  test('words stay closed with 503, lists and sessions go on, and all comes back by itself', async () => {
    const machine = aMachine()
    const caseId = await aFile(worker)
    const op = editCard(worker, caseId)
    watched.isDown = true
    const closed = await openFile(machine, worker, caseId)
    expect(closed).toMatchObject({ status: 503, text: expect.stringContaining('keys_unavailable') })
    expect(closed.text).not.toContain(CANARY)
    // A foreign case answers like one's own: nobody learns from an outage.
    expect(await openFile(machine, worker, newId())).toMatchObject({ status: 503 })
    expect((await ask(machine, worker, '/api/operations', { operations: [op] })).text).toContain(
      '"why":"keys_unavailable"',
    )
    expect(await ask(machine, worker, '/api/cases')).toMatchObject({ status: 200 })
    expect(await ask(machine, worker, '/api/session')).toMatchObject({ status: 200 })
    expect(await ask(machine, worker, '/api/safeguards/board')).toMatchObject({ status: 200 })
    watched.isDown = false
    expect((await openFile(machine, worker, caseId)).text).toContain(CANARY)
    expect((await ask(machine, worker, '/api/operations', { operations: [op] })).text).toContain('accepted')
  })
})

describe('what was changed or moved in the database does not open, and the ledger says so', () => {
  test.each([
    [
      'an envelope of another case',
      (a: string, b: string) =>
        `update child_card set body = (select body from child_card where id = '${b}') where id = '${a}'`,
    ],
    [
      'an envelope of another column',
      (a: string) =>
        `insert into child_identity (id, case_id, op_id, version, body) select id, case_id, op_id, version, body from child_card where id = '${a}'`,
    ],
    [
      'one bit of the words',
      (a: string) => `update child_card set body = set_byte(body, 40, get_byte(body, 40) # 1) where id = '${a}'`,
    ],
    [
      'one bit of the tag',
      (a: string) =>
        `update child_card set body = set_byte(body, length(body) - 1, get_byte(body, length(body) - 1) # 1) where id = '${a}'`,
    ],
    ['half of it', (a: string) => `update child_card set body = substring(body for 50) where id = '${a}'`],
    [
      'the key of another case',
      (a: string, b: string) =>
        `update case_key set (key_id, wrapped) = (select key_id, wrapped from case_key where case_id = '${b}' and part = 'identity') where case_id = '${a}' and part = 'identity'`,
    ],
    ['another version of the key', (a: string) => `update case_key set version = 2 where case_id = '${a}'`],
    [
      'one bit of the wrapped key',
      (a: string) =>
        `update case_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where case_id = '${a}'`,
    ],
  ])('%s', async (_what, change) => {
    const reader = await aPerson(real, office, 'case_worker')
    const [one, two] = [await aFile(reader), await aFile(reader)]
    await asOwner(real, change(one, two))
    const answer = await openFile(aMachine(), reader, one)
    expect(answer).toMatchObject({ status: 500, text: expect.stringContaining('"error":"unreadable"') })
    expect(answer.text).not.toContain(CANARY)
    expect((await ledger(reader)).at(-1)).toBe('unreadable identity denied')
    expect(await openFile(aMachine(), reader, two)).toMatchObject({ status: 200 })
  })
})

describe('a budget', () => {
  const few = { hour: 2, day: 3, supervisorDay: 2, dpoDay: 1, emergencyDay: 1 }

  async function foreignFiles(count: number, by: Somebody | null): Promise<string[]> {
    const files: string[] = []
    for (let at = 0; at < count; at += 1) {
      const caseId = await aFile(colleague)
      if (by !== null) await join(by, caseId)
      files.push(caseId)
    }
    return files
  }

  async function statuses(machine: Machine, by: Somebody, files: string[]): Promise<number[]> {
    const found: number[] = []
    for (const caseId of files) found.push((await openFile(machine, by, caseId)).status)
    return found
  }

  test('stops a worker beyond her own caseload by the hour and by the day, and never within it', async () => {
    const machine = aMachine(few)
    const reader = await aPerson(real, office, 'case_worker')
    const own = [await aFile(reader), await aFile(reader), await aFile(reader), await aFile(reader)]
    const [a = '', b = '', c = '', d = ''] = await foreignFiles(4, reader)
    expect(await statuses(machine, reader, own)).toEqual([200, 200, 200, 200])
    expect(await statuses(machine, reader, [a, b, c])).toEqual([200, 200, 429])
    expect((await ledger(reader)).at(-1)).toBe('budget_spent identity denied')
    expect(await statuses(machine, reader, [a, ...own])).toEqual([200, 200, 200, 200, 200]) // once a day each, and her own
    await asOwner(
      real,
      `update case_opened set opened_at = opened_at - interval '61 minutes' where person_id = '${reader.id}'`,
    )
    expect(await statuses(machine, reader, [c, d])).toEqual([200, 429])
    // What the gate opens to write is not counted.
    expect((await ask(machine, reader, '/api/operations', { operations: [editCard(reader, d)] })).text).toContain(
      'accepted',
    )
    expect(await statuses(aMachine(few), reader, [d])).toEqual([429]) // the same after a restart
    expect(await statuses(aMachine({ ...few, day: 4 }), reader, [d])).toEqual([200]) // and a setting of the deployment
    await asOwner(
      real,
      `update case_opened set on_day = on_day - 1, opened_at = opened_at - interval '1 day' where person_id = '${reader.id}'`,
    )
    expect(await statuses(machine, reader, [a, b])).toEqual([200, 200])
  })

  test('counts ten requests at once as ten', async () => {
    const reader = await aPerson(real, office, 'case_worker')
    const files = await foreignFiles(10, reader)
    const machine = aMachine(few)
    const answers = await Promise.all(files.map((caseId) => openFile(machine, reader, caseId)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(8)
  })

  test.each<[Role, string, number[]]>([
    ['supervisor', 'membership', [200, 200, 429]],
    ['dpo', 'grant', [200, 429, 429]],
    ['lawyer', 'grant', [200, 200, 429]],
    ['case_worker', 'emergency', [200, 429, 429]],
  ])('of a %s by %s is her own', async (role, basis, expected) => {
    const reader = await aPerson(real, office, role)
    const files = await foreignFiles(3, null)
    for (const caseId of files)
      if (basis === 'grant')
        await asOwner(
          real,
          `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
          values (gen_random_uuid(), '${caseId}', '${reader.id}', '${reader.sector}', 'identity', 'casework', 'consent', now(), now() + interval '1 day')`,
        )
      else if (basis === 'emergency')
        await asOwner(
          real,
          `insert into access (actor, sector, case_id, part, level, basis, basis_id, ends_at)
          select '${reader.id}', '${reader.sector}', '${caseId}', p, 'read', 'emergency', gen_random_uuid(), now() + interval '4 hours' from unnest(array['case', 'identity']) p`,
        )
    expect(await statuses(aMachine(few), reader, files)).toEqual(expected)
  })

  test('is what the settings say, or 15 an hour and 40 a day; supervisor 60, DPO 10, emergency 3', () => {
    expect(readConfig({}).budgets).toEqual({ hour: 15, day: 40, supervisorDay: 60, dpoDay: 10, emergencyDay: 3 })
    expect(readConfig({ KEMBALI_BUDGET_HOUR: '2', KEMBALI_BUDGET_DPO: '1' }).budgets).toMatchObject({
      hour: 2,
      dpoDay: 1,
    })
    expect(() => readConfig({ KEMBALI_BUDGET_DAY: '0' })).toThrow('KEMBALI_BUDGET_DAY')
  })
})

test('a case that is being opened gets its keys by the same road', async () => {
  const op = openCaseOp(worker)
  const before = (await ledger(worker)).length
  expect((await ask(aMachine(), worker, '/api/operations', { operations: [op] })).text).toContain('accepted')
  expect((await ledger(worker)).slice(before)).toEqual(['open_write case done', 'cases.open_case case done'])
})
