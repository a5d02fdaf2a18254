import { createServer, request, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../postgres.ts'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { saved, setUpPhone, signInAs } from './steps.ts'

// A newer version of the program has come while a worker is on the road: what her phone says of it without a line, and what stays.
const WORDS = 'he asks when the boat comes'
let demo: Demo
let line: Awaited<ReturnType<typeof aLine>>
let phone: Device
let page: Page
let passphrase: string

beforeAll(async () => {
  demo = await startDemo()
  line = await aLine(Number(new URL(demo.url).port))
  phone = await openDevice()
  page = await phone.page(320)
  const reached = { ...demo, url: line.url }
  await signInAs(page, reached, 'Sari Wening')
  passphrase = await setUpPhone(page, reached)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
})
afterAll(async () => {
  await phone.end()
  line.end()
  await demo.end()
})

describe('a newer version that waits on a phone without a line', () => {
  test('is offered and not forced, beside the words that she can go on', async () => {
    line.serveNewer()
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))
    await page.getByText('A newer version is ready.').waitFor()
    line.cut()
    await page.locator('nav.main').getByRole('link', { name: 'Cases' }).click()
    await page
      .getByRole('link', { name: /Morning Rice/ })
      .first()
      .click()
    await page.getByRole('link', { name: 'Add a note' }).first().click()
    await page.getByText('Call', { exact: true }).first().click()
    await page.locator('textarea[name=howIsTheChild]').fill(WORDS)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await saved(page, /^No connection · Saved on this device · 1 not sent yet$/)
    await page.getByText('A newer version is ready.').waitFor()
  })

  test('is taken with one tap without a line too: the phone opens with her passphrase, and nothing she wrote is lost', async () => {
    await page.getByRole('button', { name: 'Update now' }).click()
    await page.getByLabel('Your passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await saved(page, /^No connection · Saved on this device · 1 not sent yet$/)
    expect(await page.getByText('A newer version is ready.').count()).toBe(0)
    expect(await page.evaluate(() => caches.keys())).toEqual(['shell-newer'])
    line.mend()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await saved(page, /^All sent/)
  })
})

/** The line between a phone and its server: it can be cut, and at its other end a newer program can stand. */
async function aLine(to: number) {
  const port = await freePort()
  let isNewer = false
  const server: Server = createServer((asked, answer) => {
    const through = request(
      { host: '127.0.0.1', port: to, path: asked.url, method: asked.method, headers: asked.headers },
      (found) => {
        const { statusCode = 502, headers } = found
        if (!isNewer || asked.url !== '/service-worker.js') {
          answer.writeHead(statusCode, headers)
          return void found.pipe(answer)
        }
        const parts: Buffer[] = []
        found.on('data', (part: Buffer) => parts.push(part))
        found.on('end', () => {
          const { 'content-length': _, ...others } = headers
          answer.writeHead(statusCode, others)
          answer.end(
            Buffer.concat(parts)
              .toString('utf8')
              .replace(/^const VERSION="\w+"/, 'const VERSION="newer"'),
          )
        })
      },
    )
    through.on('error', () => answer.destroy())
    asked.pipe(through)
  })
  const mend = () => void server.listen(port, '127.0.0.1')
  const cut = () => {
    server.close()
    server.closeAllConnections()
  }
  mend()
  return { url: `http://localhost:${port}`, serveNewer: () => void (isNewer = true), cut, mend, end: cut }
}
