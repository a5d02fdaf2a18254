import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import type { PullAnswer } from '../../server/pull.ts'
import { runJob } from '../../server/timer.ts'
import { closeCase } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { of, pulling, type Team } from '../../../test/pulling.ts'
import { matching } from './jobs.ts'

const machine = await testMachine()

const { anOfficeOfTwo, edit, fetch } = pulling(machine)

describe('the card of a case on a device', () => {
  test('holds codes, first steps, services and what its worker recognises the child by; not who the child is', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await edit(worker, 'cases.edit_card', caseId, { callName: 'Adi' })
    await edit(worker, 'cases.edit_safe_start', caseId, { safeNow: 'yes' })
    await edit(worker, 'cases.edit_identity', caseId, {
      fullName: 'Whole Name',
      approxAge: 12,
      ageBasis: 'child_statement',
    })
    const answer = await fetch(worker, null)
    expect(of(answer, caseId).sort()).toEqual(['case', 'child_card', 'safe_start', 'steps', 'visit'])
    expect(answer.put.find((row) => row.thing === 'steps')?.fields).toEqual({ who: true, match: false })
    expect(JSON.stringify(answer)).not.toContain('Whole Name')
  })

  test('leaves everything that names a threatened child on the server', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker, { threatened: true })
    await edit(worker, 'cases.edit_card', caseId, { callName: 'Hidden', village: 'Hiddenville' })
    await edit(worker, 'cases.edit_identity', caseId, { fullName: 'Hidden Whole', ageBasis: 'child_statement' })
    await send(machine, worker, anOp(worker, 'cases.take_along', { caseId, take: true }))
    expect(JSON.stringify(await fetch(worker, null))).not.toMatch(/hidden/i)
  })

  test('loses the names on the day somebody may look for the child, and gets them back when a supervisor says it is over', async () => {
    const { worker, supervisor } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await edit(worker, 'cases.edit_card', caseId, { callName: 'Adi', village: 'Rindu' })
    const { cursor } = await fetch(worker, null)
    const mark = async (by: Somebody, threatened: boolean) =>
      (await send(machine, by, anOp(by, 'cases.shield_case', { caseId, threatened })))[0]
    expect(await mark(worker, true)).toMatchObject({ answer: 'accepted' })
    const hidden = await fetch(worker, cursor)
    expect(hidden.forget).toEqual([caseId])
    expect(of(hidden, caseId)).not.toContain('child_card')
    expect(hidden.put.find((row) => row.thing === 'case')?.fields).toMatchObject({ threatened: true })
    expect(await mark(worker, false)).toMatchObject({ reason: 'supervisor_decides' })
    expect(await mark(supervisor, false)).toMatchObject({ answer: 'accepted' })
    const again = await fetch(worker, hidden.cursor)
    expect(again.forget).toEqual([caseId])
    expect(of(again, caseId)).toContain('child_card')
  })

  test('is given for sixty open cases at most, those taken along first', async () => {
    const { worker } = await anOfficeOfTwo()
    const first = await aCase(machine, worker)
    for (let n = 0; n < 62; n += 1) await aCase(machine, worker)
    await send(machine, worker, anOp(worker, 'cases.take_along', { caseId: first, take: true }))
    const seen = new Set<string>()
    let cursor: string | null = null
    for (;;) {
      const page: PullAnswer = await fetch(worker, cursor)
      page.put.filter((row) => row.thing === 'case').forEach((row) => seen.add(row.caseId))
      cursor = page.cursor
      if (!page.more) break
    }
    expect(seen.size).toBe(60)
    expect(seen.has(first)).toBe(true)
  })
})

describe('a case taken along on a visit', () => {
  test('also holds who the child is, on that device only, and no longer when it is put back', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await edit(worker, 'cases.edit_identity', caseId, { fullName: 'Whole Name' })
    const { cursor } = await fetch(worker, null)
    const take = (yes: boolean) => send(machine, worker, anOp(worker, 'cases.take_along', { caseId, take: yes }))
    expect((await take(true))[0]?.answer).toBe('accepted')
    const taken = await fetch(worker, cursor)
    // Forgotten and sent whole: nothing of the earlier card stays behind.
    expect(taken.forget).toEqual([caseId])
    expect(of(taken, caseId)).toContain('child_identity')
    expect(of(await fetch({ ...worker, device: newId() }, null), caseId)).not.toContain('child_identity')
    await take(false)
    const back = await fetch(worker, taken.cursor)
    expect(back.forget).toEqual([caseId])
    expect(of(back, caseId)).not.toContain('child_identity')
    expect(back.put.find((row) => row.thing === 'visit')?.fields).toEqual({ endsAt: null })
  })

  test('leaves the device by itself after three days', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await edit(worker, 'cases.edit_identity', caseId, { fullName: 'Whole Name' })
    await send(machine, worker, anOp(worker, 'cases.take_along', { caseId, take: true }))
    const { cursor, put } = await fetch(worker, null)
    expect(put.map((row) => row.thing)).toContain('child_identity')
    await asOwner(machine, `update visit_mark set ends_at = now() - interval '1 minute' where case_id = '${caseId}'`)
    const later = await fetch(worker, cursor)
    expect(later.forget).toEqual([caseId])
    expect(of(later, caseId)).not.toContain('child_identity')
  })

  test('is one of ten, and her own', async () => {
    const { worker, supervisor } = await anOfficeOfTwo()
    const take = async (by: Somebody, caseId: string) =>
      (await send(machine, by, anOp(by, 'cases.take_along', { caseId, take: true })))[0]
    for (let n = 0; n < 10; n += 1) expect((await take(worker, await aCase(machine, worker)))?.answer).toBe('accepted')
    const eleventh = await aCase(machine, worker)
    expect(await take(worker, eleventh)).toMatchObject({ reason: 'enough_taken_along' })
    expect(await take(supervisor, eleventh)).toMatchObject({ reason: 'not_your_case' })
  })
})

