import { describe, expect, test } from 'vitest'
import { addDuration, type Instant, instant } from '../../src/core/time.ts'
import { newId } from '../../src/crypto/random.ts'
import type { CaseRow } from '../../src/features/assessment/case-rows.ts'
import { answerSection } from '../../src/features/assessment/ops.ts'
import { stepFacts } from '../../src/features/assessment/step-facts.ts'
import { dueNeeds, stepsOf } from '../../src/features/assessment/steps.ts'
import type { ChildCase } from '../../src/features/cases/case.ts'
import { pull } from '../../src/server/pull.ts'
import { aWaitingAssessment, checkOp, decideOp, notNeeded, sheetOp, submitOp, wholeAssessment } from '../assessment.ts'
import { noteOp } from '../care.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, send, type Somebody } from '../people.ts'
import { appOf, ask } from '../running-app.ts'

// One assessment, from the first safety check on a phone to the supervisor's word, and the one after it.
const machine = await testMachine()
const { app } = appOf(machine)
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')

type Said = { thing: string; id: string; fields: Record<string, unknown> }

const rowsOf = async (caseId: string, by = supervisor) =>
  (await ask(app, by, 'GET', `/api/cases/${caseId}/assessment`)).json.rows as Said[]
const reasonOf = (answers: readonly unknown[]) => (answers.at(-1) as { reason?: string }).reason ?? 'accepted'

/** What a new phone of this worker gets of one case. */
async function phoneOf(by: Somebody, ofCase: string): Promise<CaseRow[]> {
  const device = newId()
  const rows: CaseRow[] = []
  let cursor: string | null = null
  for (;;) {
    const page = await pull(machine, by.sid, { device: device as never, cursor: cursor as never }, newId())
    rows.push(...page.put.filter(({ caseId }) => caseId === ofCase))
    cursor = page.cursor
    if (!page.more) return rows
  }
}

const caseIn = (rows: readonly CaseRow[]) => rows.find((row) => row.thing === 'case')?.fields as ChildCase // each phone has it

const stepsIn = (rows: readonly CaseRow[], at: Instant = now()) =>
  stepsOf(stepFacts(rows, caseIn(rows), machine.pack, at, 'UTC'), machine.pack.timeFrames, 'UTC')
const needIn = (rows: readonly CaseRow[], step: string) => stepsIn(rows).find((one) => one.step === step)?.needs[0]
const dueIn = (rows: readonly CaseRow[]) => dueNeeds(stepsIn(rows), now())

