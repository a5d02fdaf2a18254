import { aRecordOp } from '../../../test/best-interests.ts'
import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { pull } from '../../server/pull.ts'
import { consentOp, aConsent, withdrawOp } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send } from '../../../test/people.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const aGirl = () => aCase(machine, worker, { sex: 'female', ageBand: '15_17' })

describe('asking for consent', () => {
  test.each([
    ['with the text of another question', { text: 'photo_1' }, 'another_text'],
    ['without saying who would be told', { recipient: null }, 'recipient_not_named'],
    ['with nobody asked', { child: 'not_asked', adult: 'not_asked' }, 'nobody_asked'],
    ['with an adult nobody has named', { adultIs: null }, 'which_adult'],
    ['without saying who explained it', { explainedBy: ' ' }, 'nobody_explained'],
    ['as if the child were older', { capacity: '18_plus' }, 'another_age'],
    ['until a day that has passed', { endsOn: '2020-01-01' }, 'ends_in_the_past'],
    ['for a unit that may be told nothing', { recipient: 'counter_terrorism' }, 'firewall_above_consent'],
  ])('is refused %s', async (_how, over, reason) => {
    const [answer] = await send(machine, worker, consentOp(worker, await aGirl(), over))
    expect(answer).toMatchObject({ answer: 'refused', reason })
  })

  test('a no is written down like a yes, also to a unit that may be told nothing', async () => {
    const caseId = await aGirl()
    const no = { recipient: 'counter_terrorism', child: 'refuses', withheld: 'fear_of_harm' }
    const [answer] = await send(machine, worker, consentOp(worker, caseId, no))
    expect(answer?.answer).toBe('accepted')
    const [row] = await ownerRows(machine, `select standing from consent_record where case_id = '${caseId}'`)
    expect(row?.standing).toBe('refused')
  })

  test('a purpose that is never one is not in the list, and so does not fit', async () => {
    const [answer] = await send(machine, worker, consentOp(worker, await aGirl(), { purpose: 'law_enforcement' }))
    expect(answer).toMatchObject({ answer: 'malformed', fields: ['purpose'] })
  })

  test('there is no field by which a refused consent could be overridden', async () => {
    const [answer] = await send(machine, worker, consentOp(worker, await aGirl(), { override: true }))
    expect(answer).toMatchObject({ answer: 'malformed' })
  })
})

