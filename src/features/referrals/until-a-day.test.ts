import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aRecordOp } from '../../../test/best-interests.ts'
import { forShelter, inDays, teamOp } from '../../../test/care-team.ts'
import { signOp } from '../../../test/closure.ts'
import { aConsent } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { letterOp, linkOp } from '../../../test/referrals.ts'
import { addDuration, dayOf, endOfDay } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { findLinks, knock } from './letter-store.ts'

// What was opened to somebody beside the worker: until the end of which day, until whose word is over, and by whom.
const machine = await testMachine()
const zone = machine.pack.timeZone
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const other = await anOffice(machine)
const boss = await aPerson(machine, other, 'supervisor')
const theirs = await aPerson(machine, other, 'case_worker')
const house = await anOffice(machine, 'civil_society')
const shift = await aPerson(machine, house, 'shelter_worker')
const keyWorker = await aPerson(machine, house, 'shelter_worker')

const answerOf = async (by: Somebody, op: Parameters<typeof send>[2]) => (await send(machine, by, op))[0]
const DONE = { answer: 'accepted' }

async function aStay() {
  const caseId = await aCase(machine, worker, { ageBand: '15_17' })
  return { caseId, consentId: await aConsent(machine, worker, caseId, forShelter) }
}

async function aBasis(caseId: string, over: Record<string, unknown> = {}) {
  const id = newId()
  const basis = {
    id,
    caseId,
    purpose: 'referral_specific',
    recipient: 'foster_or_shelter',
    basis: 'vital_interest',
    notAsked: 'cannot_be_asked_now',
    decidedAt: now(),
    organisation: null,
    bestInterests: 'She is unconscious, and the house must know what she must not eat',
    ...over,
  }
  const written = await answerOf(worker, anOp(worker, 'referrals.record_basis', basis))
  const [asked] = await ownerRows(machine, `select id from second_signature where about_id = '${id}'`)
  if (asked !== undefined)
    await send(machine, supervisor, signOp(supervisor, caseId, 'share_without_consent', asked.id))
  return { id, written }
}

/** When the rights of somebody on a case end, as the database has them. */
async function ends(by: Somebody, caseId: string): Promise<unknown> {
  const [row] = await ownerRows(
    machine,
    `select max(ends_at) as at from access where actor = '${by.id}' and case_id = '${caseId}' and ends_at > kembali.now()`,
  )
  return row?.at ?? null
}

describe('somebody who is named until a day', () => {
  test.each([
    ['on a shift', 'daily_care'],
    ['as key worker', 'key_work'],
  ])('%s reads to the end of that day where the child lives', async (_what, purpose) => {
    const { caseId, consentId } = await aStay()
    expect(
      await answerOf(worker, teamOp(worker, caseId, consentId, [shift], { purpose, endsOn: inDays(30) })),
    ).toMatchObject(DONE)
    expect(await ends(shift, caseId)).toBe(endOfDay(inDays(30), zone))
  })
  test('on a yes that ends earlier reads no longer than the yes, also in that zone', async () => {
    const { caseId } = await aStay()
    const yes = await aConsent(machine, worker, caseId, { ...forShelter, endsOn: inDays(3) })
    const team = teamOp(worker, caseId, yes, [shift], { endsOn: inDays(3) })
    expect(await answerOf(worker, team)).toMatchObject(DONE)
    expect(await ends(shift, caseId)).toBe(endOfDay(inDays(3), zone))
  })
  test('before the zone was known is ended with her day at the next start', async () => {
    const { caseId, consentId } = await aStay()
    await send(machine, worker, teamOp(worker, caseId, consentId, [shift], { endsOn: inDays(5) }))
    await asOwner(
      machine,
      `update sharing_grant set ends_at = ends_at + interval '7 hours' where case_id = '${caseId}'`,
    )
    await asOwner(machine, `select kembali.keep_time_zone('${zone}')`)
    expect(await ends(shift, caseId)).toBe(endOfDay(inDays(5), zone))
  })
})

