import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { addMillis, dayOf, instant, type Instant } from '../../src/core/time.ts'
import { newId } from '../../src/crypto/random.ts'
import { startSession } from '../../src/features/access/store.ts'
import { isWeighed, weighed } from '../../src/features/cases/major-decision.ts'
import { type BestInterestsRecord } from '../../src/features/best-interests/record.ts'
import { appealUntil } from '../../src/features/best-interests/appeal.ts'
import { missingOf } from '../../src/features/best-interests/weighing.ts'
import { reminders } from '../../src/features/signatures/jobs.ts'
import { asPerson } from '../../src/server/as-person.ts'
import { aDecisionOp, aRecordOp, aSeat, determined, protectOp, twoWays } from '../best-interests.ts'
import { closingPayload, sayTheSameChild, signOp } from '../closure.ts'
import { freshMachine } from '../db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../people.ts'
import { appOf, ask } from '../running-app.ts'

// What is best for a child is weighed before anything that turns its life, and a child in danger waits for nobody.
const { app, machine } = appOf(await freshMachine())
afterAll(() => machine.db.close())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const another = await aPerson(machine, office, 'supervisor')
const { bestInterests: rules } = machine.pack

const closeOp = (caseId: string, over = {}) => anOp(worker, 'closure.ask_to_close', closingPayload(caseId, over))
const heard = async (by: Somebody, ...ops: Parameters<typeof send>[2][]) =>
  (await send(machine, by, ...ops)).map((one) => (one.answer === 'refused' ? one.reason : one.answer))
