import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AccessRow, Role } from '../../src/core/access.ts'
import { Part, Purpose, Sector } from '../../src/core/part.ts'
import { newId } from '../../src/crypto/random.ts'
import { decideAccess } from '../../src/features/access/decide-access.ts'
import { asPerson } from '../../src/server/as-person.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, aPerson, asOwner, contactOp, ownerRows, send, type Somebody } from '../people.ts'

// A1: the pure decision and the database's policies are asked the same questions and must give the same answers.
const machine = await testMachine()

/** Tables by the part whose policy guards them; `case_key` stands for every part there is. */
const PARTS = Part.options.filter((part) => part !== 'sealed')
const PURPOSES = Purpose.options
const BASES = ['membership', 'supervision', 'grant', 'emergency'] as const
const ENDS = ["'infinity'", "now() + interval '1 hour'", "now() - interval '1 second'"]

let combinations = 0

describe('who may read what', () => {
  const people: Somebody[] = []
  beforeAll(async () => {
    for (const sector of Sector.options)
      people.push(await aPerson(machine, await anOffice(machine, sector), 'case_worker'))
  })

  test('is answered alike by the rule and by the database, over every sector, part, level, basis, purpose and expiry', async () => {
    const owner = await aPerson(machine, await anOffice(machine), 'case_worker')
    for (const person of people) {
      const made: { caseId: string; row: string; part: Part }[] = []
      for (const part of PARTS)
        for (const level of ['read', 'write'])
          for (const basis of BASES)
            for (const ends of ENDS) {
              // The constraint keeps forbidden rows out; only what it lets in can be asked about.
              if (part !== 'handover' && !isProtection(person.sector)) continue
              const caseId = newId()
              made.push({
                caseId,
                part,
                row: `('${person.id}', '${person.sector}', '${caseId}', '${part}', '${level}', '${basis}', '${newId()}', ${ends})`,
              })
            }
      await asOwner(
        machine,
        `insert into child_case (id, op_id, alias, org_id, team_id, opened_by, worker_id, region, sex, age_band, opened_at) values
           ${made.map(({ caseId }) => `('${caseId}', '${newId()}', '${caseId}', '${owner.orgId}', '${owner.teamId}', '${owner.id}', '${owner.id}', 'NC-TL', 'not_known', 'not_known', now())`).join(',')};
         insert into case_key (case_id, part, key_id, epoch, wrapped) values ${made.map(({ caseId, part }) => `('${caseId}', '${part}', decode(repeat('00', 16), 'hex'), 'e', '')`).join(',')};
         insert into access (actor, sector, case_id, part, level, basis, basis_id, ends_at) values ${made.map(({ row }) => row).join(',')}`,
      )
      const rows = await rowsOf(person)
      for (const purpose of PURPOSES) {
        const seen = await keysSeen(person, purpose)
        for (const { caseId, part } of made) {
          const decision = decideAccess({
            person,
            rows: rows.get(caseId) ?? [],
            part,
            level: 'read',
            purpose,
            now: askedAt,
          })
          const writes = decideAccess({
            person,
            rows: rows.get(caseId) ?? [],
            part,
            level: 'write',
            purpose,
            now: askedAt,
          })
          const both = { caseId, part, purpose, read: seen.has(`${caseId}|${part}`) }
          expect({ ...both, read: decision.allow }).toEqual(both)
          if (writes.allow) expect(decision.allow).toBe(true)
          combinations += 2
        }
      }
    }
    expect(combinations).toBeGreaterThan(20_000)
  }, 180_000)

  const isProtection = (sector: string) =>
    ['child_protection', 'health', 'education', 'legal_aid', 'civil_society', 'child_justice', 'oversight'].includes(
      sector,
    )

  let askedAt = '' as Parameters<typeof decideAccess>[0]['now'] // set by the first question below

  async function rowsOf(person: Somebody): Promise<Map<string, AccessRow[]>> {
    return asPerson(machine.db, person.sid, 'casework', async (tx, me) => {
      askedAt = me.askedAt
      const found = await sql<
        AccessRow & { caseId: string }
      >`select case_id, part, level, basis, ends_at from access where actor = ${me.id}`.execute(tx)
      const byCase = new Map<string, AccessRow[]>()
      for (const { caseId, ...row } of found.rows) byCase.set(caseId, [...(byCase.get(caseId) ?? []), row])
      return byCase
    })
  }

  async function keysSeen(person: Somebody, purpose: Purpose): Promise<Set<string>> {
    return asPerson(machine.db, person.sid, purpose, async (tx) => {
      const found = await sql<{ caseId: string; part: string }>`select case_id, part from case_key`.execute(tx)
      return new Set(found.rows.map(({ caseId, part }) => `${caseId}|${part}`))
    })
  }
})

