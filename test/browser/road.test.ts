import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, filesWith, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { dayAndTime, saved, setUpPhone, signInAs } from './steps.ts'

// The road of one record in a real browser: a phone without signal, killed in between, and what others see of it.
const HOUR = 3_600_000
const WHERE = 'A post without signal'
let demo: Demo
let phone: Device
let desk: Device
let page: Page
let passphrase: string
let caseId: string

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  desk = await openDevice()
})
afterAll(async () => {
  await phone.end()
  await desk.end()
  await demo.end()
})

describe('a worker without signal records that a child was detained', () => {
  test('her phone is set up once, with a line', async () => {
    page = await phone.page()
    await signInAs(page, demo, 'Sari Wening')
    passphrase = await setUpPhone(page, demo)
    expect(passphrase.split(' ')).toHaveLength(6)
    await page.goto(`${demo.url}/cases`)
    await unlock()
    await page.getByText('Morning Rice').first().waitFor()
    const link = page.getByRole('link', { name: /Morning Rice/ }).first()
    caseId = /cases\/([0-9a-f-]{36})/.exec((await link.getAttribute('href')) ?? '')?.[1] ?? ''
    expect(caseId).not.toBe('')
  })

  test('the line is cut, and she records it all the same', async () => {
    await demo.stop()
    await page.goto(`${demo.url}/cases/${caseId}/contact`)
    await unlock()
    const detained = dayAndTime(Date.now() - 25 * HOUR, 'Asia/Makassar')
    const now = dayAndTime(Date.now() - 60_000, 'Asia/Makassar')
    await page.getByLabel('Detention', { exact: true }).check()
    await page.locator('input[name="at.day"]').fill(detained.day)
    await page.locator('input[name="at.time"]').fill(detained.time)
    await page.locator('select[name="authority"]').selectOption('police_other')
    await page.locator('input[name="known.day"]').fill(now.day)
    await page.locator('input[name="known.time"]').fill(now.time)
    await page.getByLabel(/^Who told us/).fill(WHERE)
    for (const unknown of await page.getByLabel('Not known yet').all()) await unknown.check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await saved(page, /1 not sent yet/)
  })

  test('the browser is killed; nothing of what was typed is on its disk, and nothing is lost', async () => {
    await phone.kill()
    expect(filesWith(phone.profile, [WHERE, passphrase])).toEqual([])
    await phone.open()
    page = await phone.page()
    await page.goto(`${demo.url}/cases/${caseId}/safeguards`)
    await page.getByLabel('Your passphrase').waitFor()
    expect(await page.title()).not.toMatch(/Kembali|Morning|Rice/)
    await unlock()
    await saved(page, /1 not sent yet/)
    await page.getByText('not shown to be met').first().waitFor()
  })

  test('the line is back, and what waited is sent', async () => {
    await demo.start()
    await page.reload()
    await unlock()
    // The session died with the browser: the files open without it, sending waits for her to sign in.
    await page.locator('.save').getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /^Sari Wening/ }).click()
    await saved(page, /^All sent/)
    const found = await demo.rows(`select count(*)::int as contacts from justice_contact where case_id = '${caseId}'`)
    expect(Number(found[0]?.contacts)).toBeGreaterThan(0)
  })

  test('her cookie, taken from the browser, fetches nothing anywhere else', async () => {
    const [own] = (await page.context().cookies()).filter(({ name }) => name === 'kembali')
    const answer = await fetch(`${demo.url}/api/pull`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-kembali': '1', cookie: `kembali=${own?.value}` },
      body: JSON.stringify({ device: crypto.randomUUID(), cursor: null }),
    })
    expect(answer.status).toBe(401)
    await saved(page, /^All sent/)
  })

  async function unlock(): Promise<void> {
    await page.getByLabel('Your passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.locator('nav.main').waitFor()
  }
})

describe('clock before file', () => {
  test('a child nobody knew has an alias and running clocks after four answers', async () => {
    const small = await desk.page(390)
    await signInAs(small, demo, 'Dedi Rahman')
    await small.locator('nav.main').getByRole('link', { name: 'Cases' }).click()
    await small.getByRole('link', { name: 'New case' }).click()
    const open = small.getByRole('button', { name: 'Open the case' })
    await open.click()
    // What is not on the page yet is not asked for.
    await small.getByRole('alert').waitFor()
    expect(await small.getByRole('alert').locator('li').count()).toBe(1)
    await small.getByLabel('Yes, the child is held').check()
    const { day, time } = dayAndTime(Date.now() - HOUR, 'Asia/Makassar')
    await small.locator('input[name="at.day"]').fill(day)
    await small.locator('input[name="at.time"]').fill(time)
    await small.locator('select[name="authority"]').selectOption('police_other')
    await small.locator('select[name="region"]').selectOption({ label: 'Teluk' })
    await open.click()
    await small.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await small.getByText(/^Held since/).waitFor()
    await small.getByText(/\d+ time left/).waitFor()
    await small.close()
  })

  test('before the first fetch no page says that nobody is held', async () => {
    const small = await desk.page(390)
    await small.route('**/api/pull', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2000))
      await route.continue()
    })
    await small.goto(`${demo.url}/safeguards`)
    await small.locator('main h1').first().waitFor()
    expect(await small.locator('main h1').innerText()).toBe('Safeguards')
    await small
      .locator('main h1')
      .filter({ hasText: /Children held now/ })
      .waitFor()
    await small.close()
  })
})

describe('what others see of it', () => {
  test('the supervisor’s board says which limit has passed, by alias', async () => {
    const board = await desk.page(1280)
    await signInAs(board, demo, 'Ibu Ratna')
    await board.goto(`${demo.url}/safeguards`)
    await board.getByRole('link', { name: 'Morning Rice' }).first().waitFor()
    expect(await board.locator('h1').innerText()).toMatch(/limits? (has |have )?passed/i)
    expect(await board.locator('main').innerText()).not.toContain(WHERE)
  })

  test('worker and supervisor are each reminded exactly once, in words that name nobody', async () => {
    // What falls due is looked at when the program starts, and every minute.
    await demo.stop()
    await demo.start()
    const notices = await demo.rows(
      `select person_id, about, stage, count(*)::int as times from notice where case_id = '${caseId}' group by 1, 2, 3`,
    )
    expect(notices.length).toBeGreaterThan(1)
    expect(new Set(notices.map((one) => one.times))).toEqual(new Set([1]))
  })

  test('the national officer sees a figure where enough children stand behind it, and no number where not', async () => {
    const figures = await desk.page(1280)
    await signInAs(figures, demo, 'Maya Salim')
    await figures.goto(`${demo.url}/figures`)
    await figures.getByRole('table').first().waitFor()
    const said = await figures.locator('main').innerText()
    expect(said).toMatch(/fewer than 10/i)
    expect(said).not.toMatch(/Morning Rice|Blue Heron/)
  })
})