async function moveClock(hours: number): Promise<void> {
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${hours * 3_600_000}) on conflict (only_row) do update set offset_ms = excluded.offset_ms`,
  )
}
const later = async (by: Somebody): Promise<Somebody> => ({ ...by, sid: await startSession(machine.db, by.id, 'demo') })

describe('beside a decision stand the child’s own words', () => {
  const today = dayOf(now(), 'UTC')
  const kept = async (table: string, caseId: string) =>
    (await ownerRows(machine, `select encode(body, 'escape') as text from ${table} where case_id = '${caseId}'`)).length

  test.each([
    ['with their day', { childSays: 'I want to stay', childSaidOn: today, childSilent: null }, 'accepted'],
    [
      'not without their day',
      { childSays: 'I want to stay', childSaidOn: null, childSilent: null },
      'words_without_day',
    ],
    ['not said on a day to come', { childSays: 'Yes', childSaidOn: '2199-01-01', childSilent: null }, 'in_the_future'],
    ['or that it does not want to say', { childSays: null, childSaidOn: null, childSilent: 'no_answer' }, 'accepted'],
    ['but nothing at all is no answer', { childSilent: null }, 'decision_without_child'],
    ['and an older program says that nobody has asked', {}, 'accepted'],
  ])('%s', async (_what, voice, expected) => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, protectOp(worker, caseId))
    expect(await heard(worker, aDecisionOp(worker, caseId, 'separation', voice))).toEqual([expected])
    expect(await kept('major_decision', caseId)).toBe(expected === 'accepted' ? 1 : 0)
  })

  test('and nobody who protects a child at once waits for them', async () => {
    const caseId = await aCase(machine, worker)
    const unasked = { childSays: null, childSaidOn: null, childSilent: 'not_asked_yet' }
    expect(await heard(worker, protectOp(worker, caseId, unasked))).toEqual(['accepted'])
  })

  test('also beside what is weighed, with a day of their own', async () => {
    const caseId = await aCase(machine, worker)
    expect(await heard(worker, aRecordOp(worker, caseId, { childSaidOn: '2199-01-01' }))).toEqual(['in_the_future'])
    expect(await heard(worker, aRecordOp(worker, caseId, { childSaidOn: today }))).toEqual(['accepted'])
  })
})

describe('a major decision', () => {
  test.each(['separation', 'return', 'transfer', 'detention_handover'])(
    '“%s” is not saved without a best-interests record about it, and is saved with one dated before it',
    async (decision) => {
      const caseId = await aCase(machine, worker)
      expect(await heard(worker, aDecisionOp(worker, caseId, decision))).toEqual(['needs_best_interests'])
      // A record about something else does not help, nor does one that is dated after the decision.
      const about = (over: Record<string, unknown>) => aRecordOp(worker, caseId, { about: [decision], ...over })
      expect(await heard(worker, about({ about: ['closure'] }), about({}))).toEqual(['accepted', 'accepted'])
      const before = aDecisionOp(worker, caseId, decision, { decidedAt: addMillis(now(), -2 * 3_600_000) })
      expect(await heard(worker, before)).toEqual(['needs_best_interests'])
      expect(await heard(worker, aDecisionOp(worker, caseId, decision))).toEqual(['accepted'])
    },
  )

  test('to close a case is one too, and only an end that decides nothing about the child needs no weighing', async () => {
    const [weighedCase, twin] = [await aCase(machine, worker), await aCase(machine, worker)]
    await sayTheSameChild(machine, [twin, worker], [await aCase(machine, worker), worker])
    expect(await heard(worker, closeOp(weighedCase))).toEqual(['needs_best_interests'])
    await send(machine, worker, aRecordOp(worker, weighedCase))
    expect(await heard(worker, closeOp(weighedCase), closeOp(twin, { reason: 'duplicate' }))).toEqual([
      'accepted',
      'accepted',
    ])
  })

  test('is refused by the database itself, whoever writes past the rule', async () => {
    const caseId = await aCase(machine, worker)
    const row = (at: string) =>
      `insert into major_decision (id, case_id, op_id, decision, decided_at, recorded_by, body)
         values ('${newId()}', '${caseId}', '${newId()}', 'return', ${at}, '${worker.id}', '')`
    await expect(asOwner(machine, row('kembali.now()'))).rejects.toThrow(/a best-interests record comes before/)
    const close = `update child_case set state = 'closed', closed_at = kembali.now(), closed_for = 'goals_met' where id = '${caseId}'`
    await expect(asOwner(machine, close)).rejects.toThrow(/a best-interests record comes before/)
    await expect(
      asPerson(machine.db, supervisor.sid, null, (tx) =>
        sql`update child_case set state = 'closed', closed_at = kembali.now() where id = ${caseId}`.execute(tx),
      ),
    ).rejects.toThrow(/a best-interests record comes before/)
    await send(machine, worker, aRecordOp(worker, caseId, { about: ['return', 'closure'] }))
    await expect(asOwner(machine, row(`kembali.now() - interval '1 day'`))).rejects.toThrow(/comes before/)
    await asOwner(machine, row('kembali.now()'))
    await asOwner(machine, close)
  })

  test('does not rest on a record that decided not to do it', async () => {
    const caseId = await aCase(machine, worker)
    const none = twoWays.map((way) => ({ ...way, isChosen: false }))
    await send(machine, worker, aRecordOp(worker, caseId, { about: ['return'], outcome: 'not_act', options: none }))
    expect(await heard(worker, aDecisionOp(worker, caseId, 'return'))).toEqual(['needs_best_interests'])
  })

  test('cannot be asked about by whoever does not see the case', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, aRecordOp(worker, caseId))
    const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')
    const asked = (by: Somebody) =>
      asPerson(machine.db, by.sid, null, async (tx) => {
        const found = await sql<{
          weighed: boolean
        }>`select kembali.best_interests_before(${caseId}, 'closure', now()) as weighed`.execute(tx)
        return found.rows[0]?.weighed
      })
    expect([await asked(worker), await asked(elsewhere)]).toEqual([true, false])
  })
})

describe('a determination', () => {
  async function aDetermination(over: Record<string, unknown> = {}) {
    const caseId = await aCase(machine, worker)
    const op = aRecordOp(worker, caseId, { ...determined, about: ['return'], ...over })
    expect(await heard(worker, op)).toEqual(['accepted'])
    return { caseId, recordId: String(op.payload.id) }
  }
  const sign = (by: Somebody, of: { caseId: string; recordId: string }, over = {}) =>
    signOp(by, of.caseId, 'best_interests_determination', of.recordId, over)

  test('holds only once a second person has signed it, and what rests on it waits', async () => {
    const of = await aDetermination()
    expect(await heard(worker, aDecisionOp(worker, of.caseId, 'return'))).toEqual(['needs_best_interests'])
    expect(await heard(worker, sign(worker, of))).toEqual(['own_request'])
    expect(await heard(supervisor, sign(supervisor, of))).toEqual(['accepted'])
    expect(await heard(worker, aDecisionOp(worker, of.caseId, 'return'))).toEqual(['accepted'])
  })

  test('that two supervisors answer at once has one answer, and the other one is told', async () => {
    const of = await aDetermination()
    const answers = await Promise.all([
      heard(supervisor, sign(supervisor, of)),
      heard(another, sign(another, of, { decision: 'declined', reason: 'Ask her once more' })),
    ])
    expect(answers.flat().sort()).toEqual(['accepted', 'already_signed'])
  })

  test('that was not signed does not hold, says why, and is written anew', async () => {
    const of = await aDetermination()
    const reason = 'Nobody has asked her brother'
    await send(machine, supervisor, sign(supervisor, of, { decision: 'declined', reason }))
    expect(await heard(worker, aDecisionOp(worker, of.caseId, 'return'))).toEqual(['needs_best_interests'])
    const { json } = await ask(app, worker, 'GET', `/api/cases/${of.caseId}/signatures`)
    expect(JSON.stringify(json)).toContain(reason)
  })

  test('is replaced by its review once that is signed, which answers the appeal', async () => {
    const of = await aDetermination()
    await send(machine, supervisor, sign(supervisor, of))
    const appeal = {
      id: newId(),
      caseId: of.caseId,
      recordId: of.recordId,
      askedBy: 'child',
      askedAt: now(),
      why: 'I want to stay',
    }
    expect(await heard(worker, anOp(worker, 'best_interests.appeal', appeal))).toEqual(['accepted'])
    const review = aRecordOp(worker, of.caseId, {
      ...determined,
      kind: 'bid_review',
      reviews: of.recordId,
      about: ['return'],
      outcome: 'not_act',
      options: twoWays.map((way) => ({ ...way, isChosen: false })),
    })
    expect(await heard(worker, review)).toEqual(['accepted'])
    // Until it is signed the first one goes on; from then on nothing permits the return.
    expect(await heard(worker, aDecisionOp(worker, of.caseId, 'return'))).toEqual(['accepted'])
    await send(machine, supervisor, sign(supervisor, { caseId: of.caseId, recordId: String(review.payload.id) }))
    expect(await heard(worker, aDecisionOp(worker, of.caseId, 'return'))).toEqual(['needs_best_interests'])
  })

  test('has an appeal clock from the country’s pack, which nobody has confirmed yet', async () => {
    expect(rules.appeal).toMatchObject({ within: 'P30D', confidence: 'recalled' })
    const decidedAt = instant('2026-03-01T08:00Z')
    expect(appealUntil({ kind: 'bid', decidedAt }, rules, 'UTC')).toBe(instant('2026-03-31T08:00Z'))
    expect(appealUntil({ kind: 'bia_short', decidedAt }, rules, 'UTC')).toBeNull()
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['without what set it off', { triggers: [] }, 'trigger'],
    ['with one way only', { options: twoWays.slice(0, 1) }, 'options'],
    ['with a way nobody weighed', { options: twoWays.map((way) => ({ ...way, speaksAgainst: null })) }, 'weighed'],
    ['that chose two ways', { options: twoWays.map((way) => ({ ...way, isChosen: true })) }, 'chosen'],
    ['of a child that was heard, without what it said', { childView: ' ' }, 'child_view'],
    ['of a family that was heard, without what it said', { familyHeard: 'heard' }, 'family_view'],
    ['that looked at nothing', { safety: null }, 'considerations'],
    ['that weighs the safety of others alone', { childRights: null }, 'both_sides'],
    ['that weighs the rights of the child alone', { publicSafety: null }, 'both_sides'],
    ['that does not say how both hold together', { reconciled: null }, 'reconciled'],
    ['without reasons', { reasons: null }, 'reasons'],
    ['of two people where three must decide', { panel: determined.panel.slice(1) }, 'quorum'],
    [
      'of three of whom one has a conflict of interest',
      {
        panel: [
          ...determined.panel.slice(1),
          aSeat({ conflict: 'declared', position: 'withdrew', seatWords: 'Her uncle' }),
        ],
      },
      'quorum',
    ],
    [
      'in which somebody with a conflict of interest decided',
      { panel: [...determined.panel, aSeat({ conflict: 'declared', seatWords: 'Her uncle' })] },
      'conflict',
    ],
    ['with a dissent nobody wrote down', { panel: [...determined.panel, aSeat({ position: 'dissents' })] }, 'dissent'],
    [
      'of somebody who did not undertake to keep it',
      { panel: [...determined.panel, aSeat({ undertook: false })] },
      'undertaking',
    ],
    ['without a day to look again', { reviewOn: null }, 'review'],
    ['to be looked at again before it was decided', { reviewOn: '2001-01-01' }, 'review'],
  ])('%s is refused, and the refusal names what is missing', async (_what, over, missing) => {
    const caseId = await aCase(machine, worker)
    const [answer] = await send(machine, worker, aRecordOp(worker, caseId, { ...determined, ...over }))
    expect(answer).toMatchObject({ reason: 'best_interests_incomplete', details: { missing } })
  })

  test('keeps a dissent as it was said', async () => {
    const panel = [
      ...determined.panel,
      aSeat({ as: 'community', position: 'dissents', seatWords: 'A week later would be better' }),
    ]
    const of = await aDetermination({ panel })
    const { json } = await ask(app, supervisor, 'GET', `/api/cases/${of.caseId}/best-interests`)
    expect(JSON.stringify(json)).toContain('A week later would be better')
  })
})

describe('a short assessment in an emergency', () => {
  const short = { kind: 'bia_short', options: twoWays.slice(0, 1), safety: null, reasons: null }
  test('needs one way that was weighed, and no panel', async () => {
    const caseId = await aCase(machine, worker)
    expect(await heard(worker, aRecordOp(worker, caseId, short))).toEqual(['accepted'])
  })
  test('weighs the safety of others never without the rights of the child', async () => {
    const caseId = await aCase(machine, worker)
    const one = { ...short, publicSafety: 'Neighbours are afraid' }
    const [answer] = await send(machine, worker, aRecordOp(worker, caseId, one))
    expect(answer).toMatchObject({ details: { missing: 'both_sides' } })
    const both = { ...one, childRights: 'To come home' }
    expect((await send(machine, worker, aRecordOp(worker, caseId, both)))[0]).toMatchObject({
      details: { missing: 'reconciled' },
    })
  })
})

test('a decision not to share holds at once and is countersigned', async () => {
  const caseId = await aCase(machine, worker)
  const op = aRecordOp(worker, caseId, {
    about: [],
    outcome: 'not_share',
    options: twoWays.map((way) => ({ ...way, isChosen: false })),
  })
  expect(await heard(worker, op)).toEqual(['accepted'])
  const { json } = await ask(app, supervisor, 'GET', '/api/signatures')
  const waiting = (json.waiting as { id: string; act: string }[]).find((one) => one.id === op.payload.id)
  expect(waiting).toMatchObject({ act: 'not_to_act_or_share' })
})

describe('a child in danger', () => {
  test('is protected at once: a pending determination holds nothing up, and a second person signs within 72 hours', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, aRecordOp(worker, caseId, { ...determined, about: ['separation'] }))
    expect(await heard(worker, aDecisionOp(worker, caseId, 'separation'))).toEqual(['needs_best_interests'])
    const protection = protectOp(worker, caseId)
    expect(await heard(worker, protection)).toEqual(['accepted'])
    expect(await heard(worker, aDecisionOp(worker, caseId, 'separation'))).toEqual(['accepted'])
    expect(await heard(supervisor, signOp(supervisor, caseId, 'urgent_protection', protection.payload.id))).toEqual([
      'accepted',
    ])
  })

  test('is not closed, sent back or handed into custody in a hurry', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, protectOp(worker, caseId))
    for (const decision of ['return', 'detention_handover'])
      expect(await heard(worker, aDecisionOp(worker, caseId, decision))).toEqual(['needs_best_interests'])
    expect(await heard(worker, closeOp(caseId))).toEqual(['needs_best_interests'])
    expect(await heard(worker, protectOp(worker, caseId, { decision: 'return' }))).toEqual(['malformed'])
  })

  test('whose protection was declined is weighed before anything more', async () => {
    const caseId = await aCase(machine, worker)
    const protection = protectOp(worker, caseId)
    await send(machine, worker, protection)
    const no = signOp(supervisor, caseId, 'urgent_protection', protection.payload.id, {
      decision: 'declined',
      reason: 'Her aunt is there',
    })
    expect(await heard(supervisor, no)).toEqual(['accepted'])
    expect(await heard(worker, aDecisionOp(worker, caseId, 'separation'))).toEqual(['needs_best_interests'])
  })

  test('stays protected when a supervisor is silent for 72 hours, and its worker goes on working', async () => {
    const caseId = await aCase(machine, worker)
    const protection = protectOp(worker, caseId)
    await send(machine, worker, protection)
    await moveClock(73)
    await reminders.run(machine, now())
    const hers = await later(worker)
    const { json } = await ask(app, hers, 'GET', `/api/cases/${caseId}/signatures`)
    expect(JSON.stringify(json)).toContain('urgent_protection')
    expect(await heard(hers, aRecordOp(hers, caseId, { about: ['separation'] }))).toEqual(['accepted'])
    expect(await heard(hers, aDecisionOp(hers, caseId, 'separation'))).toEqual(['accepted'])
    const notices = await ownerRows(
      machine,
      `select stage from notice where about = 'signature|${String(protection.payload.id)}' and person_id = '${worker.id}'`,
    )
    expect(notices).toEqual([{ stage: 'passed' }])
    await moveClock(0)
  })
})

test('the phone answers as the server does, before anything is sent', () => {
  const at = instant('2026-03-02T08:00Z')
  const record = (over: object) =>
    ({
      id: 'r',
      kind: 'bia_comprehensive',
      about: ['return'],
      outcome: 'act',
      decidedAt: instant('2026-03-01T08:00Z'),
      reviews: null,
      ...over,
    }) as const
  const asked = (
    records: object[],
    urgent: object[],
    signed: Parameters<typeof weighed>[2] = () => null,
    when: Instant = at,
  ) => isWeighed(weighed(records as BestInterestsRecord[], urgent as never[], signed, when), 'return', when)
  expect(asked([], [])).toBe(false)
  expect(asked([record({})], [])).toBe(true)
  expect(asked([record({ decidedAt: at })], [])).toBe(false)
  expect(asked([record({ outcome: 'not_share' })], [])).toBe(false)
  expect(asked([record({ kind: 'bid' })], [])).toBe(false)
  const signed = () =>
    ({ act: 'best_interests_determination', answer: { decision: 'signed', answeredAt: at } }) as const
  expect(asked([record({ kind: 'bid' })], [], signed)).toBe(true)
  expect(asked([record({}), record({ id: 's', reviews: 'r', outcome: 'not_act' })], [])).toBe(false)
})

test('what was typed is nowhere in the clear', async () => {
  const caseId = await aCase(machine, worker)
  await send(
    machine,
    worker,
    aRecordOp(worker, caseId, determined),
    protectOp(worker, caseId),
    aDecisionOp(worker, caseId, 'separation'),
  )
  const tables = ['best_interests_record', 'urgent_protection', 'major_decision', 'second_signature', 'op_log']
  const [kept] = await ownerRows(
    machine,
    `select ${tables.map((name) => `(select json_agg(t)::text from ${name} t)`).join(' || ')} as text`,
  )
  for (const word of [
    'go to my aunt',
    'others are in danger',
    'He was hit',
    'What was decided',
    'separation_from_parents',
  ])
    expect(String(kept?.text)).not.toContain(word)
})

test('an assessment of a child lacks nothing that its rule asks for', () => {
  const { payload } = aRecordOp(worker, newId())
  expect(missingOf(payload as BestInterestsRecord, rules, 'UTC')).toEqual([])
})
