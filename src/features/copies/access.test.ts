import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { rowOp } from '../../../test/care.ts'
import { signOp } from '../../../test/closure.ts'
import { aConsent, withdrawOp } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { addMillis } from '../../core/time.ts'
import { documentOf } from './copy-document.ts'

const { app, machine } = appOf(await testMachine())
const HOUR = 3_600_000
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const bystander = await aPerson(machine, await anOffice(machine), 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')

/** A child of 16 who agreed that its school is told something. */
async function aChild() {
  const caseId = await aCase(machine, worker, { ageBand: '15_17' })
  await send(
    machine,
    worker,
    rowOp(worker, 'cases.edit_identity', caseId, { fullName: 'Adi Putra' }, { id: caseId }),
    rowOp(worker, 'cases.edit_card', caseId, { callName: 'Adi', village: 'Lower Harbour' }, { id: caseId }),
    rowOp(worker, 'care.edit_plan', caseId, { wants: 'To be a boat builder' }, { id: caseId }),
  )
  return { caseId, consentId: await aConsent(machine, worker, caseId) }
}
const askOp = (caseId: string, over: Record<string, unknown> = {}, by = worker) =>
  anOp(by, 'copies.ask_named_copy', {
    id: newId(),
    caseId,
    recipient: 'school_focal',
    parts: ['identity'],
    endsAt: addMillis(now(), 48 * HOUR),
    toWhom: 'The head of the school by the river',
    why: 'She enrols the child',
    ...over,
  })
/** Asked for by the worker and, where wanted, signed by her supervisor. */
async function aCopy({ isSigned = true } = {}) {
  const child = await aChild()
  const asked = askOp(child.caseId)
  expect((await send(machine, worker, asked))[0]?.answer).toBe('accepted')
  const id = String(asked.payload.id)
  const sign = (over = {}) => send(machine, supervisor, signOp(supervisor, child.caseId, 'give_named_copy', id, over))
  if (isSigned) expect((await sign())[0]?.answer).toBe('accepted')
  return { ...child, id, sign }
}
const list = async (by: Somebody, caseId: string) =>
  (await ask(app, by, 'GET', `/api/cases/${caseId}/named-copies`)).json as {
    copies: { state: string; toWhom: string }[]
    recipients: string[]
  }
const fetched = (by: Somebody, caseId: string, id: string) =>
  ask(app, by, 'POST', `/api/cases/${caseId}/named-copies`, { body: JSON.stringify({ copy: id }) })

/** A child of whom nothing is fetched. */
const { caseId: quiet } = await aChild()

describe('a copy for a named body', () => {
  test('is fetched once, after a second person signed, and tells only the parts it was asked for', async () => {
    const { caseId, id, sign } = await aCopy({ isSigned: false })
    expect(await list(worker, caseId)).toMatchObject({ copies: [{ state: 'waits' }], recipients: ['school_focal'] })
    expect((await fetched(worker, caseId, id)).json).toMatchObject({ error: 'copy_not_signed' })
    await sign()
    expect(await list(supervisor, caseId)).toMatchObject({ copies: [{ state: 'ready' }] })
    const { status, text } = await fetched(worker, caseId, id)
    expect(status).toBe(200)
    for (const word of ['Adi Putra', 'The head of the school']) expect(text).toContain(word)
    // Not asked for; and where the child lives is on no list of what may leave.
    for (const word of ['boat builder', 'Lower Harbour']) expect(text).not.toContain(word)
    const again = await fetched(worker, caseId, id)
    expect([again.status, again.json.error]).toEqual([410, 'copy_fetched'])
    expect(await list(worker, caseId)).toMatchObject({ copies: [{ state: 'fetched' }] })
    const written = await ownerRows(
      machine,
      `select 1 from audit_entry where action = 'named_copy:school_focal' and actor = '${worker.id}'`,
    )
    expect(written).toHaveLength(1)
  })

  test('is refused to whoever has not proved lately that it is she', async () => {
    const { caseId, id } = await aCopy()
    const proved = (when: string) =>
      asOwner(machine, `update session set proved_at = ${when} where person_id = '${worker.id}'`)
    await proved(`kembali.now() - interval '6 minutes'`)
    const late = await fetched(worker, caseId, id)
    expect([late.status, late.json.error]).toEqual([401, 'step_up'])
    await proved('kembali.now()')
    expect((await fetched(worker, caseId, id)).status).toBe(200)
  })

  test('does not leave when it was declined, is over, or the yes was taken back or ran out', async () => {
    const declined = await aCopy({ isSigned: false })
    await declined.sign({ decision: 'declined', reason: 'A letter is enough' })
    expect(await list(worker, declined.caseId)).toMatchObject({ copies: [{ state: 'declined' }] })
    expect((await fetched(worker, declined.caseId, declined.id)).json.error).toBe('copy_not_signed')

    const old = await aCopy()
    await asOwner(
      machine,
      `update named_copy set asked_at = asked_at - interval '3 days', ends_at = ends_at - interval '3 days' where id = '${old.id}'`,
    )
    expect((await fetched(worker, old.caseId, old.id)).json.error).toBe('copy_over')

    const taken = await aCopy()
    await send(machine, worker, withdrawOp(worker, taken.caseId, taken.consentId))
    expect(await list(worker, taken.caseId)).toMatchObject({ copies: [{ state: 'withdrawn' }], recipients: [] })
    expect((await fetched(worker, taken.caseId, taken.id)).json.error).toBe('copy_withdrawn')

    const ranOut = await aCopy()
    const endsOn = (days: number) =>
      asOwner(machine, `update consent_record set ends_on = kembali.today() - ${days} where id = '${ranOut.consentId}'`)
    await endsOn(2)
    expect(await list(worker, ranOut.caseId)).toMatchObject({ copies: [{ state: 'withdrawn' }], recipients: [] })
    expect((await fetched(worker, ranOut.caseId, ranOut.id)).json.error).toBe('copy_withdrawn')
    await endsOn(0)
    expect((await fetched(worker, ranOut.caseId, ranOut.id)).status).toBe(200)
  })

  test.each([
    ['to a body nobody agreed to', { recipient: 'health_provider' }, 'no_ground_to_tell'],
    ['to a body that nothing of a file goes to', { recipient: 'police_investigation' }, 'firewall_above_consent'],
    ['of a part this body does not get', { parts: ['identity', 'services'] }, 'part_not_for_this_body'],
    ['for longer than a week', { endsAt: addMillis(now(), 8 * 24 * HOUR) }, 'copy_kept_too_long'],
    ['that was over before it was asked for', { endsAt: addMillis(now(), -HOUR) }, 'copy_kept_too_long'],
    ['for nobody', { toWhom: ' ' }, 'copy_without_words'],
    ['without a reason', { why: '' }, 'copy_without_words'],
  ])('is not asked for %s', async (_what, over, reason) => {
    expect((await send(machine, worker, askOp(quiet, over)))[0]).toMatchObject({ answer: 'refused', reason })
  })

  test.each([['association'], ['health'], ['justice'], ['legal'], ['location'], ['narrative']])(
    'never holds the part %s: that cannot even be asked for',
    async (part) => {
      expect((await send(machine, worker, askOp(quiet, { parts: [part] })))[0]?.answer).toBe('malformed')
    },
  )

  test('of several children cannot be asked for: an operation names one case', async () => {
    const many = askOp(quiet, { caseIds: [quiet, newId()] })
    expect((await send(machine, worker, many))[0]?.answer).toBe('malformed')
  })
})

describe('its row', () => {
  const run = (by: Somebody, text: string) => asPerson(machine.db, by.sid, null, (tx) => sql.raw(text).execute(tx))
  const seen = async (by: Somebody, caseId: string) =>
    (await run(by, `select id from named_copy where case_id = '${caseId}'`)).rows.length

  test('is read by the case’s worker and her supervisor, and fetched by whoever asked alone', async () => {
    const { caseId, id } = await aCopy()
    for (const by of [worker, supervisor]) expect(await seen(by, caseId)).toBe(1)
    for (const by of [colleague, bystander, police]) expect(await seen(by, caseId)).toBe(0)
    for (const by of [supervisor, colleague, bystander, police])
      expect((await fetched(by, caseId, id)).status).toBe(404)
    expect(await list(worker, caseId)).toMatchObject({ copies: [{ state: 'ready' }] })
  })

  test('is changed by nobody, and made by nobody without a ground', async () => {
    const { caseId, consentId } = await aCopy()
    for (const text of [`update named_copy set ends_at = 'infinity'`, `delete from named_copy`])
      await expect(run(worker, text)).rejects.toThrow(/permission denied/)
    const make = (by: Somebody, recipient: string, over = '') =>
      run(
        by,
        `insert into named_copy (id, case_id, op_id, recipient, purpose, parts, consent_id, asked_by, asked_at, ends_at, body)
         values (gen_random_uuid(), '${caseId}', gen_random_uuid(), '${recipient}', 'referral_specific',
           array['${over || 'identity'}'], '${consentId}', '${by.id}', now(), now() + interval '1 day', '')`,
      )
    for (const by of [supervisor, colleague, bystander, police])
      await expect(make(by, 'school_focal')).rejects.toThrow(/row-level security/)
    await expect(make(worker, 'health_provider')).rejects.toThrow(/row-level security/)
    await expect(make(worker, 'school_focal', 'association')).rejects.toThrow(/named_copy_parts_check/)
  })

  test('says on what a body may be told to nobody outside the case', async () => {
    const grounds = async (by: Somebody) =>
      (await run(by, `select * from kembali.grounds_to_tell('${quiet}')`)).rows.length
    expect(await grounds(worker)).toBe(1)
    for (const by of [colleague, bystander, police]) expect(await grounds(by)).toBe(0)
  })
})

test('what somebody wrote stands on the page as words, and every sheet says for whom it is', () => {
  const page = documentOf({
    language: 'dv',
    direction: 'rtl',
    title: 'Confidential',
    head: 'For the school only',
    foot: 'Not to be passed on',
    about: [{ label: 'Why', text: '<script>alert(1)</script> & "so"' }],
    sections: [{ label: 'Child', rows: [{ label: 'Name', text: '<b>Adi</b>' }] }],
  })
  expect(page).toContain('<html lang="dv" dir="rtl">')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so&quot;')
  expect(page).not.toMatch(/<script|<b>/)
  expect(page).toMatch(/<thead><tr><td>For the school only.*<tfoot><tr><td>Not to be passed on/s)
})
