import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { dayAndTime, goWithin, saved, setUpPhone, signInAs, unfold } from './steps.ts'

// An office of one worker and nobody who could sign: two people put a supervisor of the province above it, she is called, and what
// the worker was told on the telephone reaches her beside the one request she reads.
const OFFICE = 'Teluk East Child Protection (fictional)'
const PROVINCE = 'Provincial Child Protection Directorate (fictional)'
const ACT = 'Share where consent could not be asked'
const DAY = 86_400_000
const WHY = 'His place at school is lost on Monday'
const WORDS = 'she heard me out, and agrees that the school is told'
let demo: Demo
let phone: Device
let desk: Device
let worker: Page
let caseId: string

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  desk = await openDevice()
  worker = await phone.page(320)
  await signInAs(worker, demo, 'Rima Sela')
  await setUpPhone(worker, demo)
})
afterAll(async () => {
  await phone.end()
  await desk.end()
  await demo.end()
})

/** The same desk, and the next person at it. */
async function atDesk(name: string): Promise<Page> {
  const page = await desk.page(1280)
  await page.context().clearCookies()
  await signInAs(page, demo, name)
  return page
}

describe('an office with nobody who could sign', () => {
  test('is given somebody of the province: one administrator asks, and she alone cannot say yes', async () => {
    const page = await atDesk('Tirta Laksana')
    await page.locator('main a[href="/admin/offices"]').click()
    const card = page.locator('main li.card').filter({ has: page.getByRole('heading', { name: OFFICE }) })
    await card.getByRole('link', { name: 'Who signs above this office' }).click()
    await page.getByText('Nobody stands above this office yet.').waitFor()
    await page.locator('select[name=personId]').selectOption({ label: `Ibu Melati · ${PROVINCE}` })
    await page.locator('input[name=untilOn]').fill(dayAndTime(Date.now() + 30 * DAY, 'Asia/Makassar').day)
    await page.getByRole('button', { name: 'Ask a second person' }).click()
    await page.getByText('This waits until a second person confirms it.').waitFor()
    await page.locator('main li.card').filter({ hasText: 'Waits for a second person' }).waitFor()
    await page.locator('nav.main a').first().click()
    await page.getByText(`Ibu Melati signs above ${OFFICE}`).waitFor()
    await page.getByRole('button', { name: 'Take it back' }).waitFor()
    expect(await page.getByRole('button', { name: 'Confirm' }).count()).toBe(0)
    await page.close()
  })

  test('and the data protection officer says yes', async () => {
    const page = await atDesk('Hana Wardi')
    await goWithin(page, '/admin')
    await page.getByText(`Ibu Melati signs above ${OFFICE}`).waitFor()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('Done.').waitFor()
    await page.getByText('Waits for a second person').waitFor({ state: 'detached' })
    await page.close()
  })
})

describe('a worker who needs a signature', () => {
  test('sees at once who was called above her office, and her work number', async () => {
    await worker.locator('nav.main').getByRole('link', { name: 'Cases' }).click()
    await worker.locator('main a[href^="/cases/"]:not([href$="/new"])').first().click()
    await worker.getByRole('link', { name: 'Who may see this' }).waitFor()
    caseId = new URL(worker.url()).pathname.split('/').at(-1) ?? ''
    await goWithin(worker, `/cases/${caseId}/timeline`)
    await worker.getByText('Hearing before a judge or court').first().waitFor()
    await goWithin(worker, `/cases/${caseId}/consent/basis`)
    await worker.locator('input[name=notAsked]').first().check()
    await worker.locator('select[name=purpose]').selectOption('referral_specific')
    await worker.locator('select[name=recipient]').selectOption('school_focal')
    await worker.locator('input[name=basis]').first().check()
    await worker.locator('textarea[name=bestInterests]').fill(WHY)
    await worker.getByRole('button', { name: 'Ask for the signature' }).click()
    await worker.waitForURL(/\/consent$/)
    await saved(worker, /^All sent/)
    await goWithin(worker, `/cases/${caseId}`)
    await unfold(worker, 'Second signatures')
    await worker.getByRole('link', { name: ACT }).click()
    await worker.getByRole('link', { name: 'Call +62 21 555 0117' }).waitFor()
    await worker.getByText(/^Can read it since/).waitFor()
  })

  test('writes down without a line what was said on the call; it is sent later, and is no signature', async () => {
    await demo.stop()
    await worker.getByRole('link', { name: 'Write down a call' }).click()
    await worker.getByLabel(/^Ibu Melati/).check()
    await worker.getByLabel('Agreed', { exact: true }).check()
    await worker.locator('textarea[name=words]').fill(WORDS)
    await worker.getByRole('button', { name: 'Save', exact: true }).click()
    await worker.getByText(WORDS).waitFor()
    await saved(worker, /1 not sent yet/)
    await worker.getByText('Waits for a second signature').waitFor()
    await demo.start()
    await saved(worker, /^All sent/)
    await worker.getByText(/written down by Rima Sela/).waitFor()
    await worker.getByText('Waits for a second signature').waitFor()
  })
})

describe('whoever was called', () => {
  test('has this one request, with what was said and whom it opens the file to, and nothing else of the child', async () => {
    const page = await atDesk('Ibu Melati')
    await goWithin(page, '/cases')
    await page.getByText('No case', { exact: true }).waitFor()
    await goWithin(page, `/cases/${caseId}/timeline`)
    await page.getByText('A signature was asked for telling somebody without consent').waitFor()
    expect(await page.locator('main').innerText()).not.toContain('Hearing before a judge')
    await goWithin(page, '/approvals')
    expect(await page.locator('main li.task').count()).toBe(1)
    await page.getByText('On the telephone: Agreed. No signature yet.').waitFor()
    await page.getByRole('link', { name: ACT }).click()
    await page.getByText(WHY).waitFor()
    await page.getByText(WORDS).waitFor()
    await page.getByRole('link', { name: 'Read what it is about' }).click()
    await page.getByText('School or training').waitFor()
    await page.close()
  })

  test('signs, and the worker reads that she may tell the school', async () => {
    const page = await atDesk('Ibu Melati')
    await goWithin(page, '/approvals')
    await page.getByRole('link', { name: ACT }).click()
    await page.getByLabel('I have read it and sign').check()
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByText('Nothing waits for you.').waitFor()
    await page.close()
    await worker.evaluate(() => window.dispatchEvent(new Event('online')))
    await worker.getByText(/^Signed by Ibu Melati/).waitFor()
    await goWithin(worker, `/cases/${caseId}/referral/new`)
    expect(await worker.locator('select[name=ground] option').allInnerTexts()).toContainEqual(
      expect.stringContaining('School or training'),
    )
  })
})
