import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, BESIDE, PATHS, PRINTED, seenBy, valuesOf } from './all-screens.ts'
import { type Device, openDevice } from './chromium.ts'
import { faultsOf, widerThan } from './faults.ts'
import { type Demo, startDemo } from './program.ts'
import { goWithin, loadAt, saved, saying, signInAs } from './steps.ts'

// Every screen of the app, in three languages and at two widths: readable by a screen reader, nothing cut off, no name
// in a title or an address, and on paper nothing that does not belong there. `KEMBALI_PICTURES=folder` keeps a picture of each.
const PICTURES = process.env.KEMBALI_PICTURES

/** What a screen says of a case, a note or a page that is not there. */
const NOT_THERE = /not here|not found|tidak ada di sini|tidak ditemukan/i
/** The demo's story has no possible twin of this child, and nothing about it waits for a second person. */
const MAY_BE_EMPTY = [
  '/cases/$caseId/match/$hitId',
  '/cases/$caseId/sign/$signatureId',
  '/cases/$caseId/assessment/answer',
  '/cases/$caseId/services/$serviceId/health',
]

/** In one of them each screen is opened by its address, in the others by going there from the one before. */
const VIEWS = [
  { language: 'English', code: 'en', width: 1280, other: 320, byAddress: true },
  { language: 'Bahasa Indonesia', code: 'id', width: 320, other: 1280, byAddress: false },
  { language: 'ދިވެހި', code: 'dv', width: 320, other: 1280, byAddress: false },
] as const

let demo: Demo
let device: Device
let values: Record<string, string> = {}

beforeAll(async () => {
  demo = await startDemo()
  device = await openDevice()
  values = await valuesOf(demo, 'Blue Heron')
})
afterAll(async () => {
  await device.end()
  await demo.end()
})

describe.each(VIEWS)('in $language, $width pixels wide', ({ language, code, width, other, byAddress }) => {
  const people = [...new Set(PATHS.map(seenBy))]
  test.each(people)(
    'the screens of %s are whole',
    async (name) => {
      const page = await device.page(width)
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
      await signInAs(page, demo, name)
      await speak(page, language)
      for (const path of PATHS.filter((one) => seenBy(one) === name)) {
        const address = addressOf(path, values)
        await (byAddress ? loadAt(page, `${demo.url}${address}`) : goWithin(page, address))
        await keepPicture(page, `${path}-${code}-${width}`)
        const faults = [...(await faultsOf(page)), ...(await widerThan(page, other))]
        problems.push(...faults.map((fault) => `${path}: ${fault}`))
        if (NOT_THERE.test(await page.locator('main h1').first().innerText()) && !MAY_BE_EMPTY.includes(path))
          problems.push(`${path}: says that nothing is there`)
      }
      await page.close()
      expect(problems).toEqual([])
    },
    600_000,
  )
})

describe.each(VIEWS)('in $language, as people see it who stand beside a worker', ({ language, width, other }) => {
  test.each(BESIDE)('$name', async ({ name, alias, paths }) => {
    const page = await device.page(width)
    const own = await valuesOf(demo, alias)
    const problems: string[] = []
    await signInAs(page, demo, name)
    await speak(page, language)
    for (const path of paths) {
      await goWithin(page, addressOf(path, own))
      const faults = [...(await faultsOf(page)), ...(await widerThan(page, other))]
      if (NOT_THERE.test(await page.locator('main h1').first().innerText())) faults.push('says that nothing is there')
      problems.push(...faults.map((fault) => `${path}: ${fault}`))
    }
    await page.close()
    expect(problems).toEqual([])
  })
})

