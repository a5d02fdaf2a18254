import { describe, expect, test } from 'vitest'
import type { Op } from '../../src/core/op.ts'
import { dayOf } from '../../src/core/time.ts'
import { entryOp, forShelter, teamOp } from '../care-team.ts'
import { rowOp } from '../care.ts'
import { aConsent, withdrawOp } from '../consent.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, aPerson, asOwner, now, ownerRows, type Somebody } from '../people.ts'
import { appOf, ask, sendOver } from '../running-app.ts'
import { serviceOp } from '../services.ts'

// A shelter key worker's week with a girl who is not told about behind her back: who of the house reads what, what the night
// leaves for the morning, and what ends when the girl says no. Everything over the door a browser uses.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const elsewhere = await aPerson(machine, await anOffice(machine), 'supervisor')
const house = await anOffice(machine, 'civil_society')
const nia = await aPerson(machine, house, 'shelter_worker')
const budi = await aPerson(machine, house, 'shelter_worker')
const otherHouse = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
await asOwner(machine, `update app_user set name = 'Nia Kartika' where id = '${nia.id}'`)
await asOwner(machine, `update app_user set name = 'Budi Santo' where id = '${budi.id}'`)

// Her worker lets notices come by e-mail; the supervisor does not.
await asOwner(
  machine,
  `insert into notice_mail (person_id, epoch, wrapped, language, confirmed_at) values ('${worker.id}', 'e', '\\x00', 'en', now())`,
)

const girl = await aCase(machine, worker, { ageBand: '15_17', sex: 'female' })
const yes = await aConsent(machine, worker, girl, forShelter)

const does = async (by: Somebody, ...ops: Op[]) =>
  (await sendOver(app, by, ops)).map((one) => ('reason' in one ? one.reason : one.answer))
const reads = async (by: Somebody, what: string) => (await ask(app, by, 'GET', `/api/cases/${girl}/${what}`)).text
const sheetOp = (by: Somebody, set: Record<string, unknown>, baseVersion = 0) =>
  rowOp(by, 'services.edit_care_sheet', girl, set, { id: girl, baseVersion })

describe('on Monday a girl moves in', () => {
  test('before anybody of the house is named, nobody there finds her', async () => {
    const sheet = { calledName: 'Wulan', callFirst: 'Her worker, at any hour', eats: 'No peanuts', calms: 'The garden' }
    const plan = serviceOp(worker, girl, { kind: 'legal_assistance', layer: null, what: 'A lawyer for her hearing' })
    expect(await does(worker, sheetOp(worker, sheet), plan)).toEqual(['accepted', 'accepted'])
    expect(await does(worker, sheetOp(worker, { callFirst: ' ' }, 1))).toEqual(['sheet_without_call'])
    for (const by of [nia, budi, otherHouse]) {
      expect((await ask(app, by, 'GET', `/api/cases/${girl}/services`)).status).toBe(404)
      expect((await ask(app, by, 'GET', '/api/services/in-my-care')).json).toEqual({ children: [] })
    }
  })
  test('her worker names the key worker and the nights, each by name, under her yes', async () => {
    const key = teamOp(worker, girl, yes, [nia], { purpose: 'key_work' })
    expect(await does(worker, key, teamOp(worker, girl, yes, [budi]))).toEqual(['accepted', 'accepted'])
    const mine = await ask(app, budi, 'GET', '/api/services/in-my-care')
    expect(mine.text).toContain(girl)
    expect(mine.text).not.toContain('Wulan')
    expect((await ask(app, otherHouse, 'GET', '/api/services/in-my-care')).json).toEqual({ children: [] })
  })
})