describe('a device forgets a case', () => {
  test.each<[string, (caseId: string, who: Team) => Promise<unknown>]>([
    [
      'given to somebody else',
      (caseId, { supervisor, colleague, office }) =>
        send(
          machine,
          supervisor,
          anOp(supervisor, 'cases.assign', { caseId, personId: colleague.id, teamId: office.teamId }),
        ),
    ],
    ['that was closed', (caseId, { worker, supervisor }) => closeCase(machine, worker, supervisor, caseId)],
    [
      'that now keeps its worker out',
      (caseId, { worker }) =>
        asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${worker.id}')`),
    ],
  ])('%s', async (_title, change) => {
    const who = await anOfficeOfTwo()
    const caseId = await aCase(machine, who.worker)
    const { cursor } = await fetch(who.worker, null)
    await change(caseId, who)
    const later = await fetch(who.worker, cursor)
    expect(later.forget).toEqual([caseId])
    expect(later.put).toEqual([])
    // That it has arrived is known when its cursor comes back.
    expect((await fetch(who.worker, later.cursor)).forget).toEqual([])
    expect(await ownerRows(machine, `select * from device_pack where device_id = '${who.worker.device}'`)).toEqual([])
  })
})

describe('what nobody did on this device', () => {
  test('arrives: a colleague’s edit, a first step, a request that another office makes', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker, { sex: 'male' })
    const elsewhere = { ...worker, device: newId(), seq: 0 }
    const { cursor } = await fetch(worker, null)
    await edit(elsewhere, 'cases.edit_identity', caseId, {
      fullName: 'Pullina Pullana',
      birthYear: 2011,
      ageBasis: 'child_statement',
      origin: 'Pulltown',
    })
    const second = await fetch(worker, cursor)
    expect(of(second, caseId)).toEqual(['steps'])
    const asker = await aPerson(machine, await anOffice(machine), 'case_worker')
    const asked = { givenNames: 'Pullina', otherNames: 'Pullana', birthYear: 2011, sex: 'male', origin: 'Pulltown' }
    await send(
      machine,
      asker,
      anOp(asker, 'cases.request_match', { id: newId(), caseId: await aCase(machine, asker), ...asked }),
    )
    // It compares two hundred at a time, and other tests have asked as well.
    const waiting = async () =>
      (await ownerRows(machine, `select 1 from match_request where compared_at is null`)).length
    while ((await waiting()) > 0) await runJob(machine, matching)
    const third = await fetch(worker, second.cursor)
    expect(of(third, caseId)).toEqual(['match_hit'])
    expect(Object.keys(third.put[0]?.fields ?? {}).sort()).toEqual(['dueAt', 'madeAt', 'state'])
  })
})

describe('association, health and sealed', () => {
  test('are never on a device: no reader gives them, and the database takes no such row', async () => {
    const parts = machine.features.flatMap((feature) => feature.packs.map((reader) => reader.part as string))
    expect(parts.length).toBeGreaterThan(5)
    for (const part of ['association', 'health', 'sealed']) {
      expect(parts).not.toContain(part)
      const { worker } = await anOfficeOfTwo()
      const caseId = await aCase(machine, worker)
      const row = `insert into device_pack (device_id, person_id, sector, case_id, part) values ('${newId()}', '${worker.id}', '${worker.sector}', '${caseId}', '${part}')`
      await expect(asOwner(machine, row)).rejects.toThrow(/device_pack_part_check/)
      await machine.db.owner.script('rollback')
    }
  })

  test('do not reach a device either when a case has all of them', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await asOwner(
      machine,
      `insert into case_key (case_id, part, key_id, epoch, wrapped) select '${caseId}', part, decode(repeat('00', 16), 'hex'), 'e', ''
         from unnest(array['association', 'health', 'sealed']) part;
       insert into op_log (op_id, device, seq, type, actor, case_id, part, row_id, payload_mac, clear, answer, claimed_at)
       select gen_random_uuid(), '${newId()}', 1, part || '.canary', '${worker.id}', '${caseId}', part, '${caseId}', '', '{"thing":"canary"}', '{}', now()
         from unnest(array['association', 'health', 'sealed']) part`,
    )
    const first = await fetch(worker, null)
    const later = await fetch(worker, `${machine.epoch}.3`)
    expect(JSON.stringify([first.put, later.put])).not.toMatch(/canary|association|health|sealed/)
  })
})
