import { describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import { pull } from '../../src/server/pull.ts'
import { consentOp, withdrawOp } from '../consent.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send } from '../people.ts'
import { letterOp, linkOp, reader } from '../referrals.ts'
import { appOf } from '../running-app.ts'

// A girl wants to go back to school: what she agrees to, what the school is told, and what happens when she changes her mind.
const { app, machine, log } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
const caseId = await aCase(machine, worker, { sex: 'female', ageBand: '15_17' })

const accepted = async (...of: Parameters<typeof send>) => (await send(...of)).map((one) => one.answer)

describe('a girl of sixteen is asked, one question at a time', () => {
  test('she says no to the police unit, which costs her nothing, and yes to the school', async () => {
    const no = consentOp(worker, caseId, { recipient: 'police_children_desk', child: 'refuses', organisation: null })
    const yes = consentOp(worker, caseId)
    expect(await accepted(machine, worker, no, yes)).toEqual(['accepted', 'accepted'])
    const standing = await ownerRows(
      machine,
      `select recipient, standing from consent_record where case_id = '${caseId}' order by recipient`,
    )
    expect(standing).toEqual([
      { recipient: 'police_children_desk', standing: 'refused' },
      { recipient: 'school_focal', standing: 'given' },
    ])
    // Nothing of her file is closed to the people who help her.
    const file = await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId())
    expect(file.put.some((row) => row.thing === 'consent_record' && row.fields.childSaid !== null)).toBe(true)
  })
})

describe('the letter to the school', () => {
  const consentId = async () =>
    (await ownerRows(machine, `select id from consent_record where case_id = '${caseId}' and standing = 'given'`))[0]
      ?.id

  test.each([
    ['without a yes', { consentId: null }, 'consent_needed'],
    ['on the yes to somebody else', { recipient: 'health_provider' }, 'consent_for_another'],
    ['with a line that nobody gave a reason for', { lines: [line('call_name', 'Wulan', ' ')] }, 'line_without_reason'],
    ['with what a school need not know', { lines: [line('wants', 'Her plan')] }, 'not_for_this_body'],
    ['that says nothing', { lines: [], message: null }, 'letter_empty'],
    ['to a unit that may be told nothing', { recipient: 'counter_terrorism' }, 'firewall_above_consent'],
    ['without a way to answer', { replyTo: ' ' }, 'no_way_to_answer'],
  ])('is not sent %s', async (_how, over, reason) => {
    const op = letterOp(worker, caseId, { consentId: await consentId(), ...over })
    expect((await send(machine, worker, op))[0]).toMatchObject({ answer: 'refused', reason })
  })

  function line(field: string, text: string, why = 'They asked') {
    return { field, text, why }
  }

  const letter = letterOp(worker, caseId)
  const link = linkOp(worker, caseId, letter.payload.id)
  const school = reader(app, link)

  test('is written and given as a link that is read once, by whoever is told the number', async () => {
    letter.payload.consentId = await consentId()
    expect(await accepted(machine, worker, letter, link)).toEqual(['accepted', 'accepted'])
    const guess = await reader(app, link, '000000').open()
    expect([guess.status, guess.json.error]).toEqual([403, 'letter_wrong_number'])
    const first = await school.open()
    expect(first.status).toBe(200)
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect(first.headers.get('set-cookie')).toBe(null)
    expect(first.text).toContain('The head teacher')
    expect(first.text).not.toContain('Wulan')
    expect((await school.readOn()).text).toContain('Wulan')
  })

  test('says what was chosen and nothing else: no alias, no id, no age, no place', async () => {
    const said = (await school.open()).text + (await school.readOn()).text
    const [row] = await ownerRows(machine, `select alias, region from child_case where id = '${caseId}'`)
    for (const word of [caseId, String(row?.alias), String(row?.region), worker.id, 'association', '15_17'])
      expect(said).not.toContain(word)
  })

  test('cannot be opened by whoever steals the database, and its secret is in no log and no operation', async () => {
    const rows = await ownerRows(
      machine,
      `select (select json_agg(l)::text from letter_link l) || (select json_agg(o)::text from op_log o) as text`,
    )
    for (const word of [String(link.payload.secret), 'Wulan', 'head teacher'])
      expect(String(rows[0]?.text) + log.join('')).not.toContain(word)
  })

  test('ends when it was read to its end: the same link opens nothing any more, and can still be answered', async () => {
    expect((await school.done()).status).toBe(200)
    const again = await school.open()
    expect([again.status, again.json.error]).toEqual([410, 'letter_read'])
    expect((await school.answer('accepted')).status).toBe(200)
    const [row] = await ownerRows(
      machine,
      `select answer, body, ended_why from letter_link where id = '${String(link.payload.id)}'`,
    )
    expect(row).toEqual({ answer: 'accepted', body: null, ended_why: 'read' })
  })

  test('shows its worker on her phone that it was read and what came back, without a line of hers', async () => {
    const { put } = await pull(machine, worker.sid, { device: newId() as never, cursor: null }, newId())
    const seen = put.find((row) => row.thing === 'letter_link')
    expect(seen?.fields).toMatchObject({ answer: 'accepted', endedWhy: 'read' })
    expect(JSON.stringify(put)).not.toContain('Wulan')
  })
})

