import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valuesOf } from './all-screens.ts'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { goWithin, loadAt, signInAs } from './steps.ts'

// A letter goes out by a link, and its number another way: a worker on her phone, and somebody without an account who answers her.
const OPEN = 'Read what you are told of the child'
let demo: Demo
let phone: Device
let outside: Device
let worker: Page
let reader: Page
let letter: string
let address: string
let number: string

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  outside = await openDevice()
  const { caseId, referralId } = await valuesOf(demo, 'Blue Heron')
  letter = `/cases/${caseId}/referral/${referralId}`
  worker = await phone.page(320)
  await worker.addInitScript(keepWhatGoesOut)
  await signInAs(worker, demo, 'Sari Wening')
  reader = await outside.page(320)
})
afterAll(async () => {
  await phone.end()
  await outside.end()
  await demo.end()
})

/** In place of the phone's own sheet and clipboard. */
function keepWhatGoesOut(): void {
  const sent: string[] = []
  Object.assign(window, { sent })
  Object.assign(navigator, { share: async (what: unknown) => void sent.push(JSON.stringify(what)) })
  Object.assign(navigator.clipboard, { writeText: async (what: string) => void sent.push(what) })
}
const digits = (text: string) => text.replaceAll(/\D/g, '')

describe('a link to a letter', () => {
  test('is shared and copied alone: its number stands beside it on the page and in neither', async () => {
    await goWithin(worker, letter)
    await worker.getByRole('button', { name: 'Make a one-time link' }).click()
    address = (await worker.locator('.link-once').innerText()).trim()
    number = await worker.locator('.number-told').innerText()
    expect(digits(number)).toMatch(/^\d{6}$/)
    await worker.getByRole('button', { name: 'Share the link' }).click()
    await worker.getByRole('button', { name: 'Copy the link' }).click()
    await worker.getByText('Copied: the link alone.').waitFor()
    const sent = await worker.evaluate(() => (window as unknown as { sent: string[] }).sent) // put there above
    expect(sent).toEqual([JSON.stringify({ url: address }), address])
    for (const out of [address, ...sent]) for (const told of [number, digits(number)]) expect(out).not.toContain(told)
  })

  test('is on no paper, and shown once: who comes back to the page finds neither', async () => {
    await worker.emulateMedia({ media: 'print' })
    expect(await worker.locator('body').innerText()).not.toMatch(new RegExp(`letter#|${number}`))
    await worker.emulateMedia({ media: 'screen' })
    await goWithin(worker, letter.replace(/\/referral.*/, '/referrals'))
    await goWithin(worker, letter)
    await worker.getByText(/^The link was not opened yet/).waitFor()
    expect(await worker.locator('body').innerText()).not.toMatch(new RegExp(`letter#|${number}`))
  })
})

describe('whoever gets it', () => {
  test('reads nothing without the number, which she is told by voice', async () => {
    await reader.goto(address)
    await reader.getByText('Somebody asks for your help for a child.').waitFor()
    // The secret has left the address: a history or a screenshot would keep it.
    expect(new URL(reader.url()).hash).toBe('')
    await type(digits(number) === '000000' ? '000001' : '000000')
    await reader.getByText('That is not the number.').first().waitFor()
    expect(await reader.getByText('We ask for help').count()).toBe(0)
  })

  test('reads who asks, then what is told of the child, and answers', async () => {
    await type(number)
    await reader.getByRole('button', { name: OPEN }).click()
    await reader.getByText('Because: So that you ask for the right child').waitFor()
    await reader.getByRole('button', { name: 'We can help' }).click()
    await reader.getByText('Your answer was passed on. Thank you.').waitFor()
    await reader.getByRole('button', { name: 'I have read it' }).click()
    await reader.getByText('The link is closed now.').waitFor()
    // What the page said of a link that is open is said no longer.
    expect(await reader.getByText('You can read this until you say').count()).toBe(0)
  })

  test('opens it no second time, and her answer stands on the worker’s page', async () => {
    await reader.goto('about:blank')
    await reader.goto(address)
    await type(number)
    await reader.getByText('This letter was read to its end, and the link is closed.').waitFor()
    await loadAt(worker, `${demo.url}${letter}`)
    await worker.getByText(/^They accept, .* through the link$/).waitFor()
    await worker.getByText('The letter was read to its end.').waitFor()
  })

  async function type(told: string): Promise<void> {
    await reader.locator('input[name=number]').fill(told)
    await reader.getByRole('button', { name: 'Open the letter' }).click()
  }
})
