import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { signOp } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, contactOp, now, send, type Somebody } from '../../../test/people.ts'
import type { Role } from '../../core/access.ts'
import type { Sector } from '../../core/part.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { countStandings, dutiesOf } from './duties.ts'
import { asksOf, boardClocks, findAnswers, findContacts } from './store.ts'

// Contacts, answers, clocks and agreements are part `justice`: a breach goes to the child's worker, lawyer and supervisor,
// and never to the authority it is about (safeguards.md, rule 6).
const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const colleague = await aPerson(machine, office, 'case_worker')
const caseId = await aCase(machine, worker)
const contact = contactOp(worker, caseId)
const contactId = String(contact.payload.id)
const third = await aCase(machine, worker)
const TABLES = ['justice_contact', 'safeguard_answer', 'safeguard_clock', 'victim_agreement'] as const

beforeAll(async () => {
  const breach = answerOp(worker, 'not_met')
  expect((await send(machine, worker, contact, breach)).map((one) => one.answer)).toEqual(['accepted', 'accepted'])
  expect(await agreed(caseId)).toBe('accepted')
})

/** Asked by the worker with a reason, signed by her supervisor. */
async function agreed(of: string): Promise<string | undefined> {
  const asked = anOp(worker, 'justice.ask_without_victim', { id: newId(), caseId: of, why: 'Seen by chance' })
  await send(machine, worker, asked)
  const [answer] = await send(machine, supervisor, signOp(supervisor, of, 'leave_out_victim', asked.payload.id))
  return answer?.answer
}

function answerOp(by: Somebody, state: 'met' | 'not_met') {
  const said = { saidBy: 'Somebody', words: null, at: now() }
  return anOp(by, 'justice.answer_safeguard', {
    id: newId(),
    caseId,
    contactId,
    safeguardId: 'SG-INF-01',
    state,
    ...said,
  })
}

/** Somebody of another body with one right on this case, ending at `until`. */
async function outsider(sector: Sector, role: Role, part: string, until: string): Promise<Somebody> {
  const person = await aPerson(machine, await anOffice(machine, sector), role)
  await asOwner(
    machine,
    `insert into access (actor, sector, case_id, part, level, basis, basis_id, ends_at)
     values ('${person.id}', '${sector}', '${caseId}', '${part}', 'read', 'grant', '${newId()}', '${until}')`,
  )
  return person
}