describe('she changes her mind while the counsellor is reading', () => {
  test('the next request is refused, nothing is left behind the link, and no new letter goes on that yes', async () => {
    const yes = consentOp(worker, caseId, { recipient: 'psychosocial_provider', organisation: 'Health post' })
    const letter = letterOp(worker, caseId, {
      consentId: yes.payload.id,
      recipient: 'psychosocial_provider',
      lines: [{ field: 'wants', text: 'She wants to sleep without waking up', why: 'To begin where she is' }],
    })
    const link = linkOp(worker, caseId, letter.payload.id)
    expect(await accepted(machine, worker, yes, letter, link)).toEqual(['accepted', 'accepted', 'accepted'])
    const counsellor = reader(app, link)
    expect((await counsellor.open()).status).toBe(200)

    expect(await accepted(machine, worker, withdrawOp(worker, caseId, yes.payload.id))).toEqual(['accepted'])

    for (const next of [counsellor.readOn, counsellor.open, counsellor.done, () => counsellor.answer('accepted')]) {
      const answer = await next()
      expect([answer.status, answer.json.error]).toEqual([410, 'letter_withdrawn'])
      expect(answer.text).not.toContain('sleep')
    }
    const [row] = await ownerRows(machine, `select body from letter_link where id = '${String(link.payload.id)}'`)
    expect(row?.body).toBe(null)
    const again = [
      linkOp(worker, caseId, letter.payload.id),
      letterOp(worker, caseId, { ...letter.payload, id: newId() }),
    ]
    for (const answer of await send(machine, worker, ...again))
      expect(answer).toMatchObject({ reason: 'consent_not_open' })
  })

  test('everything is in the ledger: what was opened, what was refused, and nobody’s name', async () => {
    const entries = await ownerRows(
      machine,
      `select action, outcome from audit_entry where action like 'letter_%' order by id`,
    )
    const said = entries.map((one) => `${String(one.action)} ${String(one.outcome)}`)
    expect(said).toEqual(expect.arrayContaining(['letter_opened denied', 'letter_opened done', 'letter_read_on done']))
    expect(said.slice(-4)).toEqual([
      'letter_read_on denied',
      'letter_opened denied',
      'letter_read denied',
      'letter_answered denied',
    ])
  })
})

