import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox', // the tests may run as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
  '--lang=en-GB',
]

/** The system's Chromium, or null when there is none. */
export function findChromium(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(':')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

/** One phone or desk: a browser with a profile that outlives it, so that it can be killed and opened again. */
export type Device = {
  page: (width?: number) => Promise<Page>
  /** SIGKILL, as when a battery dies: nothing is saved on the way out. */
  kill: () => Promise<void>
  /** Opens the same profile again. */
  open: () => Promise<void>
  /** Everything the profile holds on disk. */
  profile: string
  /** Where its debugging protocol listens. */
  port: () => number
  end: () => Promise<void>
}

/** Opens Chromium on a profile of its own. */
export async function openDevice(): Promise<Device> {
  const found = findChromium()
  if (found === null) throw new Error('there is no Chromium on this computer')
  const path = found
  const profile = mkdtempSync(join(tmpdir(), 'kembali-chromium-'))
  let running: { child: ChildProcess; browser: Browser; port: number } = await begin()

  async function begin() {
    rmSync(join(profile, 'DevToolsActivePort'), { force: true })
    const child = spawn(path, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: 'ignore',
      detached: true,
    })
    const port = await debuggingPort(profile, child)
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    return { child, browser, port: Number(port) }
  }

  async function kill(): Promise<void> {
    const { child, browser } = running
    const gone = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
    })
    // The whole group: Chromium's helpers would go on writing to the profile for a moment.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    await gone
    await browser.close().catch(() => undefined) // it has no other end to say goodbye to
    for (const lock of ['SingletonLock', 'SingletonSocket', 'SingletonCookie'])
      rmSync(join(profile, lock), { force: true })
  }

  return {
    profile,
    port: () => running.port,
    kill,
    open: async () => {
      running = await begin()
    },
    page: async (width = 390) => {
      const [context] = running.browser.contexts()
      if (context === undefined) throw new Error('a browser has a window')
      const page = await context.newPage()
      await page.setViewportSize({ width, height: width < 800 ? 780 : 900 })
      page.setDefaultTimeout(15_000)
      return page
    },
    end: async () => {
      await kill()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function debuggingPort(profile: string, child: ChildProcess): Promise<string> {
  const file = join(profile, 'DevToolsActivePort')
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`Chromium ended with ${child.exitCode}`)
    if (existsSync(file)) {
      const [port = ''] = readFileSync(file, 'utf8').split('\n')
      if (port !== '') return port
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Chromium did not open')
}

/** Files of a folder that hold one of the texts, as UTF-8 or UTF-16. */
export function filesWith(folder: string, texts: string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
    const content = readFileSync(path)
    return needles.some((needle) => content.includes(needle))
  })
}
