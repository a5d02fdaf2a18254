import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serve } from '@hono/node-server'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstAdministratorLink } from '../../src/features/access/enrol-store.ts'
import { makeApp } from '../../src/server/http.ts'
import type { Machine } from '../../src/server/machine.ts'
import { coreRoutes } from '../../src/server/routes.ts'
import { staticFiles } from '../../src/server/static-files.ts'
import { freshMachine } from '../db.ts'
import { codeAt } from '../door.ts'
import { freePort } from '../postgres.ts'
import { findChromium } from './chromium.ts'

// The first day of a real deployment, in a real browser with a real passkey (Chromium's own authenticator for tests).
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PASSWORD = 'river lantern quiet seven'
let machine: Machine
let browser: Browser
let origin = ''
let stop: () => void = () => undefined

beforeAll(async () => {
  if (!existsSync('dist/web/index.html')) execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'pipe' })
  const port = await freePort()
  origin = `http://localhost:${port}`
  machine = await freshMachine({ mode: 'production', origin, port })
  const app = makeApp(machine)
  coreRoutes(app, machine)
  for (const feature of machine.features) feature.routes(app, machine)
  staticFiles(app, 'dist/web')
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  stop = () => void server.close()
  browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
}, 300_000)
afterAll(async () => {
  await browser?.close()
  stop()
})

/** A desk of its own, with an authenticator that verifies its person. */
async function aDesk(locale = 'en', keys = true): Promise<Page> {
  const page = await (await browser.newContext({ locale })).newPage()
  page.setDefaultTimeout(20_000)
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('WebAuthn.enable')
  if (keys)
    await protocol.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
  return page
}

/** What a screen must be at both widths: readable by a screen reader, and nothing wider than the phone. */
async function looksRight(page: Page): Promise<void> {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await page.evaluate(AXE)
    const found = await page.evaluate<{ id: string; at: string[] }[]>(
      `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then((found) => found.violations.map((one) => ({ id: one.id, at: one.nodes.map((node) => node.target.join(' ')) })))`,
    )
    expect([page.url(), found]).toEqual([page.url(), []])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  }
}

async function follow(page: Page, link: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Enters a person on the screens and gives her link; answers what was shown once. */
async function appoint(admin: Page, name: string, login: string, role: string): Promise<string> {
  await admin.goto(`${origin}/admin/people/new`)
  await admin.getByLabel('Full name').fill(name)
  await admin.getByLabel('Sign-in name').fill(login)
  await admin.getByLabel('Role').selectOption(role)
  await admin.getByRole('button', { name: 'Add' }).click()
  await admin.getByRole('button', { name: 'Give a link' }).click()
  return admin.locator('code.secret').innerText()
}

describe('on its first day a deployment', () => {
  test('is set up by its first administrator, who appoints, proves again, and signs out and in', async () => {
    const admin = await aDesk()
    await admin.goto(origin)
    await admin.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    expect(await admin.locator('main li').count()).toBe(0) // nobody is listed at the door
    await looksRight(admin)

    await follow(admin, (await firstAdministratorLink(machine)) ?? '')
    expect(admin.url()).toBe(`${origin}/enrol`) // the secret has left the address
    await looksRight(admin)
    await admin.getByLabel('Full name').fill('Ibu Pertama')
    await admin.getByLabel('Sign-in name').fill('ibu.pertama')
    await admin.getByLabel('Name of the office').fill('Responsible authority (fictional)')
    await admin.getByRole('button', { name: 'Go on' }).click()
    await admin.getByRole('button', { name: 'Make a passkey on this device' }).click()
    await admin.getByRole('heading', { name: 'Before the first case' }).waitFor()
    await looksRight(admin)

    await admin.goto(`${origin}/admin/offices`)
    await admin.getByRole('link', { name: 'New team' }).click()
    await admin.getByLabel('Name of the team').fill('First team')
    await admin.getByRole('button', { name: 'Add' }).click()
    await admin.getByText('First team').waitFor()
    const link = await appoint(admin, 'Ibu Kedua', 'ibu.kedua', 'supervisor')
    await looksRight(admin)
    for (const path of ['/admin/people', '/admin/offices/new', '/admin/changes', '/more/sign-ins']) {
      await admin.goto(`${origin}${path}`)
      await admin.getByRole('heading', { level: 1 }).waitFor()
      await looksRight(admin)
    }

    const supervisor = await aDesk('id')
    await follow(supervisor, link)
    await looksRight(supervisor)
    await supervisor.getByRole('button', { name: 'Buat kunci sandi di perangkat ini' }).click()
    await supervisor.getByRole('navigation').waitFor()
    // The link is used up: a second browser gets nothing from it.
    const thief = await aDesk()
    await follow(thief, link)
    await thief.getByText('This link is used up or too old').waitFor()

    // Six minutes later the same button asks the device for a fresh proof first.
    await machine.db.owner.script("update session set proved_at = proved_at - interval '6 minutes'")
    await appoint(admin, 'Ibu Ketiga', 'ibu.ketiga', 'dpo')
    await admin.goto(`${origin}/more`)
    await admin.getByRole('button', { name: 'Sign out' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await admin.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await admin.getByRole('heading', { name: 'People and offices' }).waitFor()
  }, 240_000)

  test('lets a worker without a passkey choose a password, and add a passkey later', async () => {
    const admin = await aDesk()
    // The second day: she signs in as on the first, from a desk that never saw her key, by a link of her own making.
    await machine.db.owner.script('begin; set local role k_owner; update app_user set enrolled_at = null; commit')
    await follow(admin, (await firstAdministratorLink(machine)) ?? '')
    await admin.getByRole('button', { name: 'Make a passkey on this device' }).click()
    await admin.getByRole('heading', { name: 'Before the first case' }).waitFor()
    const link = await appoint(admin, 'Sari Baru', 'sari.baru', 'case_worker')

    const worker = await aDesk('en')
    await follow(worker, link)
    await worker.getByRole('button', { name: 'Use a password and codes instead' }).click()
    const secret = (await worker.locator('code.secret').innerText()).replaceAll(' ', '')
    await looksRight(worker)
    await worker.getByLabel('Code from your authenticator app').fill(codeAt(secret, Date.now()))
    await worker.getByLabel('Choose a password').fill('short')
    await worker.getByRole('button', { name: 'Save and sign in' }).click()
    await worker.getByText('This password is too short').waitFor()
    await looksRight(worker)
    await worker.getByLabel('Choose a password').fill(PASSWORD)
    await worker.getByRole('button', { name: 'Save and sign in' }).click()
    await worker.getByRole('navigation').waitFor()
    await worker.goto(`${origin}/more/sign-ins`)
    await worker.getByRole('button', { name: 'Add a passkey' }).waitFor()
    await machine.db.owner.script("update session set proved_at = proved_at - interval '6 minutes'")
    await worker.getByRole('button', { name: 'Add a passkey' }).click()
    await worker.getByLabel('Password').fill(PASSWORD)
    await worker.getByLabel('Code from your authenticator app').fill(codeAt(secret, Date.now() + 30_000))
    await worker.getByRole('button', { name: 'Go on' }).click()
    await worker.getByRole('button', { name: 'Remove' }).waitFor()
    await looksRight(worker)
  }, 240_000)

  test('shows its door right to left', async () => {
    const desk = await aDesk('dv')
    await desk.goto(origin)
    await desk.getByRole('button').first().waitFor()
    await desk.locator('form').waitFor()
    expect(await desk.evaluate<string>('document.documentElement.dir')).toBe('rtl')
    await looksRight(desk)
  }, 60_000)
})