describe('when nobody can be asked', () => {
  const basis = anOp(worker, 'referrals.record_basis', {
    id: newId(),
    caseId,
    purpose: 'referral_specific',
    recipient: 'health_provider',
    basis: 'vital_interest',
    notAsked: 'cannot_be_asked_now',
    decidedAt: new Date().toISOString(),
    organisation: 'Health post',
    bestInterests: 'She has a fever and sleeps; a doctor must know what she takes',
  })
  const letter = letterOp(worker, caseId, { basisId: basis.payload.id, recipient: 'health_provider' })

  test('a second person signs before anything goes', async () => {
    expect(await accepted(machine, worker, basis)).toEqual(['accepted'])
    expect((await send(machine, worker, letter))[0]).toMatchObject({ reason: 'signature_first' })
    const sign = (by: typeof worker) =>
      anOp(by, 'signatures.answer', {
        id: newId(),
        caseId,
        signatureId: basis.payload.id,
        act: 'share_without_consent',
        decision: 'signed',
        reason: null,
      })
    expect((await send(machine, worker, sign(worker)))[0]?.answer).not.toBe('accepted')
    expect(await accepted(machine, supervisor, sign(supervisor))).toEqual(['accepted'])
    expect(await accepted(machine, worker, letterOp(worker, caseId, { ...letter.payload, id: newId() }))).toEqual([
      'accepted',
    ])
  })

  test('a no to a police unit is the last word, but where a life is in danger', async () => {
    const over = { id: newId(), recipient: 'police_children_desk', basis: 'public_task_protection' }
    const op = anOp(worker, 'referrals.record_basis', { ...basis.payload, ...over })
    expect((await send(machine, worker, op))[0]).toMatchObject({ reason: 'no_override' })
    const security = anOp(worker, 'referrals.record_basis', {
      ...basis.payload,
      id: newId(),
      recipient: 'intelligence',
    })
    expect((await send(machine, worker, security))[0]).toMatchObject({ reason: 'firewall_above_consent' })
  })
})

describe('a link', () => {
  async function given(over: Record<string, unknown> = {}) {
    const yes = consentOp(worker, caseId, { recipient: 'livelihood_provider' })
    const letter = letterOp(worker, caseId, { consentId: yes.payload.id, recipient: 'livelihood_provider' })
    const link = linkOp(worker, caseId, letter.payload.id, over)
    expect(await accepted(machine, worker, yes, letter, link)).toEqual(['accepted', 'accepted', 'accepted'])
    return { letter, link, reader: reader(app, link) }
  }

  test('is closed for good by the fifth wrong number, also for the right one', async () => {
    const { link, reader: right } = await given()
    const wrong = reader(app, link, '000000')
    const statuses = []
    for (let n = 0; n < 5; n += 1) statuses.push((await wrong.open()).json.error)
    expect(statuses).toEqual([...Array<string>(4).fill('letter_wrong_number'), 'letter_tries'])
    expect((await right.open()).json.error).toBe('letter_tries')
  })

  test('ends with its time, and by its worker before that; a new one ends the one before', async () => {
    const { letter, link, reader: one } = await given()
    const next = linkOp(worker, caseId, letter.payload.id)
    expect(await accepted(machine, worker, next)).toEqual(['accepted'])
    expect((await one.open()).json.error).toBe('letter_over')
    const two = reader(app, next)
    expect((await two.open()).status).toBe(200)
    expect(
      await accepted(machine, worker, anOp(worker, 'referrals.end_link', { id: next.payload.id, caseId })),
    ).toEqual(['accepted'])
    expect((await two.open()).json.error).toBe('letter_over')
    const late = await given()
    await asOwner(
      machine,
      `update letter_link set ends_at = now() - interval '1 second' where id = '${String(late.link.payload.id)}'`,
    )
    expect((await late.reader.open()).json.error).toBe('letter_over')
    expect(
      (
        await send(machine, worker, linkOp(worker, caseId, letter.payload.id, { endsAt: '2199-01-01T00:00:00.000Z' }))
      )[0],
    ).toMatchObject({ reason: 'link_too_long' })
    expect(link.payload.id).not.toBe(next.payload.id)
  })

  test('nobody has given opens nothing, and the answer does not say more', async () => {
    const { link } = await given()
    const unknown = await reader(app, { ...link, payload: { ...link.payload, secret: 'x'.repeat(43) } }).open()
    expect([unknown.status, unknown.json.error]).toEqual([404, 'letter_unknown'])
  })

  test('a policeman is never handed one by us: he reads no letter, no yes and no link of a case', async () => {
    const answer = await app.request(`http://localhost/api/cases/${caseId}/referrals`, {
      headers: { cookie: `kembali=${police.sid}` },
    })
    expect(answer.status).toBe(404)
  })
})