describe.each(VIEWS)('in $language, what stands at no address of its own', ({ language, code, width, other }) => {
  const say = (id: string) => saying(code, id)

  test('each step of setting a phone up, and the lock it has then', async () => {
    const own = await openDevice()
    try {
      const page = await own.page(width)
      const problems: string[] = []
      const look = async (what: string) => {
        await keepPicture(page, `${what}-${code}-${width}`)
        const faults = [...(await faultsOf(page)), ...(await widerThan(page, other))]
        problems.push(...faults.map((fault) => `${what}: ${fault}`))
      }
      const press = (id: string) => page.getByRole('button', { name: say(id), exact: true }).click()
      await signInAs(page, demo, 'Sari Wening')
      await speak(page, language)
      await page.goto(`${demo.url}/more/set-up`)
      await press('access.go_on')
      const passphrase = (await page.locator('ol.passphrase li').allInnerTexts()).join(' ')
      await look('set-up/2')
      await press('access.written_down')
      await page.locator('input[name=repeated]').waitFor()
      await look('set-up/3')
      await page.locator('input[name=repeated]').fill(passphrase)
      await press('access.go_on')
      await page.locator('input[name=pin]').waitFor()
      await look('set-up/4')
      await press('access.no_pin')
      await page.getByRole('button', { name: say('access.no_pin'), exact: true }).waitFor({ state: 'detached' })
      await look('set-up/5')
      await press('access.go_on')
      await page.getByText(say('access.download_lead')).waitFor()
      await look('set-up/6')
      await page.locator('main button').first().click()
      await page.getByRole('heading', { name: say('access.set_up_done') }).waitFor({ timeout: 60_000 })
      await look('set-up/done')
      await page.goto(demo.url)
      await page.locator('input[name=passphrase]').waitFor()
      await look('unlock')
      expect(problems).toEqual([])
    } finally {
      await own.end()
    }
  }, 240_000)

  test('a letter behind its one-time link', async () => {
    const page = await device.page(1280)
    await signInAs(page, demo, 'Sari Wening')
    await speak(page, 'English')
    await goWithin(page, addressOf('/cases/$caseId/referral/$referralId', values))
    await page.getByRole('button', { name: /one-time link|new link/ }).click()
    const address = await page.locator('.link-once').innerText()
    const number = await page.locator('.number-told').innerText()
    await page.close()
    const reader = await device.page(width)
    const problems: string[] = []
    const look = async (what: string) => {
      await keepPicture(reader, `${what}-${code}-${width}`)
      problems.push(
        ...[...(await faultsOf(reader)), ...(await widerThan(reader, other))].map((fault) => `${what}: ${fault}`),
      )
    }
    await reader.goto(address.trim())
    await reader.locator('select').first().selectOption(code)
    await reader.getByText(say('letter.lead')).waitFor()
    await look('letter/number')
    await reader.locator('input[name=number]').fill(number.replaceAll(/\D/g, ''))
    await reader.getByRole('button', { name: say('letter.open'), exact: true }).click()
    await reader.getByRole('button', { name: say('letter.read_on'), exact: true }).waitFor()
    await look('letter/who-asks')
    await reader.getByRole('button', { name: say('letter.read_on'), exact: true }).click()
    await reader.getByRole('button', { name: say('letter.done'), exact: true }).waitFor()
    await look('letter/read')
    await reader.close()
    expect(problems).toEqual([])
  }, 120_000)
})

describe('on paper', () => {
  const TOLD = 'I carried the water up the hill'

  test('what was told of how a child came there stands nowhere, and no name; each page says whose it is and who printed it', async () => {
    const page = await device.page(1280)
    const own = await valuesOf(demo, 'Morning Rice')
    await signInAs(page, demo, 'Sari Wening')
    await speak(page, 'English')
    await loadAt(page, `${demo.url}/cases/${own.caseId}/circumstances/new`)
    await page.locator('input[name=saidBy]').first().check()
    const way = page.locator('input[name=circumstances]').first()
    await way.check()
    const wayText = (await way.locator('xpath=..').innerText()).trim()
    await page.locator('textarea[name=childSays]').fill(TOLD)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await saved(page, /^All sent/)
    await page.getByText(TOLD).waitFor()

    const problems: string[] = []
    for (const path of [
      '/cases/$caseId/circumstances',
      '/cases/$caseId',
      ...PRINTED.filter((one) => one.includes('$')),
    ]) {
      await goWithin(page, addressOf(path, own))
      // No panel has weighed anything for this child.
      if (path.endsWith('/$recordId')) continue
      if (PRINTED.includes(path) && (await page.getByRole('button', { name: 'Print', exact: true }).count()) !== 1)
        problems.push(`${path}: has no one button to print it`)
      const text = await onPaper(page)
      for (const never of [TOLD, wayText, 'Bayu', 'Hide screen', 'Print'])
        if (text.includes(never)) problems.push(`${path}: "${never}" is printed`)
      if (!/Confidential – Morning Rice – .* – printed by Sari Wening/.test(text)) problems.push(`${path}: has no head`)
    }
    await page.close()
    expect(problems).toEqual([])
  }, 300_000)
})

/** What would stand on paper: the page as the browser takes it when it has told that it prints. */
async function onPaper(page: Page): Promise<string> {
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  const text = await page.locator('body').innerText()
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  return text
}

async function speak(page: Page, language: string): Promise<void> {
  await page.goto(`${demo.url}/more/language`)
  await page.getByText(language, { exact: true }).first().click()
  await page.waitForFunction((name) => document.body.innerText.includes(name), language)
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name.replace(/[^\w-]+/g, '_')}.png`), fullPage: true })
}
