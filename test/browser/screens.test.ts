import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, PATHS, seenBy, valuesOf } from './all-screens.ts'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { goWithin, loadAt, signInAs } from './steps.ts'

// Every screen of the app, in three languages and at two widths: readable by a screen reader, nothing cut off, no name
// in a title or an address. `KEMBALI_PICTURES=folder` keeps a picture of each.
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
  { language: 'English', code: 'en', width: 1280, byAddress: true },
  { language: 'Bahasa Indonesia', code: 'id', width: 320, byAddress: false },
  { language: 'ދިވެހި', code: 'dv', width: 320, byAddress: false },
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

describe.each(VIEWS)('in $language, $width pixels wide', ({ language, code, width, byAddress }) => {
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
        problems.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
        if (NOT_THERE.test(await page.locator('main h1').first().innerText()) && !MAY_BE_EMPTY.includes(path))
          problems.push(`${path}: says that nothing is there`)
      }
      await page.close()
      expect(problems).toEqual([])
    },
    600_000,
  )
})

async function speak(page: Page, language: string): Promise<void> {
  await page.goto(`${demo.url}/more/language`)
  await page.getByText(language, { exact: true }).first().click()
  await page.waitForFunction((name) => document.body.innerText.includes(name), language)
}

async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = []
  const shape = await page.evaluate(() => ({
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    main: document.querySelector('main')?.textContent ?? '',
  }))
  if (/Heron|Rice|River|Sari|Ratna|child|anak/i.test(shape.title)) faults.push(`the title says "${shape.title}"`)
  if (shape.headings !== 1) faults.push(`${shape.headings} first headings`)
  if (shape.wider > 0) faults.push(`${shape.wider} pixels wider than the screen`)
  const unspoken =
    /\b(access|association|cases|justice|referrals|reports|care|error|refused|save|way|time)\.[a-z_]+\b/.exec(
      shape.main,
    )
  if (unspoken !== null) faults.push(`an id instead of words: ${unspoken[0]}`)
  if (/Heron|Rice|Sari/.test(page.url())) faults.push(`a name in the address ${page.url()}`)
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> } } // put there a line above
    type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] }
    const found = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return found.violations.map((one) => `${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
  })
  return [...faults, ...violations]
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name.replace(/[^\w-]+/g, '_')}.png`), fullPage: true })
}
