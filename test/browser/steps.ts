import type { Page } from 'playwright-core'
import type { Demo } from './program.ts'

/** Signs in as one of the demo's people, from the page that lists them. */
export async function signInAs(page: Page, demo: Demo, name: string): Promise<void> {
  await page.goto(`${demo.url}/sign-in`)
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await page.locator('nav.main').waitFor()
}

/** Sets this browser up as a phone that holds its owner's cases; answers the passphrase it was given. */
export async function setUpPhone(page: Page, demo: Demo): Promise<string> {
  await page.goto(`${demo.url}/more/set-up`)
  const goOn = page.getByRole('button', { name: 'Go on' })
  await goOn.click()
  const words = await page.locator('ol.passphrase li').allInnerTexts()
  const passphrase = words.join(' ')
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await page.getByLabel('Your passphrase').fill(passphrase)
  await goOn.click()
  await page.getByRole('button', { name: /^No PIN/ }).click()
  await page.getByRole('heading', { name: 'How “Hide screen” works' }).waitFor()
  await goOn.click()
  await page.getByRole('button', { name: /^(Download my|Set up this device)/ }).click()
  await page.getByRole('heading', { name: 'This device is ready' }).waitFor()
  await saved(page, /^All sent/)
  return passphrase
}

/** Waits until the one line that always tells says so. */
export async function saved(page: Page, says: RegExp): Promise<void> {
  await page.locator('.save [role=status]').filter({ hasText: says }).waitFor({ timeout: 90_000 })
}

/** A day and a time as the two pickers of a form take them, in the demo country's time zone. */
export function dayAndTime(millis: number, timeZone: string): { day: string; time: string } {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, hour12: false, ...options }).format(millis)
  return {
    day: format({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    time: format({ hour: '2-digit', minute: '2-digit' }).replace(/^24/, '00'),
  }
}
