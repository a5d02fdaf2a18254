import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Op } from '../../src/core/op.ts'
import { leavingOut } from '../../src/features/referrals/jobs.ts'
import { closedQuarter, release } from '../../src/features/reports/jobs.ts'
import { everPublished, heldFacts } from '../../src/features/reports/store.ts'
import { asPerson, asStats } from '../../src/server/as-person.ts'
import { pseudonym } from '../../src/server/audit.ts'
import { aConsent, withdrawOp } from '../consent.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, aPerson, asOwner, contactOp, now, ownerRows, send } from '../people.ts'

// What a worker writes of one child, seen by the one role that makes figures: how often it was held moves no figure of
// how many children were, and what was corrected away is counted nowhere.
const machine = await testMachine()
const worker = await aPerson(machine, await anOffice(machine), 'case_worker')
const year = Number(closedQuarter(now()).slice(0, 4)) - 1

const FORGET =
  'delete from release_signature; delete from release; delete from stat_standing; delete from stat_basis; delete from stat_fact'
beforeAll(() => asOwner(machine, FORGET))
afterAll(() => asOwner(machine, FORGET))

const at = (day: number, hour: number) =>
  `${year}-05-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`
const contact = (caseId: string, startedAt: string, over: Record<string, unknown>) =>
  contactOp(worker, caseId, { startedAt, knownAt: startedAt, detainedAt: null, ...over })
const detention = (caseId: string, day: number) => contact(caseId, at(day, 1), { detainedAt: at(day, 1) })
const freed = (caseId: string, day: number) =>
  contact(caseId, at(day, 20), { kind: 'release', releasedAt: at(day, 20) })
const idOf = (op: Op) => String(op.payload.id)

async function record(...operations: Op[]): Promise<void> {
  const answers = await send(machine, worker, ...operations)
  expect(answers.filter((one) => one.answer !== 'accepted')).toEqual([])
}
const facts = () => asStats(machine.db, (tx) => heldFacts(tx))

describe('one child is held twelve times in a year', () => {
  test('which is twelve facts, of one child', async () => {
    const caseId = await aCase(machine, worker)
    for (let day = 1; day <= 12; day += 1) await record(detention(caseId, day), freed(caseId, day))
    const found = await facts()
    expect(found).toHaveLength(12)
    expect(new Set(found.map((fact) => fact.child)).size).toBe(1)
  })

  test('and still fewer than ten children, in the table of the quarter', async () => {
    expect(await release.run(machine, now())).toBe(1)
    const [table] = await asStats(machine.db, (tx) => everPublished(tx))
    expect(table?.years[1]).toMatchObject({ cell: String(year), held: { kind: 'fewer_than_10' } })
    expect(table?.together?.held).toEqual({ kind: 'fewer_than_10' })
  })

  test('another child is told from it', async () => {
    const caseId = await aCase(machine, worker)
    await record(detention(caseId, 1))
    expect(new Set((await facts()).map((fact) => fact.child)).size).toBe(2)
  })
})

describe('what was corrected away is counted nowhere:', () => {
  const factsOfNew = async (work: (caseId: string) => Promise<void>) => {
    const before = (await facts()).length
    await work(await aCase(machine, worker))
    return (await facts()).length - before
  }

  test('a detention that was an interview without custody', async () => {
    expect(
      await factsOfNew(async (caseId) => {
        const held = detention(caseId, 3)
        await record(held)
        await record(contact(caseId, at(3, 1), { kind: 'interview', corrects: idOf(held) }))
      }),
    ).toBe(0)
  })

  test('two custodies that were one, because the release between them never was', async () => {
    expect(
      await factsOfNew(async (caseId) => {
        const release = freed(caseId, 3)
        await record(detention(caseId, 3), release, detention(caseId, 5))
        await record(contact(caseId, at(3, 20), { kind: 'interview', corrects: idOf(release) }))
      }),
    ).toBe(1)
  })

  test('while an account that is only mended stays the same custody', async () => {
    expect(
      await factsOfNew(async (caseId) => {
        const held = detention(caseId, 3)
        await record(held)
        await record(contact(caseId, at(4, 1), { detainedAt: at(4, 1), corrects: idOf(held) }))
      }),
    ).toBe(1)
  })
})

