import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valuesOf } from './all-screens.ts'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { loadAt, saying, signInAs } from './steps.ts'

// The home of a child's file on a phone: what is needed at once stands first and is short; the rest is one line that opens.
const LANGUAGES = { en: 'English', id: 'Bahasa Indonesia', dv: 'ދިވެހި' } as const

let demo: Demo
let device: Device

beforeAll(async () => {
  demo = await startDemo()
  device = await openDevice()
})
afterAll(async () => {
  await device.end()
  await demo.end()
})

describe('the home of a file, 320 pixels wide', () => {
  test.each(Object.entries(LANGUAGES))(
    'is short in %s, and begins with whether the child is safe',
    async (code, name) => {
      const page = await homeOf('Sari Wening', 'Orange Shell', name)
      // Thaana stands higher on its line, and a draft says above that it is one.
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(code === 'dv' ? 2100 : 2000)
      const top = (text: string) =>
        page
          .locator('main')
          .getByText(text, { exact: true })
          .first()
          .evaluate((element) => element.getBoundingClientRect().top + scrollY)
      const tops = await Promise.all(
        ['assessment.was_safe.yes', 'cases.next_step', 'cases.add_note', 'cases.path', 'care.strip'].map((id) =>
          top(saying(code, id)),
        ),
      )
      expect(tops).toEqual(tops.toSorted((a, b) => a - b))
      // The next step and the way to a note stand on the first two screens of a small phone.
      expect(tops[2]).toBeLessThan(1400)
      await page.close()
    },
  )

  test('what is folded opens from the keyboard, and says before that it is closed', async () => {
    const page = await homeOf('Sari Wening', 'Orange Shell', LANGUAGES.en)
    const plan = page.getByRole('link', { name: 'Notes and visits' })
    expect(await plan.count()).toBe(0)
    const summary = page.locator('details.fold > summary').filter({ hasText: 'Work with the child' })
    await summary.focus()
    await page.keyboard.press('Enter')
    await plan.waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Plan')
    await page.close()
  })

  test('whom to call about a child is called at a tap', async () => {
    const page = await homeOf('Sari Wening', 'Blue Heron', LANGUAGES.en)
    expect(await page.locator('main a[href^="tel:"]').first().isVisible()).toBe(true)
    await page.close()
  })
})

describe('who reads a part of a file finds no way to the others', () => {
  const CLOSED = ['people', 'tracing', 'notes', 'safeguards', 'circumstances', 'supervision', 'named-copy', 'close']
  test.each([
    ['a psychologist', 'Dr. Ayu Mira', 'Morning Rice'],
    ['a key worker', 'Nia Kartika', 'Amber Sparrow'],
  ])('%s', async (_who, name, alias) => {
    const page = await homeOf(name, alias, LANGUAGES.en)
    const ways = await page
      .locator('main a[href^="/cases/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('/').at(-1)))
    expect(ways).toContain('services')
    expect(ways.filter((way) => CLOSED.includes(way ?? ''))).toEqual([])
    await page.close()
  })

  test('and the child’s own worker finds all of them', async () => {
    const page = await homeOf('Sari Wening', 'Morning Rice', LANGUAGES.en)
    const ways = await page
      .locator('main a[href^="/cases/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('/').at(-1)))
    for (const way of CLOSED) expect(ways).toContain(way)
    await page.close()
  })
})

async function homeOf(name: string, alias: string, language: string): Promise<Page> {
  const page = await device.page(320)
  await page.context().clearCookies()
  await signInAs(page, demo, name)
  await page.goto(`${demo.url}/more/language`)
  await page.getByText(language, { exact: true }).first().click()
  await page.waitForFunction((text) => document.body.innerText.includes(text), language)
  const { caseId } = await valuesOf(demo, alias)
  await loadAt(page, `${demo.url}/cases/${caseId}`)
  return page
}
