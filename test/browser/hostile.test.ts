import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEAMS } from '../../countries/demo/people.ts'
import { newId } from '../../src/crypto/random.ts'
import { instant } from '../../src/core/time.ts'
import { recordPayload } from '../best-interests.ts'
import { closingPayload } from '../closure.ts'
import { bareScene, SAMPLES, type Scene, step } from '../samples.ts'
import { Client } from '../security/client.ts'
import { sender } from '../security/seed.ts'
import { addressOf, PATHS, valuesOf } from './all-screens.ts'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { goWithin, signInAs } from './steps.ts'

// G2: words that are program text elsewhere stay words here, in every typed field, on screens, prints and the child's copy.
const HOSTILE = `<img src=x onerror=alert(1)><script>alert(2)</script>"'{{7*7}}`
let demo: Demo
let device: Device
let scene: Scene
let supervisor: Client
let caseWorker: Client

beforeAll(async () => {
  demo = await startDemo()
  device = await openDevice()
  const [row] = await demo.rows(`select id, org_id, team_id, worker_id from child_case where alias = 'Blue Heron'`)
  const [worker, boss] = [await signedIn('Sari Wening'), await signedIn('Ibu Ratna')]
  supervisor = boss
  caseWorker = worker
  scene = bareScene({
    id: newId,
    word: () => HOSTILE,
    now: instant(new Date().toISOString()),
    lastPlanned: () => Promise.resolve(instant(new Date().toISOString())),
    lastAssessed: () => Promise.resolve(instant(new Date().toISOString())),
    orgId: String(row?.org_id),
    teamId: String(row?.team_id),
    colleagueId: String(row?.worker_id),
    otherTeamId: TEAMS[1].id,
  })
  scene.caseId = String(row?.id)
  const send = sender(worker, boss)
  for (const type of WRITTEN) {
    const { payload } = await step(send, scene, type, 99)
    if (type === 'justice.record_contact') scene.contactId = String(payload.id)
  }
})
afterAll(async () => {
  await device.end()
  await demo.end()
})

/** Every operation with words that an open case takes in this order. */
const WRITTEN = [
  'cases.edit_card',
  'cases.edit_identity',
  'cases.edit_safe_start',
  'justice.record_contact',
  'care.add_note',
  'care.edit_task',
  'care.edit_goal',
  'care.edit_action',
  'care.edit_plan',
]

test('the operations written here are of the app', () => {
  expect(Object.keys(SAMPLES)).toEqual(expect.arrayContaining(WRITTEN))
})

describe('hostile words run nowhere', () => {
  test.each(['Sari Wening', 'Ibu Ratna'])(
    'on no screen of a case that %s opens',
    async (name) => {
      const page = await device.page(1280)
      const alarms = listen(page)
      await signInAs(page, demo, name)
      let seen = 0
      const values = {
        ...(await valuesOf(demo, 'Blue Heron')),
        contactId: scene.contactId,
        noteId: idOf('care.add_note'),
        taskId: idOf('care.edit_task'),
        goalId: idOf('care.edit_goal'),
        actionId: idOf('care.edit_action'),
      }
      for (const path of PATHS.filter((one) => one.startsWith('/cases'))) {
        await goWithin(page, addressOf(path, values))
        const open = page.getByRole('button', { name: 'Show what was written' })
        if (path.endsWith('/safeguards') && (await open.count()) > 0) await open.first().click()
        await page.emulateMedia({ media: 'print' })
        const text = await page.locator('main').innerText()
        if (text.includes('<script>')) seen += 1
        await page.emulateMedia({ media: 'screen' })
      }
      expect(alarms).toEqual([])
      expect(seen, 'the words were on some of these screens, as words').toBeGreaterThan(2)
      const kept = await page.evaluate(async () => {
        const found: string[] = []
        for (const cache of await caches.keys())
          for (const { url } of await (await caches.open(cache)).keys()) found.push(new URL(url).pathname)
        return { found, local: localStorage.length, session: sessionStorage.length }
      })
      expect(kept.found.filter((path) => !/^\/$|^\/[\w-]+\.\w+$|^\/(assets|country)\//.test(path))).toEqual([])
      await page.close()
    },
    240_000,
  )

  test('a closed case asks why it is opened on each of its screens, and then shows what is there', async () => {
    const asked = caseWorker.op('closure.ask_to_close', closingPayload(scene.caseId))
    const sign = { id: newId(), caseId: scene.caseId, signatureId: asked.payload.id, act: 'close_case' }
    const answers = [
      ...(await caseWorker.send(caseWorker.op('best_interests.record', recordPayload(scene.caseId)))),
      ...(await caseWorker.send(asked)),
      ...(await supervisor.send(supervisor.op('signatures.answer', { ...sign, decision: 'signed', reason: null }))),
    ]
    expect(answers.map((one) => one.answer)).toEqual(['accepted', 'accepted', 'accepted'])
    for (const [path, shown] of [
      ['safeguards', '.small, .line, main section'],
      ['notes', 'main'],
      ['plan', 'main'],
    ] as const) {
      const page = await device.page(1280)
      const alarms = listen(page, /428/)
      await signInAs(page, demo, 'Ibu Ratna')
      await page.goto(`${demo.url}/cases/${scene.caseId}/${path}`)
      await page.getByRole('heading', { name: 'Why do you open this file?' }).waitFor()
      expect(await page.locator('main').innerText()).not.toContain('<script>')
      await page.getByRole('button', { name: 'To answer a complaint' }).click()
      await page.getByRole('heading', { name: 'Why do you open this file?' }).waitFor({ state: 'detached' })
      await page.locator(shown).first().waitFor()
      if (path !== 'safeguards') await page.getByText('<script>').first().waitFor()
      expect(alarms).toEqual([])
      await page.close()
    }
  }, 120_000)
})

/** Anything a browser says against a page: a dialog, an error, a refused script. */
function listen(page: Page, expected = /^$/): string[] {
  const alarms: string[] = []
  page.on('dialog', (dialog) => {
    alarms.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => alarms.push(`error ${error.message}`))
  page.on('console', (said) => {
    const text = said.text()
    // Before she signs in, and of a thing that is nobody’s, the answer is no; that is no fault of the page.
    if (said.type() === 'error' && !/status of 40[14]/.test(text) && !expected.test(text)) alarms.push(text)
  })
  return alarms
}

function idOf(type: string): string {
  return String(scene.made[type]?.id)
}

async function signedIn(name: string): Promise<Client> {
  const { people } = (await (await fetch(`${demo.url}/api/sign-in/demo-people`)).json()) as {
    people: { id: string; name: string }[]
  } // the route's own shape
  const personId = people.find((one) => one.name.startsWith(name))?.id ?? ''
  const answer = await fetch(`${demo.url}/api/sign-in/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kembali': '1' },
    body: JSON.stringify({ personId }),
  })
  const token = /kembali=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''
  return new Client(
    demo.url,
    { id: personId, orgId: '', teamId: '', role: 'case_worker', sector: 'child_protection' },
    token,
  )
}
