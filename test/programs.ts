import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './postgres.ts'

/** The built programs, started as an operator starts them: own process, own settings, nothing shared with the tests. */

export function aFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kembali-program-'))
}

export type Settings = Record<string, string>

export type Ended = { code: number | null; out: string; err: string }

/** Runs a program to its end, its stdin fed line by line as it asks. */
export async function runToEnd(
  program: Program,
  settings: Settings,
  lines: string[] | Talk = [],
  folder = process.cwd(),
): Promise<Ended> {
  const child = begin(program, settings, folder)
  const heard = listen(child)
  if (Array.isArray(lines)) child.stdin?.end(lines.map((line) => `${line}\n`).join(''))
  else await lines((line) => child.stdin?.write(`${line}\n`), heard)
  const code = await exitOf(child)
  return { code, out: heard.out(), err: heard.err() }
}

export type Talk = (type: (line: string) => void, heard: Heard) => Promise<void>
export type Heard = { out: () => string; err: () => string; until: (text: RegExp) => Promise<void> }
export type Program = readonly string[]

export const SERVER: Program = ['dist/src/server/main.js']
export const kembali = (...words: string[]): Program => ['dist/src/server/cli.js', ...words]

export type Running = {
  base: string
  heard: Heard
  child: ChildProcess
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Starts the server and waits until it answers. */
export async function startServer(settings: Settings): Promise<Running> {
  const port = settings.PORT ?? String(await freePort())
  const child = begin(SERVER, { PORT: port, ...settings })
  const heard = listen(child)
  const base = `http://127.0.0.1:${port}`
  const running = {
    base,
    heard,
    child,
    stop: async (signal: NodeJS.Signals = 'SIGTERM') => {
      child.kill(signal)
      return exitOf(child)
    },
  }
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${heard.err()}`)
    if (
      await fetch(`${base}/livez`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await heard.until(/Kembali (is ready|listens)[^]*\n/)
  return running
}

function begin(program: Program, settings: Settings, folder = process.cwd()): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(KEMBALI_|DATABASE_URL|PORT$|HOST$)/.test(name)),
  )
  return spawn(process.execPath, [...program], { cwd: folder, env: { ...env, ...settings }, stdio: 'pipe' })
}

function listen(child: ChildProcess): Heard {
  let [out, err] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  return {
    out: () => out,
    err: () => err,
    until: async (text) => {
      while (!text.test(out + err) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20))
    },
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', (code) => resolve(code)))
}
