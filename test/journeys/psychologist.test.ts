import { describe, expect, test } from 'vitest'
import type { Op } from '../../src/core/op.ts'
import { pull } from '../../src/server/pull.ts'
import { newId } from '../../src/crypto/random.ts'
import { forPsychologist, teamOp } from '../care-team.ts'
import { noteOp } from '../care.ts'
import { aConsent, withdrawOp } from '../consent.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, aPerson, type Somebody } from '../people.ts'
import { appOf, ask, sendOver } from '../running-app.ts'
import { healthNoteOp, serviceOp } from '../services.ts'

// A psychologist's week: a boy says yes to her, she talks with him, writes for those who treat him, and worries who may ask
// for her notes. Everything over the door a browser uses.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const health = await anOffice(machine, 'health')
const ayu = await aPerson(machine, health, 'clinician')
const herColleague = await aPerson(machine, health, 'clinician')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')

const boy = await aCase(machine, worker, { ageBand: '15_17', sex: 'male' })
const yes = await aConsent(machine, worker, boy, forPsychologist)
const talks = serviceOp(worker, boy, { what: 'An hour on Wednesdays' })

const does = async (by: Somebody, ...ops: Op[]) =>
  (await sendOver(app, by, ops)).map((one) => ('reason' in one ? one.reason : one.answer))
const get = (by: Somebody, what: string) => ask(app, by, 'GET', `/api/cases/${boy}/${what}`)
const forHim = { purpose: 'health_care' }

describe('a boy says yes to a psychologist', () => {
  test('until she is named she finds no child, and no note can be written', async () => {
    expect(await does(worker, talks, noteOp(worker, boy))).toEqual(['accepted', 'accepted'])
    expect((await get(ayu, 'services')).status).toBe(404)
    expect(await does(ayu, healthNoteOp(ayu, boy, talks.payload.id))).toEqual(['not_allowed'])
  })
  test('once named, by name and until a day, she finds him on her day and the talks she is asked for', async () => {
    expect(await does(worker, teamOp(worker, boy, yes, [ayu], forHim))).toEqual(['accepted'])
    expect((await ask(app, ayu, 'GET', '/api/services/in-my-care')).text).toContain(boy)
    expect((await get(ayu, 'services')).text).toContain('An hour on Wednesdays')
    expect((await get(herColleague, 'services')).status).toBe(404)
  })
})

describe('she writes what was done', () => {
  test('and it is read by her and by his worker, and not by a supervisor, a colleague of hers or the police', async () => {
    expect(await does(ayu, healthNoteOp(ayu, boy, talks.payload.id))).toEqual(['accepted'])
    for (const by of [ayu, worker]) expect((await get(by, 'services/health')).text).toContain('woke screaming')
    for (const by of [supervisor, herColleague, police])
      expect((await get(by, 'services/health')).text).not.toContain('woke screaming')
  })
  test('and it lies on no phone, hers or his worker’s', async () => {
    for (const by of [ayu, worker]) {
      const held = await pull(machine, by.sid, { device: newId() as never, cursor: null }, newId())
      expect(JSON.stringify(held)).not.toContain('woke screaming')
    }
  })
  test('and she learns nothing of his story that he did not tell her: no notes, no association, no courts, no family', async () => {
    for (const what of ['care', 'association', 'justice', 'family'])
      expect((await get(ayu, what)).text).not.toContain('He laughed when the goat came in')
    const who = (await get(worker, 'who')).json.people as { role: string; parts: string[] }[]
    expect(who.find((one) => one.role === 'clinician')?.parts.toSorted()).toEqual([
      'case',
      'health',
      'identity',
      'services',
    ])
  })
})

test('when he says no, she reads no more and writes no more, and what she wrote stays with his worker', async () => {
  expect(await does(worker, withdrawOp(worker, boy, yes))).toEqual(['accepted'])
  expect((await get(ayu, 'services')).status).toBe(404)
  expect(await does(ayu, healthNoteOp(ayu, boy, talks.payload.id))).toEqual(['not_allowed'])
  expect((await get(worker, 'services/health')).text).toContain('woke screaming')
  expect(await does(worker, teamOp(worker, boy, yes, [ayu], forHim))).toEqual(['consent_not_open'])
})