describe('a child is assessed', () => {
  test('the first safety check says how great the risk to the child is, and that times the work', async () => {
    const caseId = await aCase(machine, worker)
    const safe = anOp(
      worker,
      'cases.edit_safe_start',
      { id: caseId, caseId, set: { safeNow: 'yes' } },
      { baseVersion: 0 },
    )
    await send(machine, worker, safe)
    expect(dueIn(await phoneOf(worker, caseId)).map((one) => one.need)).toEqual(['risk'])
    await send(machine, worker, checkOp(worker, caseId, { harmToChild: 'high' }))
    const after = await phoneOf(worker, caseId)
    const { openedAt } = caseIn(after)
    expect(needIn(after, 'assessment')).toMatchObject({
      need: 'begin',
      who: 'worker',
      dueAt: addDuration(openedAt, 'P7D', 'UTC'),
    })
    expect(needIn(after, 'follow_up')).toMatchObject({ need: 'contact' })
  })

  test.each([
    [
      'a child that is not safe and is called low risk',
      { safeNow: 'no', harmToChild: 'low', done: 'Called' },
      'unsafe_is_high_risk',
    ],
    [
      'a child that is not safe and for whom nothing was done',
      { safeNow: 'no', harmToChild: 'emergency' },
      'unsafe_without_action',
    ],
    ['a next check before this one', { nextOn: '2020-01-01' }, 'next_check_in_the_past'],
    ['words the child will say tomorrow', { childSaidOn: '2190-01-01' }, 'in_the_future'],
  ])('a safety check is refused for %s', async (_what, over, reason) => {
    const caseId = await aCase(machine, worker)
    expect(reasonOf(await send(machine, worker, checkOp(worker, caseId, over)))).toBe(reason)
  })

  test('without a line: the phone decides at once, and once it is sent it stands on the server and comes back', async () => {
    const caseId = await aCase(machine, worker)
    const sheet = sheetOp(worker, caseId, 'family', {
      answers: { fam_good: { words: 'Her aunt sings' } },
      stops: true,
      next: 'Ask about school',
    })
    // The phone decides by the same rule, from what it holds.
    const known = { closedAt: null, sections: machine.pack.questions, rounds: [], sheets: [] }
    const context = { now: now(), actor: worker.id, role: 'case_worker', timeZone: 'UTC' }
    expect(answerSection.decide(answerSection.payload.parse(sheet.payload), known, context).ok).toBe(true)
    await send(machine, worker, sheet)
    const sent = (await phoneOf(worker, caseId)).find((row) => row.id === sheet.payload.id)
    expect(sent?.fields).toMatchObject({
      answers: { fam_good: { words: 'Her aunt sings' } },
      stops: true,
      writtenByName: 'Somebody',
    })
  })

  test('the three ways of having no answer stay three', async () => {
    const caseId = await aCase(machine, worker)
    const answers = {
      fam_good: { none: 'not_asked_yet' },
      fam_cares: { none: 'no_answer' },
      fam_wish: { none: 'not_known' },
    }
    await send(machine, worker, sheetOp(worker, caseId, 'family', { answers }))
    const [kept] = (await rowsOf(caseId)).filter((row) => row.thing === 'assessment_sheet')
    expect(kept?.fields.answers).toEqual(answers)
  })

  test.each([
    ['a section nobody asks', 'nowhere', {}, 'malformed'],
    ['a question of another section', 'family', { answers: { edu_last: { words: 'Class 6' } } }, 'unknown_question'],
    [
      'a choice that is not offered',
      'family',
      { answers: { fam_living: { codes: ['palace'] } } },
      'answer_does_not_fit',
    ],
    ['a day where words are asked', 'family', { answers: { fam_good: { on: '2026-01-05' } } }, 'answer_does_not_fit'],
    ['an assessment that was never begun', 'family', { roundId: newId() }, 'unknown_round'],
    ['a section that is not needed, without saying why', 'family', { mark: 'not_needed' }, 'not_needed_without_reason'],
  ])('refuses %s', async (_what, section, over, reason) => {
    const caseId = await aCase(machine, worker)
    const [answer] = await send(machine, worker, sheetOp(worker, caseId, section, over))
    expect(answer?.answer === 'refused' ? answer.reason : answer?.answer).toBe(reason)
  })
})

describe('what is known is asked once', () => {
  test('another answer to it needs a reason, and both stay', async () => {
    const caseId = await aCase(machine, worker)
    const said = (words: string, why: string | null) =>
      sheetOp(worker, caseId, 'family', { answers: { fam_good: { words } }, why })
    await send(machine, worker, said('Her aunt sings', null))
    expect(reasonOf(await send(machine, worker, said('Nothing any more', null)))).toBe('asked_again_without_reason')
    expect(reasonOf(await send(machine, worker, said('Nothing any more', 'Her aunt has moved away')))).toBe('accepted')
    const sheets = (await rowsOf(caseId)).filter((row) => row.thing === 'assessment_sheet')
    expect(sheets.map(({ fields }) => fields.answers)).toEqual([
      { fam_good: { words: 'Her aunt sings' } },
      { fam_good: { words: 'Nothing any more' } },
    ])
  })
  test('a child that did not want to say is not asked again without a reason', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, sheetOp(worker, caseId, 'safety', { answers: { saf_afraid: { none: 'no_answer' } } }))
    const again = sheetOp(worker, caseId, 'safety', { answers: { saf_afraid: { words: 'The dark' } } })
    expect(reasonOf(await send(machine, worker, again))).toBe('asked_again_without_reason')
  })
})

describe('each answer lies in the part it belongs to', () => {
  test('what a health worker wrote is read by the worker when she opens it, and by no supervisor and no phone', async () => {
    const caseId = await aCase(machine, worker)
    await asOwner(
      machine,
      `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${clinician.id}', 'health', 'clinician')`,
    )
    const health = (by: Somebody) =>
      sheetOp(by, caseId, 'clinic', { answers: { cli_needs: { words: 'Sees a doctor on Monday' } } })
    expect(reasonOf(await send(machine, clinician, health(clinician)))).toBe('accepted')
    expect((await send(machine, worker, health(worker)))[0]?.answer).toBe('not_allowed')
    const apart = async (by: Somebody) => (await ask(app, by, 'GET', `/api/cases/${caseId}/assessment/health`)).text
    expect(await apart(worker)).toContain('on Monday')
    expect(await apart(supervisor)).not.toContain('on Monday')
    for (const text of [JSON.stringify(await rowsOf(caseId)), JSON.stringify(await phoneOf(worker, caseId))])
      expect(text).not.toContain('on Monday')
  })
  test('what the child told of what happened is on no phone, and closed until somebody opens it', async () => {
    const caseId = await aCase(machine, worker)
    const account = sheetOp(worker, caseId, 'account', { answers: { acc_words: { words: 'The night at the bridge' } } })
    expect(reasonOf(await send(machine, worker, account))).toBe('accepted')
    expect(JSON.stringify(await phoneOf(worker, caseId))).not.toContain('the bridge')
    expect(JSON.stringify(await rowsOf(caseId))).not.toContain('the bridge')
    const path = `/api/cases/${caseId}/assessment/account`
    expect((await ask(app, supervisor, 'GET', path)).text).toContain('the bridge')
  })
})

