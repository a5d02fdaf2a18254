import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { parse } from 'yaml'
import { makeBuilt, makeReady, makeTools } from './ready.mjs'

// `npm run pictures` takes every picture of `docs/screens.md` from the running demo, and writes that page; with names of screens
// behind `--`, only those.
const ONLY = process.argv.slice(2)
const PARTS = parse(readFileSync('scripts/screens-shown.yaml', 'utf8'))
const SCREENS = PARTS.flatMap(({ screens }) => screens)
const TO = 'docs/pictures/screens'
const LANGUAGES = { en: 'English', id: 'Bahasa Indonesia', dv: 'ދިވެހި' }
const IN = { en: 'English', id: 'Indonesian', dv: 'Dhivehi' }
const PHONE = 320
const DESK = 1280
const HIGHEST = { [PHONE]: 900, [DESK]: 860 }

makeReady()
makeBuilt()
await makeTools()
const { startProgram } = await import('../dist/tools/test/security/program.js')

const folder = mkdtempSync(join(tmpdir(), 'kembali-pictures-'))
const port = await freePort()
const url = `http://localhost:${port}`
const program = await startProgram(
  { KEMBALI_DATA: join(folder, 'data'), KEMBALI_LOG: 'warn' },
  port,
  join(folder, 'program.log'),
)
const browser = await chromium.launch({
  executablePath: (process.env.PATH ?? '')
    .split(':')
    .flatMap((bin) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(bin, name)))
    .find((path) => existsSync(path)),
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--lang=en-GB'],
})
try {
  if (ONLY.length === 0) rmSync(TO, { recursive: true, force: true })
  mkdirSync(TO, { recursive: true })
  for (const who of new Set(SCREENS.filter(isTaken).map((screen) => screen.by))) await takeAll(who)
  if (SCREENS.some((screen) => isTaken(screen) && screen.path === undefined)) await takeDoors()
  writeFileSync('docs/screens.md', pageOf())
} finally {
  await browser.close()
  await program.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

function isTaken({ name }) {
  return ONLY.length === 0 || ONLY.includes(name)
}

/** All pictures of what one person sees, in each language she is shown in. */
async function takeAll(who) {
  const own = SCREENS.filter((screen) => screen.by === who && screen.path !== undefined && isTaken(screen))
  const page = await signedIn(who)
  for (const language of Object.keys(LANGUAGES)) {
    const shown = own.filter((screen) => languagesOf(screen).includes(language))
    if (shown.length === 0) continue
    await speak(page, language)
    for (const screen of shown) {
      const path = await addressOf(screen)
      for (const width of [PHONE, DESK]) {
        await page.setViewportSize({ width, height: HIGHEST[width] })
        await page.goto(`${url}${path}`)
        await calm(page)
        await take(page, screen, language, width)
      }
    }
  }
  await page.context().close()
}

/** What stands before somebody has signed in, or while a phone is locked: the way there is the picture. */
async function takeDoors() {
  const doors = Object.fromEntries(SCREENS.filter(({ path }) => path === undefined).map((one) => [one.name, one]))
  const both = async (page, screen) => {
    for (const width of [DESK, PHONE]) {
      await page.setViewportSize({ width, height: HIGHEST[width] })
      await page.waitForTimeout(200)
      await take(page, screen, 'en', width)
    }
  }
  const phone = await signedIn('Sari Wening')
  await speak(phone, 'en')
  await phone.goto(`${url}/more/set-up`)
  const goOn = phone.getByRole('button', { name: 'Go on' })
  await goOn.click()
  const passphrase = (await phone.locator('ol.passphrase li').allInnerTexts()).join(' ')
  await both(phone, doors['set-up'])
  await phone.getByRole('button', { name: 'I have written them down' }).click()
  await phone.getByLabel('Your passphrase').fill(passphrase)
  await goOn.click()
  await phone.getByRole('button', { name: /^No PIN/ }).click()
  await phone.getByRole('heading', { name: /^How/ }).waitFor()
  await goOn.click()
  await phone.getByRole('button', { name: /^(Download my|Set up this device)/ }).click()
  await phone.getByRole('heading', { name: 'This device is ready' }).waitFor({ timeout: 60_000 })
  await phone.goto(url)
  await phone.getByLabel('Your passphrase').waitFor()
  await both(phone, doors.unlock)
  await phone.goto(`${url}/jot`)
  await calm(phone)
  await both(phone, doors.jot)
  await phone.context().close()

  const worker = await signedIn('Sari Wening')
  await worker.goto(`${url}${await addressOf({ path: '/cases/$case/referral/$referral', of: 'Blue Heron' })}`)
  await worker.getByRole('button', { name: /one-time link|another link/i }).click()
  const address = (await worker.locator('.link-once').innerText()).trim()
  const number = (await worker.locator('.number-told').innerText()).trim()
  const reader = await (await browser.newContext()).newPage()
  await reader.goto(address)
  await reader.locator('input[name=number]').fill(number)
  await reader.locator('main form button').last().click()
  await reader.locator('.letter').waitFor()
  await both(reader, doors['letter-received'])
  await worker.context().close()
}

async function signedIn(who) {
  const context = await browser.newContext({ viewport: { width: DESK, height: HIGHEST[DESK] }, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${url}/sign-in`)
  await page.getByRole('button', { name: new RegExp(`^${who.replace('.', '\\.')}`) }).click()
  await page.locator('nav.main').waitFor()
  return page
}

async function speak(page, language) {
  await page.goto(`${url}/more/language`)
  await page.getByText(LANGUAGES[language], { exact: true }).first().click()
  await page.waitForFunction((lang) => document.documentElement.lang === lang, language)
  await page.waitForTimeout(500)
}

/** Nothing is fetched any more, and the page says of nothing that it waits. */
async function calm(page) {
  await page.locator('main h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(400)
}

async function take(page, { name }, language, width) {
  const high = await page.evaluate(() => document.querySelector('.frame')?.scrollHeight ?? document.body.scrollHeight)
  await page.setViewportSize({ width, height: Math.max(560, Math.min(high, HIGHEST[width])) })
  await page.evaluate(() => document.activeElement?.blur())
  const picture = await page.screenshot({ animations: 'disabled' })
  await sharp(picture)
    .webp({ quality: 40, effort: 6, smartSubsample: true })
    .toFile(join(TO, fileOf(name, language, width)))
}

function fileOf(name, language, width) {
  return `${name}-${language}-${width}.webp`
}

function languagesOf({ also = [] }) {
  return ['en', ...also]
}

/** Fills an address with the ids of one case, one office and one worker of the demo. */
async function addressOf({ path, of }) {
  if (!path.includes('$')) return path
  const [found = { id: '' }] = await ask(`select id from child_case where alias = '${of}'`)
  const tables = {
    office: `organisation where name like 'Teluk District%'`,
    person: `app_user where name = 'Sari Wening'`,
    record: `best_interests_record where case_id = '${found.id}' and kind = 'bid'`,
    conference: `case_conference where case_id = '${found.id}' order by at desc`,
    signature: `second_signature where case_id = '${found.id}' and act = 'urgent_protection'`,
    referral: `referral where case_id = '${found.id}'`,
  }
  let filled = path.replace('$case', found.id)
  for (const [name, from] of Object.entries(tables)) {
    if (!filled.includes(`$${name}`)) continue
    const [row] = await ask(`select id from ${from} limit 1`)
    filled = filled.replace(`$${name}`, row.id)
  }
  return filled
}

function ask(text) {
  return program.ask({ role: 'k_owner', text, params: [], token: null })
}

function pageOf() {
  const one = (screen) => {
    const picture = (language, width, shown) =>
      `<img src="pictures/screens/${fileOf(screen.name, language, width)}" width="${shown}" alt="${screen.title}, ${width} pixels wide, in ${IN[language]}">`
    const also = (screen.also ?? []).map((language) => picture(language, PHONE, 230)).join('\n')
    return `### ${screen.title}\n\n${screen.says}\n\n${picture('en', DESK, 620)}\n${picture('en', PHONE, 230)}\n${also}`.trimEnd()
  }
  return `# The screens

Pictures of the running demo, 1280 and 320 pixels wide; some in Indonesian, and in Dhivehi, which runs from right to left and is a
draft that waits for native readers. Every child and every person in them is made up. \`npm run pictures\` takes
them anew and writes this page.

${PARTS.map(({ part, screens }) => `## ${part}\n\n${screens.map(one).join('\n\n')}`).join('\n\n')}
`
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => done(free))
    })
  })
}
