import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import type { ReleasedTable } from '../../src/features/reports/release.ts'
import { addDuration } from '../../src/core/time.ts'
import { newId } from '../../src/crypto/random.ts'
import type { JusticeContact } from '../../src/features/justice/contact.ts'
import { reminders } from '../../src/features/justice/jobs.ts'
import { recordContact } from '../../src/features/justice/ops.ts'
import { clocksOf } from '../../src/features/justice/safeguards.ts'
import { boardClocks } from '../../src/features/justice/store.ts'
import { release } from '../../src/features/reports/jobs.ts'
import { type Release, releases, signRelease } from '../../src/features/reports/store.ts'
import { asClock, asPerson, asStats } from '../../src/server/as-person.ts'
import { testMachine } from '../db.ts'
import { anOffice, anOp, aPerson, asOwner, contactOp, now, openCaseOp, ownerRows, send } from '../people.ts'

// The road of one record, from a phone without signal to a national figure.
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const officer = await aPerson(machine, await anOffice(machine, 'coordination'), 'national_officer')

const open = openCaseOp(worker, { region: 'NC-TL' })
const caseId = String(open.payload.id)
const contact = contactOp(worker, caseId, {
  heldAt: 'A post without signal',
  answers: { lawyer: { state: 'not_known' } },
})

async function moveClock(ms: number): Promise<void> {
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${ms}) on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
}
afterAll(() => asOwner(machine, 'delete from test_clock'))