describe('an assessment goes to the supervisor', () => {
  test('when no section is open, with a conclusion, and with the child’s own words or why there are none', async () => {
    const caseId = await aCase(machine, worker)
    const handIn = async (over: Record<string, unknown> = {}) =>
      reasonOf(await send(machine, worker, submitOp(worker, caseId, over)))
    expect(await handIn()).toBe('assessment_incomplete')
    await send(machine, worker, ...wholeAssessment(worker, caseId))
    expect(await handIn({ conclusion: '' })).toBe('assessment_without_conclusion')
    expect(await handIn({ childSays: null, childSilent: null })).toBe('assessment_without_child')
    expect(await handIn({ childSays: null, childSilent: 'not_asked_yet' })).toBe('assessment_without_child')
    expect(await handIn({ childSays: null, childSilent: 'not_known' })).toBe('accepted')
    expect(await handIn()).toBe('assessment_waits_already')
  })

  test('and she returns it with a reason, or approves it once, as it stands', async () => {
    const caseId = await aCase(machine, worker)
    const first = await aWaitingAssessment(machine, worker, caseId)
    const decide = async (id: string, over: Record<string, unknown> = {}, by = supervisor) =>
      reasonOf(await send(machine, by, await decideOp(machine, by, caseId, id, over)))
    expect(await decide(first, { decision: 'returned' })).toBe('returned_without_reason')
    expect(await decide(first, { seenAt: instant('2026-01-01T00:00:00Z') })).toBe('assessment_changed_meanwhile')
    expect(await decide(first, {}, worker)).toBe('supervisor_decides')
    expect(await decide(first, { decision: 'returned', reason: 'What about school?' })).toBe('accepted')
    expect(await decide(first)).toBe('already_decided')
    const again = submitOp(worker, caseId)
    expect(reasonOf(await send(machine, worker, again))).toBe('accepted')
    expect(await decide(String(again.payload.id))).toBe('accepted')
    const phone = await phoneOf(worker, caseId)
    expect(stepsIn(phone).find((one) => one.step === 'assessment')?.state).toBe('done')
    expect(phone.filter((row) => row.thing === 'assessment_decision')).toHaveLength(2)
  })

  test('nobody approves her own: a supervisor who handed it in as a worker is refused', async () => {
    const both = await aPerson(machine, office, 'case_worker')
    const caseId = await aCase(machine, both)
    const submissionId = await aWaitingAssessment(machine, both, caseId)
    await asOwner(
      machine,
      `update app_user set role = 'supervisor' where id = '${both.id}';
       update team_member set supervises = true where person_id = '${both.id}'`,
    )
    const own = await decideOp(machine, both, caseId, submissionId)
    expect(reasonOf(await send(machine, both, own))).toBe('own_assessment')
  })

  test('two supervisors who answer in the same moment are not both heard', async () => {
    const other = await aPerson(machine, office, 'supervisor')
    const caseId = await aCase(machine, worker)
    const id = await aWaitingAssessment(machine, worker, caseId)
    const mine = await decideOp(machine, supervisor, caseId, id)
    const hers = await decideOp(machine, other, caseId, id, { decision: 'returned', reason: 'Not yet' })
    const answers = await Promise.all([send(machine, supervisor, mine), send(machine, other, hers)])
    expect(
      answers
        .flat()
        .map((one) => one.answer)
        .sort(),
    ).toEqual(['accepted', 'refused'])
  })
})