function rowsSeen(person: Somebody): Promise<number[]> {
  return asPerson(machine.db, person.sid, null, async (tx) => {
    const seen: number[] = []
    for (const table of TABLES) {
      const found = await sql<{ n: number }>`
        select least(count(*), 1)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
      seen.push(found.rows[0]?.n ?? 0)
    }
    return seen
  })
}

const ALL = [1, 1, 1, 1]
const NOTHING = [0, 0, 0, 0]

describe('contacts, answers, clocks and agreements can be read', () => {
  test.each<[string, () => Promise<Somebody>, number[]]>([
    ['by the worker of the case', async () => worker, ALL],
    ['by the supervisor of its team', async () => supervisor, ALL],
    [
      'by the child’s lawyer, while it is shared with her',
      () => outsider('legal_aid', 'lawyer', 'justice', '2099-01-01'),
      ALL,
    ],
    [
      'not by the lawyer after the sharing has ended',
      () => outsider('legal_aid', 'lawyer', 'justice', '2020-01-01'),
      NOTHING,
    ],
    [
      'not by somebody who holds another part',
      () => outsider('legal_aid', 'lawyer', 'services', '2099-01-01'),
      NOTHING,
    ],
    [
      'not by the police, who hold the handover extract',
      () => outsider('police', 'security_desk', 'handover', '2099-01-01'),
      NOTHING,
    ],
    ['not by a colleague of the same office', async () => colleague, NOTHING],
  ])('%s', async (_title, who, expected) => {
    expect(await rowsSeen(await who())).toEqual(expected)
  })
})

describe('a contact is recorded and a safeguard answered', () => {
  test.each<[string, () => Promise<Somebody>, string]>([
    ['by the worker of the case', async () => worker, 'accepted'],
    ['not by her supervisor, who reads', async () => supervisor, 'not_allowed'],
    [
      'not by a lawyer it is shared with to read',
      () => outsider('legal_aid', 'lawyer', 'justice', '2099-01-01'),
      'not_allowed',
    ],
    ['not by the police', () => outsider('police', 'security_desk', 'handover', '2099-01-01'), 'not_allowed'],
    ['not by a colleague of the same office', async () => colleague, 'not_allowed'],
  ])('%s', async (_title, who, expected) => {
    const person = await who()
    const answers = await send(machine, person, contactOp(person, caseId), answerOp(person, 'not_met'))
    expect(answers.map((one) => one.answer)).toEqual([expected, expected])
  })

  test.each(['justice_contact', 'safeguard_answer', 'safeguard_clock'])(
    'and the database itself refuses a reader who writes into %s',
    async (table) => {
      const reader = await outsider('legal_aid', 'lawyer', 'justice', '2099-01-01')
      expect(await refusalOf(reader, table)).toMatch(/row-level security/)
      expect(await refusalOf(worker, table)).toBe('written')
    },
  )
})

/** What the database says when a person's own session writes a row past the gate. */
async function refusalOf(person: Somebody, table: string): Promise<string> {
  const at = now()
  const rows: Record<string, ReturnType<typeof sql>> = {
    justice_contact: sql`insert into justice_contact (id, case_id, op_id, kind, capacities, authority, started_at, known_at, body)
      values (${newId()}, ${caseId}, ${newId()}, 'hearing', array['victim'], 'police_other', ${at}, ${at}, '')`,
    safeguard_answer: sql`insert into safeguard_answer (id, case_id, op_id, contact_id, safeguard_id, state, at, answered_at)
      values (${newId()}, ${caseId}, ${newId()}, ${contactId}, 'SG-INT-04', 'met', ${at}, ${at})`,
    safeguard_clock: sql`insert into safeguard_clock (case_id, contact_id, safeguard_id, authority, starts_at, warn_at, due_at)
      values (${caseId}, ${contactId}, 'SG-INT-04', 'police_other', ${at}, ${at}, ${at})`,
    victim_agreement: sql`insert into victim_agreement (id, case_id, op_id, person_id, agreed_at)
      values (${newId()}, ${caseId}, ${newId()}, ${person.id}, ${at})`,
  }
  try {
    await asPerson(machine.db, person.sid, null, async (tx) => void (await rows[table]?.execute(tx)))
    return 'written'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('leaving out "victim"', () => {
  test('is agreed by the supervisor of the case, and by nobody who works on it', async () => {
    const asked = anOp(worker, 'justice.ask_without_victim', { id: newId(), caseId: third, why: 'Seen by chance' })
    const sign = (by: Somebody) => send(machine, by, signOp(by, third, 'leave_out_victim', asked.payload.id))
    expect((await sign(supervisor))[0]?.answer, 'nobody has asked').not.toBe('accepted')
    expect((await send(machine, worker, asked))[0]?.answer).toBe('accepted')
    expect((await sign(worker))[0]?.answer).not.toBe('accepted')
    expect(await refusalOf(worker, 'victim_agreement')).toMatch(/row-level security/)
    const other = await aPerson(machine, await anOffice(machine), 'supervisor')
    expect((await sign(other))[0]?.answer).not.toBe('accepted')
    expect(await refusalOf(other, 'victim_agreement')).toMatch(/row-level security/)
  })

  test('is refused by the gate before that, and accepted with a reason after it', async () => {
    const another = await aCase(machine, worker)
    const without = { capacities: ['witness'], victimRemovedWords: 'A reason' }
    const [refused] = await send(machine, worker, contactOp(worker, another, without))
    expect(refused).toMatchObject({ answer: 'refused', reason: 'victim_removed_without_supervisor' })
    expect(await agreed(another)).toBe('accepted')
    const [accepted] = await send(machine, worker, contactOp(worker, another, without))
    expect(accepted?.answer).toBe('accepted')
  })
})

describe('the board', () => {
  test('shows a supervisor her own teams’ clocks, and a stranger none', async () => {
    const board = (person: Somebody) =>
      asPerson(machine.db, person.sid, 'supervision', (tx, me) => boardClocks(tx, me.id))
    const mine = await board(supervisor)
    expect(mine.some((clock) => clock.caseId === caseId && clock.held)).toBe(true)
    expect(await board(await aPerson(machine, await anOffice(machine), 'supervisor'))).toEqual([])
  })

  test('counts what is to be found out as the page of the case does', async () => {
    const board = await asPerson(machine.db, supervisor.sid, 'supervision', async (tx, me) =>
      asksOf(tx, machine.pack, await boardClocks(tx, me.id), me.askedAt),
    )
    const duties = await asPerson(machine.db, supervisor.sid, 'supervision', async (tx, me) => {
      const [contacts, answers] = [await findContacts(tx, [caseId]), await findAnswers(tx, [caseId])]
      return dutiesOf(contacts, answers, machine.pack.safeguards, 'UTC', me.askedAt)
    })
    const counted = countStandings(duties).find(({ standing }) => standing === 'to_find_out')?.count
    expect(counted).toBeGreaterThan(0)
    expect(board.find((one) => one.caseId === caseId)?.ids).toHaveLength(counted ?? 0)
  })
})

describe('limits of a child held now', () => {
  test('that have passed or are near stand on her supervisor’s day, one line a child, and on nobody else’s', async () => {
    const { app } = appOf(machine)
    const held = await aCase(machine, worker)
    await send(machine, worker, contactOp(worker, held))
    const limits = async (by: Somebody) => {
      const { json } = await ask(app, by, 'GET', '/api/safeguards/limits')
      return (json.limits as { caseId: string; standing: string; more: number }[]).filter((one) => one.caseId === held)
    }
    const inTime = `update safeguard_clock set warn_at = now() + interval '1 day', due_at = now() + interval '2 days' where case_id = '${held}'`
    await asOwner(machine, inTime)
    expect(await limits(supervisor)).toEqual([])
    const passed = `update safeguard_clock set starts_at = starts_at - interval '9 days', warn_at = now() - interval '5 days', due_at = now() - interval '4 days' where case_id = '${held}' and due_at > starts_at`
    await asOwner(machine, passed)
    const [line, ...others] = await limits(supervisor)
    expect({ line, others }).toMatchObject({ line: { caseId: held, standing: 'passed' }, others: [] })
    const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')
    const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
    for (const by of [worker, colleague, elsewhere, police]) expect(await limits(by)).toEqual([])
    // Not of part `justice`: not on her day.
    await asOwner(
      machine,
      `delete from access where actor = '${supervisor.id}' and case_id = '${held}' and part = 'justice'`,
    )
    expect(await limits(supervisor)).toEqual([])
  })
})
