import { describe, expect, test } from 'vitest'
import { addDuration, type Day, dayOf, instant } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { rowOp } from '../../../test/care.ts'
import { aConsent, withdrawOp } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, now, ownerRows, send } from '../../../test/people.ts'
import { nextFollowUp, trajectories } from './follow-up-rules.ts'

const SCHEDULE = ['P1M', 'P3M', 'P6M', 'P12M']
const back = { startsOn: '2026-01-01' as Day, endsOn: null } // a day as text
const seen = (...days: string[]) => days.map((day) => ({ at: instant(`${day}T09:00Z`), how: 'home_visit' as const }))

describe('a child that came back on 1 January is to be seen next', () => {
  test.each([
    ['a month later', [], '2026-02-01'],
    ['after three months, once it was seen in the first', seen('2026-01-30'), '2026-04-01'],
    ['still in the first month, when it was seen on the third day', seen('2026-01-03'), '2026-02-01'],
    ['at the next step, when one was missed and a later visit overtook it', seen('2026-05-30'), '2027-01-01'],
    [
      'still then, when nobody was reached',
      [{ at: instant('2026-01-30T09:00Z'), how: 'not_reached' as const }],
      '2026-02-01',
    ],
    ['a year after the last step, and so on for years', seen('2026-12-30'), '2028-01-01'],
    ['in the third year', seen('2027-12-30'), '2029-01-01'],
  ])('%s', (_when, contacts, expected) => {
    expect(nextFollowUp(back, contacts, SCHEDULE, 'UTC')).toBe(expected)
  })
  test('no more, once it has ended', () => {
    expect(nextFollowUp({ ...back, endsOn: '2026-03-01' as Day }, [], SCHEDULE, 'UTC')).toBeNull()
  })
})

test('a way back is the child’s own: domain by domain, step by step, and what was never asked is left out', () => {
  const contacts = [{ outcomes: { safety: 'not_yet' } }, { outcomes: {} }, { outcomes: { safety: 'mostly' } }]
  expect(trajectories(contacts, ['safety', 'family'])).toEqual([
    { domain: 'safety', steps: ['not_yet', null, 'mostly'] },
  ])
})

const machine = await testMachine()
const worker = await aPerson(machine, await anOffice(machine), 'case_worker')
const today = dayOf(now(), 'UTC')

async function aReturn() {
  const caseId = await aCase(machine, worker)
  const op = rowOp(worker, 'care.edit_return', caseId, {
    kind: 'after_reunification',
    startsOn: dayOf(addDuration(now(), 'P0D', 'UTC'), 'UTC').replace(/^\d{4}/, (year) => String(Number(year) - 1)),
    endsOn: null,
  })
  const [answer] = await send(machine, worker, op)
  expect(answer?.answer).toBe('accepted')
  return { caseId, returnId: String(op.payload.id) }
}

const contactOp = (caseId: string, returnId: string, over: Record<string, unknown> = {}) =>
  anOp(worker, 'care.add_follow_up', {
    id: newId(),
    caseId,
    returnId,
    how: 'home_visit',
    at: now(),
    outcomes: { safety: 'mostly', community: '3', family: 'no_answer' },
    childSays: 'I sleep better',
    needs: null,
    ...over,
  })

describe('a follow-up', () => {
  test('moves the next day on, and what the child said of itself lies sealed', async () => {
    const { caseId, returnId } = await aReturn()
    const due = async () =>
      (await ownerRows(machine, `select next_due_on from care_return where id = '${returnId}'`))[0]?.next_due_on
    expect(String(await due()) < today).toBe(true)
    expect((await send(machine, worker, contactOp(caseId, returnId)))[0]?.answer).toBe('accepted')
    expect(String(await due()) > today).toBe(true)
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(f)::text from care_follow_up f where case_id = '${caseId}') || (select json_agg(l)::text from op_log l where case_id = '${caseId}') as text`,
    )
    for (const word of ['mostly', 'sleep better', 'community']) expect(String(kept?.text)).not.toContain(word)
  })

  test.each([
    ['a step that is no step', { outcomes: { safety: '7' } }, 'unknown_outcome'],
    ['a domain nobody asks about', { outcomes: { ideology: 'mostly' } }, 'unknown_outcome'],
    ['answers of a child nobody reached', { how: 'not_reached' }, 'not_reached_says_nothing'],
    [
      'a day before the child came back',
      { at: `${Number(today.slice(0, 4)) - 3}-01-01T00:00:00Z` },
      'before_the_return',
    ],
    ['a day to come', { at: '2190-01-01T00:00:00Z' }, 'in_the_future'],
    ['another child’s way back', { returnId: newId() }, 'unknown_return'],
  ])('with %s is refused', async (_what, over, reason) => {
    const { caseId, returnId } = await aReturn()
    expect((await send(machine, worker, contactOp(caseId, returnId, over)))[0]).toMatchObject({ reason })
  })

  test('asks nothing of a child that said no to being asked, and still hears what it says by itself', async () => {
    const { caseId, returnId } = await aReturn()
    const later = {
      purpose: 'research_follow_up',
      recipient: null,
      text: 'research_follow_up_1',
      capacity: 'not_known',
    }
    const yes = await aConsent(machine, worker, caseId, later)
    expect((await send(machine, worker, contactOp(caseId, returnId)))[0]?.answer).toBe('accepted')
    await send(machine, worker, withdrawOp(worker, caseId, yes))
    const asked = await send(
      machine,
      worker,
      contactOp(caseId, returnId),
      contactOp(caseId, returnId, { outcomes: {} }),
    )
    expect(asked[0]).toMatchObject({ reason: 'wants_no_questions' })
    expect(asked[1]?.answer).toBe('accepted')
  })

  test('ends with the child and not before it began', async () => {
    const { caseId, returnId } = await aReturn()
    const end = (endsOn: string) =>
      rowOp(worker, 'care.edit_return', caseId, { endsOn }, { id: returnId, baseVersion: 1 })
    expect((await send(machine, worker, end('2001-01-01')))[0]).toMatchObject({ reason: 'ends_before_it_starts' })
    expect((await send(machine, worker, end(today)))[0]?.answer).toBe('accepted')
    const [row] = await ownerRows(machine, `select next_due_on from care_return where id = '${returnId}'`)
    expect(row?.next_due_on).toBeNull()
  })
})