describe('a yes that is taken back', () => {
  test('closes the grants that rest on it in the same transaction, and no other', async () => {
    const caseId = await aGirl()
    const [consentId, other] = [await aConsent(machine, worker, caseId), newId()]
    const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
    const grant = (id: string, of: string | null) => `('${id}', '${caseId}', '${clinician.id}', 'health', 'services',
      'casework', 'consent', now(), now() + interval '1 day', ${of === null ? 'null' : `'${of}'`})`
    await asOwner(
      machine,
      `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at, consent_id)
       values ${grant(newId(), consentId)}, ${grant(other, null)}`,
    )
    const [answer] = await send(machine, worker, withdrawOp(worker, caseId, consentId))
    expect(answer?.answer).toBe('accepted')
    const open = await ownerRows(
      machine,
      `select id, (select xmin from consent_withdrawal w where w.consent_id = '${consentId}') = xmin as together
         from sharing_grant where case_id = '${caseId}' order by revoked_at is null`,
    )
    expect(open).toMatchObject([{ together: true }, { id: other, together: false }])
    const rights = await ownerRows(machine, `select basis_id from access where actor = '${clinician.id}'`)
    expect(new Set(rights.map((row) => row.basis_id))).toEqual(new Set([other]))
  })

  test('is taken back once, and only where there was a yes', async () => {
    const caseId = await aGirl()
    const consentId = await aConsent(machine, worker, caseId)
    const no = await aConsent(machine, worker, caseId, { recipient: 'health_provider', child: 'refuses' })
    expect((await send(machine, worker, withdrawOp(worker, caseId, consentId)))[0]?.answer).toBe('accepted')
    const answers = await send(
      machine,
      worker,
      withdrawOp(worker, caseId, consentId),
      withdrawOp(worker, caseId, no),
      withdrawOp(worker, caseId, newId()),
    )
    expect(answers).toMatchObject([
      { reason: 'already_withdrawn' },
      { reason: 'nothing_to_withdraw' },
      { reason: 'unknown_consent' },
    ])
  })

  test('may be taken back of a closed case too', async () => {
    const caseId = await aGirl()
    const consentId = await aConsent(machine, worker, caseId)
    await send(machine, worker, aRecordOp(worker, caseId))
    await asOwner(machine, `update child_case set state = 'closed', closed_at = now() where id = '${caseId}'`)
    expect((await send(machine, worker, withdrawOp(worker, caseId, consentId)))[0]?.answer).toBe('accepted')
    expect((await send(machine, worker, consentOp(worker, caseId)))[0]).toMatchObject({ reason: 'case_closed' })
  })

  test('a no to the same question ends the yes before it: nobody has to say no twice', async () => {
    const caseId = await aGirl()
    const consentId = await aConsent(machine, worker, caseId)
    const other = await aConsent(machine, worker, caseId, { recipient: 'health_provider' })
    await aConsent(machine, worker, caseId, { child: 'refuses', organisation: null })
    const ended = await ownerRows(
      machine,
      `select consent_id, by from consent_withdrawal where consent_id in ('${consentId}', '${other}')`,
    )
    expect(ended).toEqual([{ consent_id: consentId, by: 'child' }])
  })
})

test('a supervisor, who may only read, writes no answer in a child’s name', async () => {
  const caseId = await aGirl()
  const [answer] = await send(machine, supervisor, consentOp(supervisor, caseId))
  expect(answer?.answer).toBe('not_allowed')
})

describe('who agrees that a record is kept', () => {
  const record = { purpose: 'case_management', text: 'case_management_1', recipient: null, organisation: null }
  const inSafeStart = async (caseId: string) =>
    (await ownerRows(machine, `select basis from safe_start where case_id = '${caseId}'`))[0]?.basis ?? null

  test('is asked once: the answer of the ledger stands in the safe start, and is taken back in both', async () => {
    const caseId = await aGirl()
    const yes = await aConsent(machine, worker, caseId, record)
    expect(await inSafeStart(caseId)).toBe('assent')
    await send(machine, worker, withdrawOp(worker, caseId, yes))
    expect(await inSafeStart(caseId)).toBe('not_yet')
    await aConsent(machine, worker, caseId, record)
    expect(await inSafeStart(caseId)).toBe('assent')
    await aConsent(machine, worker, caseId, { ...record, child: 'refuses' })
    expect(await inSafeStart(caseId)).toBe('not_yet')
  })

  test('is no yes while one of the two was not asked, and no answer undoes what the law lets record', async () => {
    const caseId = await aGirl()
    await aConsent(machine, worker, caseId, { ...record, adult: 'not_reached', adultIs: null })
    expect(await inSafeStart(caseId)).toBe(null)
    const set = { basis: 'lawful_basis', basisWords: 'Nobody is there who could be asked' }
    await send(machine, worker, anOp(worker, 'cases.edit_safe_start', { id: caseId, caseId, set }, { baseVersion: 0 }))
    await aConsent(machine, worker, caseId, { ...record, child: 'refuses' })
    expect(await inSafeStart(caseId)).toBe('lawful_basis')
  })

  test('reaches the phone that holds the case', async () => {
    const caseId = await aGirl()
    await aConsent(machine, worker, caseId, record)
    const held = await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId())
    const row = held.put.find((one) => one.thing === 'safe_start' && one.caseId === caseId)
    expect(row?.fields).toMatchObject({ basis: 'assent' })
  })
})
