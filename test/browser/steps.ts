import { readFileSync } from 'node:fs'
import type { Page, Request } from 'playwright-core'
import PO from 'pofile'
import type { Demo } from './program.ts'

/** Signs in as one of the demo's people, from the page that lists them. */
export async function signInAs(page: Page, demo: Demo, name: string): Promise<void> {
  await page.goto(`${demo.url}/sign-in`)
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await page.locator('nav.main').waitFor()
}

/** Sets this browser up as a phone that holds its owner's cases; answers the passphrase it was given. */
export async function setUpPhone(page: Page, demo: Demo, pin: string | null = null): Promise<string> {
  await page.goto(`${demo.url}/more/set-up`)
  const goOn = page.getByRole('button', { name: 'Go on' })
  await goOn.click()
  const words = await page.locator('ol.passphrase li').allInnerTexts()
  const passphrase = words.join(' ')
  await page.getByRole('button', { name: 'I have written them down' }).click()
  await page.getByLabel('Your passphrase').fill(passphrase)
  await goOn.click()
  if (pin === null) await page.getByRole('button', { name: /^No PIN/ }).click()
  else {
    await page.getByLabel('PIN').fill(pin)
    await goOn.click()
  }
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

/** Opens a section of a child's file, where it is folded. */
export async function unfold(page: Page, section: string): Promise<void> {
  const fold = page.locator('details.fold').filter({ has: page.getByRole('heading', { name: section, exact: true }) })
  await fold.waitFor()
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click()
}

/** Loads the program at an address, as somebody does who follows a bookmark. */
export async function loadAt(page: Page, address: string): Promise<void> {
  fetchedBy(page)
  await page.goto(address)
  await arrived(page)
}

/** Goes from one screen to another as a link of the app does; the program that is loaded stays. */
export async function goWithin(page: Page, path: string): Promise<void> {
  fetchedBy(page)
  await page.evaluate((to) => {
    if (location.pathname === to) return
    // The screen before stays until the next one is there: its heading is told from the new one.
    for (const heading of document.querySelectorAll('main h1')) heading.setAttribute('data-left', '')
    history.replaceState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await arrived(page)
}

/**
 * A screen has arrived when its heading stands, nothing is fetched any more, and nothing says that it waits; but for a screen
 * that goes on saying so when nothing is fetched, since nothing will come.
 */
export async function arrived(page: Page): Promise<void> {
  await page.locator('main h1:not([data-left])').first().waitFor()
  const fetched = fetchedBy(page)
  const last = Date.now() + 60_000
  const patience = Date.now() + 5_000
  for (let calm = 0; calm < 3; calm += 1) {
    if (Date.now() > last) throw new Error(`${page.url()} still fetches after a minute`)
    const isWaiting = await page.evaluate(async (waits) => {
      // After everything that was to be done for what has come.
      await new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 1000 })))
      return waits.some((text) => document.querySelector('main')?.innerText.includes(text))
    }, WAITS)
    if (fetched.size > 0 || (isWaiting && Date.now() < patience)) calm = -1
  }
}

/** What the program says for an id in a language; in English where a draft has no words of its own. */
export function saying(language: string, id: string): string {
  const find = (of: string) => CATALOGUES[of]?.items.find(({ msgid }) => msgid === id)?.msgstr[0] ?? ''
  return find(language) || find('en')
}

const LANGUAGES = ['en', 'id', 'ms', 'fil', 'dv']
const CATALOGUES = Object.fromEntries(
  LANGUAGES.map((language) => [language, PO.parse(readFileSync(`locales/${language}.po`, 'utf8'))]),
)

/** What a screen says while it waits for an answer, in every language. */
const WAITS = LANGUAGES.map((language) => saying(language, 'wait'))

const fetching = new WeakMap<Page, Set<Request>>()

/** What a page is fetching; known from the first time somebody asks. */
function fetchedBy(page: Page): Set<Request> {
  const known = fetching.get(page)
  if (known !== undefined) return known
  const now = new Set<Request>()
  fetching.set(page, now)
  page.on('request', (request) => now.add(request))
  page.on('requestfinished', (request) => now.delete(request))
  page.on('requestfailed', (request) => now.delete(request))
  return now
}