describe('a reason for telling without consent, signed by a second person', () => {
  const lastDay = dayOf(addDuration(now(), 'P90D', zone), zone)
  test('opens for 90 days at most', async () => {
    const { caseId } = await aStay()
    const { id: basisId } = await aBasis(caseId)
    const named = (endsOn: string) => answerOf(worker, teamOp(worker, caseId, null, [shift], { basisId, endsOn }))
    expect(await named(inDays(100))).toMatchObject({ reason: 'team_longer_than_the_yes' })
    expect(await named(lastDay)).toMatchObject(DONE)
    expect(await ends(shift, caseId)).toBe(endOfDay(lastDay, zone))
  })
  test('then opens nothing more: no team, no letter, no link, also past the rule; and what it opened is over', async () => {
    const caseId = await aCase(machine, worker, { ageBand: '15_17' })
    const { id: basisId } = await aBasis(caseId)
    const letter = letterOp(worker, caseId, {
      basisId,
      recipient: 'foster_or_shelter',
      lines: [],
    })
    const sent = await answerOf(worker, letter)
    expect(sent).toMatchObject(DONE)
    await send(machine, worker, teamOp(worker, caseId, null, [shift], { basisId, endsOn: lastDay }))
    await asOwner(
      machine,
      `update lawful_basis set decided_at = decided_at - interval '92 days' where id = '${basisId}'`,
    )
    const over = { answer: 'refused', reason: 'basis_over' }
    expect(await answerOf(worker, teamOp(worker, caseId, null, [shift], { basisId }))).toMatchObject(over)
    expect(await answerOf(worker, linkOp(worker, caseId, letter.payload.id))).toMatchObject(over)
    expect(await answerOf(worker, { ...letterOp(worker, caseId, { ...letter.payload, id: newId() }) })).toMatchObject(
      over,
    )
    expect(await mayBeTold(caseId)).not.toContain('foster_or_shelter')
    await expect(putTeam(caseId, basisId)).rejects.toThrow(/row-level security/)
    await asOwner(machine, `select kembali.keep_time_zone('${zone}')`)
    expect(await ends(shift, caseId)).toBe(null)
  })
  test('is not written down for a time that is over', async () => {
    const { caseId } = await aStay()
    const old = await aBasis(caseId, { decidedAt: addDuration(now(), 'P1D', zone).replace(/^\d{4}/, '2020') })
    expect(old.written).toMatchObject({ reason: 'basis_over' })
  })
  test('keeps no link open longer than it stands', async () => {
    const { caseId } = await aStay()
    const yes = await aConsent(machine, worker, caseId, { endsOn: dayOf(now(), zone) })
    const letter = letterOp(worker, caseId, { consentId: yes })
    const link = linkOp(worker, caseId, letter.payload.id)
    expect(await send(machine, worker, letter, link)).toMatchObject([DONE, DONE])
    const [row] = await ownerRows(
      machine,
      `select ends_at as at from letter_link where id = '${String(link.payload.id)}'`,
    )
    expect(row?.at).toBe(endOfDay(dayOf(now(), zone), zone))
  })

  const mayBeTold = (caseId: string) =>
    asPerson(machine.db, worker.sid, null, async (tx) =>
      (await sql<{ code: string }>`select kembali.may_be_told(${caseId}) as code`.execute(tx)).rows.map(
        ({ code }) => code,
      ),
    )
  const putTeam = (caseId: string, basisId: string) =>
    asPerson(machine.db, worker.sid, null, (tx) =>
      sql`insert into care_team (id, case_id, op_id, purpose, basis_id, people, ends_on, written_by)
        values (${newId()}, ${caseId}, ${newId()}, 'daily_care', ${basisId}, ${[shift.id]}::uuid[], ${lastDay}, ${worker.id})`.execute(
        tx,
      ),
    )
})

