import { execFileSync, type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json, from source and from `dist/tools` alike. */
export const ROOT = rootOf(dirname(fileURLToPath(import.meta.url)))

function rootOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder))
}

const MAIN = join(ROOT, 'dist', 'src', 'server', 'main.js')

/** Builds the server when a source is newer than what was built: the harness tests what would be deployed. */
export function buildProgram(): void {
  // A run beside this one may be using what is built: who started both built it, and it stays as it is until they end.
  if (process.env.KEMBALI_BUILT === 'yes') return
  const sources = Math.max(...['src', 'countries'].map((path) => newest(join(ROOT, path))))
  if (existsSync(MAIN) && sources <= statSync(MAIN).mtimeMs) return
  execFileSync(process.execPath, ['scripts/server-code.mjs'], { cwd: ROOT, stdio: 'inherit' })
}

function newest(path: string): number {
  const found = statSync(path)
  return found.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name)))) : found.mtimeMs
}

export type Row = Record<string, unknown>
export type Question = { role: string | null; text: string; params: unknown[]; token: string | null }

/** A program that ended before it was ready: its last words and its exit code. */
export class NotStarted extends Error {
  readonly exitCode: number | null
  constructor(said: string, exitCode: number | null) {
    super(said)
    this.exitCode = exitCode
  }
}

export type Program = {
  /** Asks the one PGlite session inside the program; on PostgreSQL ask the database itself. */
  ask: (question: Question | { script: string }) => Promise<Row[]>
  kill: (signal: NodeJS.Signals) => Promise<void>
  running: () => boolean
}

/** Starts the built program as a process of its own; resolves when it answers, throws NotStarted when it ends before. */
export async function startProgram(env: Record<string, string>, port: number, logFile: string): Promise<Program> {
  const log = openSync(logFile, 'a')
  const from = statSync(logFile).size
  const door = env.DATABASE_URL === undefined ? ['--import', join(ROOT, 'test', 'security', 'pglite-door.mjs')] : []
  const child = spawn(process.execPath, [...door, MAIN], {
    env: { PATH: process.env.PATH ?? '', ...env, PORT: String(port) },
    cwd: ROOT,
    stdio: ['ignore', log, log, 'ipc'],
    serialization: 'advanced',
  })
  closeSync(log)
  await answersOn(port, child, () => readFileSync(logFile).subarray(from).toString('utf8').trim())
  const waiting = new Map<number, { resolve: (rows: Row[]) => void; reject: (error: Error) => void }>()
  child.on('message', (message) => {
    const { id, rows, error } = message as { id: number; rows?: Row[]; error?: { message: string; code: string } } // our own door
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(rows ?? [])
    else asked?.reject(Object.assign(new Error(error.message), { code: error.code }))
  })
  child.once('exit', () => waiting.forEach(({ reject }) => reject(new Error('the program ended'))))
  const running = () => child.exitCode === null && child.signalCode === null
  let asked = 0
  return {
    running,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (!running()) return reject(new Error('the program is not running'))
        asked += 1
        waiting.set(asked, { resolve, reject })
        child.send({ id: asked, ...question })
      }),
    kill: (signal) =>
      new Promise((resolve) => {
        if (!running()) return resolve()
        child.once('exit', () => resolve())
        child.kill(signal)
      }),
  }
}

async function answersOn(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 2400; attempt += 1) {
    if (child.exitCode !== null || child.signalCode !== null) throw new NotStarted(said(), child.exitCode)
    try {
      if ((await fetch(`http://127.0.0.1:${port}/livez`)).ok) return
    } catch {
      // not yet
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  child.kill('SIGKILL')
  throw new NotStarted(`the program did not answer within a minute: ${said()}`, null)
}