describe('through the week', () => {
  test('the night shift reads what keeps her safe and well, and nothing of why she is here', async () => {
    const read = await reads(budi, 'services')
    expect(read).toContain('No peanuts')
    expect(read).not.toContain('lawyer')
    for (const what of ['referrals', 'care', 'justice', 'family', 'association'])
      expect(await reads(budi, what)).not.toMatch(/lawyer|The house by the garden|Her worker explained/)
  })
  test('what the night writes stands before the morning, by name, and is read by her worker', async () => {
    expect(await does(budi, entryOp(budi, girl))).toEqual(['accepted'])
    for (const by of [nia, worker]) {
      const log = await reads(by, 'services')
      expect(log).toContain('She slept until six')
      expect(log).toContain('Budi Santo')
    }
  })
  test('an incident is not written without who was told of it', async () => {
    const incident = { kind: 'incident', howItWas: 'A man at the gate asked for her' }
    expect(await does(budi, entryOp(budi, girl, incident))).toEqual(['incident_told_nobody'])
    expect(await does(budi, entryOp(budi, girl, { ...incident, told: 'Her worker, 15:20' }))).toEqual(['accepted'])
    expect(await does(budi, entryOp(budi, girl, { howItWas: ' ' }))).toEqual(['entry_empty'])
    expect(await does(budi, entryOp(budi, girl, { onDay: '2190-01-01' }))).toEqual(['in_the_future'])
  })
  test('her worker and the supervisor hear that something happened, and no word of it, until each has opened the file', async () => {
    const seenBy = async (by: Somebody) =>
      (await ask(app, by, 'GET', '/api/services/incidents')).json.incidents as object[]
    const heard = { caseId: girl, alias: expect.any(String), at: expect.any(String) }
    for (const by of [worker, supervisor]) expect(await seenBy(by)).toEqual([heard])
    for (const by of [nia, budi, otherHouse, elsewhere]) expect(await seenBy(by)).toEqual([])
    const sent = () =>
      ownerRows(machine, `select person_id, stage, due_at, outcome from notice_out where source = 'incident'`)
    const waits = { stage: 'waits', due_at: null, outcome: null }
    expect(await sent()).toEqual([{ ...waits, person_id: worker.id }])

    expect((await ask(app, worker, 'GET', `/api/cases/${girl}/news`)).status).toBe(200)
    expect(await seenBy(worker)).toEqual([])
    expect(await seenBy(supervisor)).toEqual([heard])
    expect(await sent()).toEqual([{ ...waits, person_id: worker.id, outcome: 'over' }])
  })
  test('the key worker keeps the sheet, a shift only reads it', async () => {
    expect(await does(budi, sheetOp(budi, { eats: 'Everything' }, 1))).toEqual(['not_allowed'])
    expect(await does(nia, sheetOp(nia, { night: 'The door a hand’s breadth open' }, 1))).toEqual(['accepted'])
    expect(await reads(budi, 'services')).toContain('a hand’s breadth')
  })
  test('her worker sees in the ledger who was named, and who has opened it', async () => {
    const rows = (await ask(app, worker, 'GET', `/api/cases/${girl}/referrals`)).json.rows as {
      thing: string
      fields: { purpose: string; members: { name: string; openedOn: string | null }[] }
    }[]
    const teams = rows.filter((row) => row.thing === 'care_team').map((row) => row.fields)
    const today = dayOf(now(), machine.pack.timeZone)
    expect(teams.map(({ purpose, members }) => [purpose, members[0]])).toEqual([
      ['key_work', expect.objectContaining({ name: 'Nia Kartika', openedOn: today })],
      ['daily_care', expect.objectContaining({ name: 'Budi Santo', openedOn: today })],
    ])
  })
})

describe('at the end', () => {
  test('who has no more nights with her reads no more, from that moment', async () => {
    expect(await does(worker, teamOp(worker, girl, yes, []))).toEqual(['accepted'])
    expect((await ask(app, budi, 'GET', `/api/cases/${girl}/services`)).status).toBe(404)
    expect(await does(budi, entryOp(budi, girl))).toEqual(['not_allowed'])
    expect(await reads(nia, 'services')).toContain('No peanuts')
  })
  test('when she takes her yes back, the house is closed to her file, and what was written stays with her worker', async () => {
    expect(await does(worker, withdrawOp(worker, girl, yes))).toEqual(['accepted'])
    expect((await ask(app, nia, 'GET', `/api/cases/${girl}/services`)).status).toBe(404)
    expect((await ask(app, nia, 'GET', '/api/services/in-my-care')).json).toEqual({ children: [] })
    expect(await does(worker, teamOp(worker, girl, yes, [nia]))).toEqual(['consent_not_open'])
    expect(await reads(worker, 'services')).toContain('A man at the gate')
  })
})