describe('a child is detained in a district without signal', () => {
  test('the phone decides at once, and starts the clock the server will start', async () => {
    const payload = recordContact.payload.parse(contact.payload) as JusticeContact
    const known = { closedAt: null, contacts: [], rules: machine.pack.safeguards, supervisorAgreed: false }
    const decision = recordContact.decide(payload, known, {
      now: contact.claimedAt,
      actor: worker.id,
      role: 'case_worker',
      timeZone: machine.pack.timeZone,
    })
    expect(decision.ok).toBe(true)
    const onThePhone = clocksOf([payload], [], machine.pack.safeguards, machine.pack.timeZone)
    // Signal returns: both operations go out together.
    expect((await send(machine, worker, open, contact)).map((one) => one.answer)).toEqual(['accepted', 'accepted'])
    const onTheServer = await asPerson(machine.db, supervisor.sid, 'supervision', (tx, me) => boardClocks(tx, me.id))
    const times = (clocks: { safeguardId: string; dueAt: string }[]) =>
      clocks.map((one) => `${one.safeguardId} ${one.dueAt}`).sort()
    expect(times(onTheServer)).toEqual(times(onThePhone))
  })

  test('what was typed is nowhere in the clear', async () => {
    const rows = await ownerRows(
      machine,
      `select (select json_agg(c)::text from justice_contact c) || (select json_agg(l)::text from op_log l) as text`,
    )
    expect(String(rows[0]?.text)).not.toContain('A post without signal')
    expect(String(rows[0]?.text)).not.toContain(Buffer.from('A post without signal').toString('hex'))
  })

  test('before the limit passes, worker and supervisor are each reminded exactly once', async () => {
    await moveClock(19 * 3_600_000)
    const first = await reminders.run(machine, now())
    expect(first).toBeGreaterThan(0)
    expect(await reminders.run(machine, now())).toBe(0)
    const notices = await ownerRows(machine, `select person_id, about, stage from notice where case_id = '${caseId}'`)
    const judge = notices.filter((one) => String(one.about).includes('SG-LIB-02'))
    expect(judge.map((one) => [one.person_id, one.stage]).sort()).toEqual(
      [
        [supervisor.id, 'due_soon'],
        [worker.id, 'due_soon'],
      ].sort(),
    )
    // A notice says how urgent and by when: its columns hold no word about a child.
    expect(Object.keys((await ownerRows(machine, 'select * from notice limit 1'))[0] ?? {}).sort()).toEqual(
      ['about', 'case_id', 'due_at', 'id', 'made_at', 'person_id', 'read_at', 'stage'].sort(),
    )
  })

  test('the job that reminds sees clocks, and no child', async () => {
    await expect(asClock(machine.db, (tx) => sql`select alias from child_case`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
    await expect(asClock(machine.db, (tx) => sql`select body from justice_contact`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('after 24 hours without a hearing the board says that it was not shown to be met', async () => {
    await moveClock(25 * 3_600_000)
    // Sessions are short; a day later everybody signs in anew.
    const fresh = await aPerson(machine, office, 'supervisor')
    const app = await board(fresh.sid)
    expect(app.find((one) => one.safeguardId === 'SG-LIB-02')?.status).toBe('passed')
    await moveClock(0)
  })

  test('a hearing ends the matter, and says whether it came in time', async () => {
    const heard = addDuration(contact.claimedAt, 'PT0M', 'UTC')
    const [answer] = await send(
      machine,
      worker,
      contactOp(worker, caseId, { kind: 'hearing', detainedAt: null, startedAt: heard }),
    )
    expect(answer?.answer).toBe('accepted')
    expect((await board(supervisor.sid)).find((one) => one.safeguardId === 'SG-LIB-02')?.status).toBe('met')
  })

  async function board(sid: string) {
    const { clockStatus } = await import('../../src/features/justice/safeguards.ts')
    return asPerson(machine.db, sid, 'supervision', async (tx, me) =>
      (await boardClocks(tx, me.id)).map((clock) => ({ ...clock, status: clockStatus(clock, me.askedAt) })),
    )
  }
})

describe('the national figure', () => {
  test('is made by a role that can read coded facts and nothing else', async () => {
    for (const table of [
      'child_case',
      'justice_contact',
      'safeguard_clock',
      'op_log',
      'audit_entry',
      'app_user',
      'case_key',
    ])
      await expect(asStats(machine.db, (tx) => sql`select * from ${sql.table(table)}`.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
    await expect(
      asPerson(machine.db, worker.sid, null, (tx) => sql`select * from stat_fact`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  })

  test('says "fewer than ten" for one child, and shows a number only when enough children stand behind it', async () => {
    await asOwner(
      machine,
      'delete from stat_fact; delete from stat_basis; delete from stat_standing; delete from release',
    )
    await send(machine, worker, contactOp(worker, await aCaseNow(), {}))
    expect((await preparedNextQuarter()).years[0]?.held).toEqual({ kind: 'fewer_than_10' })
    await asOwner(machine, 'delete from release')
    for (let n = 0; n < 33; n += 1) await send(machine, worker, contactOp(worker, await aCaseNow(), {}))
    expect((await preparedNextQuarter()).years[0]?.held).toEqual({ kind: 'rounded', value: 35 })
  })

  test('is never changed once it is made', async () => {
    await expect(asStats(machine.db, (tx) => sql`update release set period = 'x'`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('is read by others only after two people have signed it', async () => {
    const dpo = await aPerson(machine, await anOffice(machine, 'oversight'), 'dpo')
    expect(await seenBy(supervisor.sid)).toEqual([])
    const [waiting] = await seenBy(officer.sid)
    for (const signer of [officer, dpo])
      expect(
        await asPerson(machine.db, signer.sid, 'oversight', (tx) =>
          signRelease(tx, waiting?.id ?? '', waiting?.hash ?? '', newId()),
        ),
      ).toBe('signed')
    expect((await seenBy(supervisor.sid)).map((one) => one.hash)).toEqual([waiting?.hash])
  })

  async function aCaseNow(): Promise<string> {
    const op = openCaseOp(worker)
    await send(machine, worker, op)
    return String(op.payload.id)
  }

  /** The quarter ends, and its release is prepared. */
  async function preparedNextQuarter(): Promise<ReleasedTable> {
    await moveClock(92 * 24 * 3_600_000)
    expect(await release.run(machine, now())).toBe(1)
    await moveClock(0)
    const [newest] = await seenBy(officer.sid)
    if (newest === undefined) throw new Error('a release was just made')
    return newest.table
  }
})

function seenBy(sid: string): Promise<Release[]> {
  return asPerson(machine.db, sid, null, (tx) => releases(tx))
}

test('a worker who is no officer sees no release, and an unknown operation type changes nothing', async () => {
  expect(await seenBy(worker.sid)).toEqual([])
  const [answer] = await send(machine, worker, anOp(worker, 'reports.change_threshold', { id: newId() }))
  expect(answer).toMatchObject({ answer: 'malformed', fields: ['type'] })
})