describe('a child is assessed again', () => {
  test('for a reason, after the first has had its answer; the earlier one stays, and its answers are not asked again', async () => {
    const caseId = await aCase(machine, worker)
    const begin = (why: string) => anOp(worker, 'assessment.assess_again', { id: newId(), caseId, why })
    expect(reasonOf(await send(machine, worker, begin('A year has passed')))).toBe('assessment_still_open')
    await send(machine, worker, sheetOp(worker, caseId, 'education', { answers: { edu_last: { words: 'Class 6' } } }))
    const id = await aWaitingAssessment(machine, worker, caseId)
    await send(machine, supervisor, await decideOp(machine, supervisor, caseId, id))
    expect(reasonOf(await send(machine, worker, begin('')))).toBe('assessed_again_without_reason')
    const second = begin('She came back from her aunt')
    expect(reasonOf(await send(machine, worker, second))).toBe('accepted')
    expect(needIn(await phoneOf(worker, caseId), 'assessment')).toMatchObject({ need: 'begin' })
    const sheet = sheetOp(worker, caseId, 'livelihood', { ...notNeeded, roundId: second.payload.id })
    expect(reasonOf(await send(machine, worker, sheet))).toBe('accepted')
    expect(needIn(await phoneOf(worker, caseId), 'assessment')).toMatchObject({ need: 'sections', count: 8 })
    const rows = await rowsOf(caseId)
    expect(rows.filter((row) => row.thing === 'assessment_round').map(({ fields }) => fields.why)).toEqual([
      null,
      'She came back from her aunt',
    ])
    expect(rows.filter((row) => row.thing === 'assessment_decision')).toHaveLength(1)
    expect(JSON.stringify(rows)).toContain('Class 6')
  })
})

describe('a country asks its own questions', () => {
  test('in each step, and the answers are kept, shown and missed like all others', async () => {
    const caseId = await aCase(machine, worker)
    const asked = machine.pack.questions
      .filter((section) => section.id.startsWith('nc_'))
      .map((section) => section.step)
    expect(asked).toEqual(['registration', 'plan', 'follow_up', 'closure'])
    const open = async () =>
      stepsIn(await phoneOf(worker, caseId))
        .find((one) => one.step === 'registration')
        ?.needs.find((one) => one.need === 'questions')?.count
    expect(await open()).toBe(2)
    const answers = { nc_card: { codes: ['no'] }, nc_card_on: { on: '2026-01-05' } }
    const sheet = (over: Record<string, unknown>) =>
      sheetOp(worker, caseId, 'nc_registration', { roundId: null, answers, ...over })
    expect(reasonOf(await send(machine, worker, sheet({ roundId: caseId })))).toBe('unknown_round')
    expect(reasonOf(await send(machine, worker, sheet({})))).toBe('accepted')
    expect(await open()).toBeUndefined()
  })
})

describe('a supervisor’s day', () => {
  type Day = { late: { caseId: string; count: number; since: Instant }[] }
  const lateOf = async (caseId: string) =>
    ((await ask(app, supervisor, 'GET', '/api/team-day')).json as unknown as Day).late.find(
      (one) => one.caseId === caseId,
    )

  test('shows the steps that are late, by the rule that makes the worker’s tasks', async () => {
    const caseId = await aCase(machine, worker)
    await send(machine, worker, checkOp(worker, caseId, { harmToChild: 'high', how: 'heard' }))
    await asOwner(machine, `update child_case set opened_at = now() - interval '10 days' where id = '${caseId}'`)
    const late = dueIn(await phoneOf(worker, caseId)).filter((one) => one.dueAt < now())
    expect(late.map((one) => one.need)).toEqual(['first_contact', 'begin'])
    const first = await lateOf(caseId)
    // Her first questions, which have a rule of their own, are late too.
    await send(machine, worker, noteOp(worker, caseId, { kind: 'home_visit' }))
    const second = await lateOf(caseId)
    expect((first?.count ?? 0) - (second?.count ?? 0)).toBe(1)
  })

  test('has the assessments that wait for her in the one queue of second signatures, and never her own', async () => {
    const caseId = await aCase(machine, worker)
    type Waiting = { waiting: { caseId: string; act: string }[] }
    const waits = async () =>
      ((await ask(app, supervisor, 'GET', '/api/signatures')).json as unknown as Waiting).waiting
        .filter((one) => one.caseId === caseId)
        .map((one) => one.act)
    expect(await waits()).toEqual([])
    const id = await aWaitingAssessment(machine, worker, caseId)
    expect(await waits()).toEqual(['assessment_approval'])
    await send(machine, supervisor, await decideOp(machine, supervisor, caseId, id))
    expect(await waits()).toEqual([])
  })
})