describe('whoever makes figures', () => {
  test('cannot find a case by what tells its facts from others', async () => {
    const caseId = await aCase(machine, worker)
    const known = new Set((await facts()).map((fact) => fact.child))
    await record(detention(caseId, 7))
    const [child] = (await facts()).map((fact) => fact.child).filter((one) => !known.has(one))
    const [hashes] = await ownerRows(
      machine,
      `select encode(kembali.case_hash('${caseId}'), 'hex') as ours, encode(sha256('${caseId}'), 'hex') as plain`,
    )
    const inLedger = Buffer.from(await pseudonym(machine.keys, caseId)).toString('hex')
    expect(child).toMatch(/^[0-9a-f]{64}$/)
    expect([hashes?.ours, hashes?.plain, inLedger]).not.toContain(child)
    const [row] = await ownerRows(
      machine,
      `select encode(child, 'hex') as child, encode(id, 'hex') as id, coded::text as coded from stat_fact where child = '\\x${child}'`,
    )
    expect(row?.id).not.toBe(child)
    expect(String(row?.coded)).not.toContain(caseId)
  })

  test.each([
    ['cannot put or take away a fact', `select kembali.facts_replace('\\x00', 'held', '[]')`],
    ['cannot change one', `update stat_fact set child = '\\x00'`],
    ['cannot read how the ledger names a case', 'select pseudonym from audit_entry'],
    ['cannot read the hash of a case in the ledger of erasures', 'select case_hash from erasure'],
  ])('%s', async (_title, text) => {
    await expect(asStats(machine.db, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(/permission denied/)
  })
})

describe('a child that is asked whether it may be counted without a name', () => {
  const counted = async (work: (caseId: string) => Promise<unknown>) => {
    const before = (await facts()).length
    const caseId = await aCase(machine, worker, { ageBand: '15_17' })
    await record(detention(caseId, 4))
    await work(caseId)
    return (await facts()).length - before
  }
  const answers = (caseId: string, over: Record<string, unknown> = {}) =>
    aConsent(machine, worker, caseId, {
      purpose: 'anonymous_reporting',
      text: 'anonymous_reporting_1',
      recipient: null,
      organisation: null,
      ...over,
    })
  const no = { child: 'refuses' }

  test('is counted when it says yes, and while nobody has asked', async () => {
    expect(await counted(async () => undefined)).toBe(1)
    expect(await counted((caseId) => answers(caseId))).toBe(1)
  })
  test('is in no figure when it says no, or its carer does, or it takes its yes back', async () => {
    expect(await counted((caseId) => answers(caseId, no))).toBe(0)
    expect(await counted((caseId) => answers(caseId, { adult: 'refuses' }))).toBe(0)
    expect(await counted(async (caseId) => record(withdrawOp(worker, caseId, await answers(caseId))))).toBe(0)
  })
  test('stays out whatever is written of it later, and comes back only by a yes that was asked later', async () => {
    expect(
      await counted(async (caseId) => {
        await answers(caseId, no)
        await record(freed(caseId, 5), detention(caseId, 7))
      }),
    ).toBe(0)
    const hourAgo = new Date(Date.parse(now()) - 3_600_000).toISOString()
    expect(
      await counted(async (caseId) => {
        await answers(caseId, no)
        await answers(caseId, { askedAt: hourAgo })
      }),
    ).toBe(0)
    expect(
      await counted(async (caseId) => {
        await answers(caseId, { ...no, askedAt: hourAgo })
        await answers(caseId)
      }),
    ).toBe(1)
  })
  test('is left out by a job, where it had said no before figures knew of it; a yes is counted on, and nobody is gone over twice', async () => {
    const [said, yes] = [
      await aCase(machine, worker, { ageBand: '15_17' }),
      await aCase(machine, worker, { ageBand: '15_17' }),
    ]
    await record(detention(said, 4), detention(yes, 4))
    await answers(said, no)
    await answers(yes)
    // As it was when the answers were written and nothing followed from them.
    await asOwner(
      machine,
      `delete from stat_left_out; insert into left_out_waiting (case_id) values ('${said}'), ('${yes}')`,
    )
    const asBefore = (await facts()).length
    expect(await leavingOut.run(machine, now())).toBe(2)
    expect((await facts()).length).toBe(asBefore - 1)
    expect(await leavingOut.run(machine, now())).toBe(0)
  })
  test('is left out as its answers say, and not as whoever asks for it would have it', async () => {
    const caseId = await aCase(machine, worker, { ageBand: '15_17' })
    const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
    const leaveOut = (by: typeof worker) =>
      asPerson(
        machine.db,
        by.sid,
        null,
        async (tx) =>
          (
            await sql<{
              out: boolean
            }>`select kembali.leave_out(${caseId}, ${[Buffer.alloc(32)]}::bytea[]) as out`.execute(tx)
          ).rows[0]?.out,
      )
    expect(await leaveOut(worker)).toBe(false)
    await answers(caseId, no)
    expect(await leaveOut(worker)).toBe(true)
    await expect(leaveOut(stranger)).rejects.toThrow(/not allowed/)
    await expect(asStats(machine.db, (tx) => sql`select kembali.left_out_next(1)`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
    await asOwner(machine, `delete from stat_left_out where child = decode(repeat('00', 32), 'hex')`)
  })
})