describe('a right that is written down', () => {
  const row = fc.record({
    part: fc.constantFrom(...Part.options),
    level: fc.constantFrom('read' as const, 'write' as const),
    basis: fc.constantFrom(...BASES),
    endsAt: fc.constantFrom('infinity' as const, '2026-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'),
  })
  test('never opens more than the handover extract to a body outside child protection, whatever rows it holds', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }),
        fc.constantFrom(...Sector.options.filter((sector) => sector !== 'child_protection')),
        fc.constantFrom(...Part.options.filter((part) => part !== 'handover')),
        fc.constantFrom(...PURPOSES),
        (rows, sector, part, purpose) => {
          const role: Role = 'security_desk'
          const inside = ['health', 'education', 'legal_aid', 'civil_society', 'child_justice', 'oversight'].includes(
            sector,
          )
          const now = '2026-06-01T00:00:00.000Z' as Parameters<typeof decideAccess>[0]['now'] // a fixed moment
          const decision = decideAccess({
            person: { sector, role },
            rows: rows as AccessRow[],
            part,
            level: 'read',
            purpose,
            now,
          })
          if (!inside) expect(decision).toEqual({ allow: false, code: 'firewall' })
        },
      ),
    )
  })
})

describe('a colleague, a stranger and a supervisor', () => {
  test('see of a case what their relation gives, and a neighbour named on its exclusion list sees nothing', async () => {
    const office = await anOffice(machine)
    const worker = await aPerson(machine, office, 'case_worker')
    const colleague = await aPerson(machine, office, 'case_worker')
    const supervisor = await aPerson(machine, office, 'supervisor')
    const caseId = await aCase(machine, worker)
    await send(machine, worker, contactOp(worker, caseId))
    const sees = (person: Somebody) =>
      asPerson(machine.db, person.sid, null, async (tx) => {
        const found = await sql<{ contacts: number; clocks: number; cases: number }>`
          select (select count(*) from justice_contact where case_id = ${caseId}) as contacts,
                 (select count(*) > 0 from safeguard_clock where case_id = ${caseId})::int as clocks,
                 (select count(*) from child_case where id = ${caseId}) as cases`.execute(tx)
        return found.rows[0]
      })
    expect(await sees(worker)).toEqual({ contacts: 1, clocks: 1, cases: 1 })
    expect(await sees(supervisor)).toEqual({ contacts: 1, clocks: 1, cases: 1 })
    expect(await sees(colleague)).toEqual({ contacts: 0, clocks: 0, cases: 0 })
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${supervisor.id}')`)
    expect(await sees(supervisor)).toEqual({ contacts: 0, clocks: 0, cases: 0 })
  })
})

test('every table of personal data has a policy and is closed to its owner too', async () => {
  const open = await ownerRows(
    machine,
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid)) order by 1`,
  )
  // No person and no child in these: which migrations ran, and the clock that tests move.
  expect(open.map((row) => row.relname)).toEqual(['migration', 'test_clock'])
})