describe('when a case goes on', () => {
  async function named() {
    const { caseId, consentId } = await aStay()
    await send(
      machine,
      worker,
      teamOp(worker, caseId, consentId, [shift]),
      teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work' }),
    )
    expect([await ends(shift, caseId), await ends(keyWorker, caseId)]).not.toContain(null)
    return { caseId, consentId }
  }
  /** The other office takes it over. */
  async function movedTo({ id: workerId }: Somebody, caseId: string) {
    const transferId = newId()
    const words = { childTold: 'told', why: 'They moved', needs: null }
    await send(machine, worker, aRecordOp(worker, caseId, { about: ['transfer'] }))
    await send(
      machine,
      supervisor,
      anOp(supervisor, 'allocation.offer_transfer', { id: transferId, caseId, toTeam: other.teamId, ...words }),
    )
    const answer = { id: newId(), caseId, transferId, answer: 'accepted', workerId, reason: null }
    expect(await answerOf(boss, anOp(boss, 'allocation.answer_transfer', answer))).toMatchObject(DONE)
  }
  const handedOn = (caseId: string) =>
    ownerRows(
      machine,
      `select distinct on (purpose) purpose, cardinality(people) as people from care_team
        where case_id = '${caseId}' and handed_on_at is not null order by purpose, named_at desc`,
    )

  test('to another office, whoever was named beside the child reads no more, and its new worker names them again', async () => {
    const { caseId, consentId } = await named()
    await movedTo(theirs, caseId)
    for (const gone of [shift, keyWorker, worker, supervisor]) expect(await ends(gone, caseId)).toBe(null)
    expect(await handedOn(caseId)).toEqual([
      { purpose: 'daily_care', people: 0 },
      { purpose: 'key_work', people: 0 },
    ])
    expect(await answerOf(theirs, teamOp(theirs, caseId, consentId, [shift]))).toMatchObject(DONE)
    expect(await ends(shift, caseId)).not.toBe(null)
  })
  test('to another office, a letter that is out is read by nobody any more, and the new worker sees that it was', async () => {
    const caseId = await aCase(machine, worker, { ageBand: '15_17' })
    const letter = letterOp(worker, caseId, { consentId: await aConsent(machine, worker, caseId) })
    const link = linkOp(worker, caseId, letter.payload.id)
    expect(await send(machine, worker, letter, link)).toMatchObject([DONE, DONE])
    const knocked = () =>
      asPerson(machine.db, worker.sid, null, (tx) =>
        knock(tx, String(link.payload.secret), String(link.payload.number)),
      )
    expect(await knocked()).toMatchObject({ state: 'open' })
    await movedTo(theirs, caseId)
    expect(await knocked()).toMatchObject({ state: 'ended', letter: null })
    const seen = await asPerson(machine.db, theirs.sid, null, (tx) => findLinks(tx, [caseId]))
    expect(seen).toMatchObject([{ id: link.payload.id, endedWhy: 'ended', handedOnAt: expect.any(String) }])
    expect(await ownerRows(machine, `select body from letter_link where case_id = '${caseId}'`)).toEqual([
      { body: null },
    ])
  })
  test('to a colleague, they stay, and she is told of them', async () => {
    const { caseId } = await named()
    const to = { caseId, personId: colleague.id, teamId: office.teamId }
    expect(await answerOf(supervisor, anOp(supervisor, 'cases.assign', to))).toMatchObject(DONE)
    expect([await ends(shift, caseId), await ends(keyWorker, caseId)]).not.toContain(null)
    expect(await handedOn(caseId)).toHaveLength(2)
  })
})

describe('naming opens a file to somebody new', () => {
  test('and so asks whoever names to prove again that it is she; ending asks nothing', async () => {
    const { caseId, consentId } = await aStay()
    await send(machine, worker, teamOp(worker, caseId, consentId, [shift]))
    await asOwner(
      machine,
      `update session set proved_at = proved_at - interval '6 minutes' where person_id = '${worker.id}'`,
    )
    expect(await answerOf(worker, teamOp(worker, caseId, consentId, [keyWorker]))).toMatchObject({
      reason: 'proof_first',
    })
    await expect(
      asPerson(machine.db, worker.sid, null, (tx) =>
        sql`insert into care_team (id, case_id, op_id, purpose, consent_id, people, ends_on, written_by)
          values (${newId()}, ${caseId}, ${newId()}, 'daily_care', ${consentId}, ${[keyWorker.id]}::uuid[], ${inDays(3)}, ${worker.id})`.execute(
          tx,
        ),
      ),
    ).rejects.toThrow(/row-level security/)
    expect(await ends(shift, caseId)).not.toBe(null)
    expect(await answerOf(worker, teamOp(worker, caseId, consentId, []))).toMatchObject(DONE)
    expect(await ends(shift, caseId)).toBe(null)
  })
})
