import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A throw-away PostgreSQL cluster made from the system's own binaries; also when the tests run as root. */
export type Cluster = {
  /** Where it keeps its files: tables, write-ahead log, and its own log when one was asked for. */
  folder: string
  url: (database?: string) => string
  kill: (signal: NodeJS.Signals) => Promise<void>
  running: () => boolean
  start: () => Promise<void>
  stop: () => Promise<void>
}

/** The folder of the newest `initdb` and `postgres` on this computer, or null when there is none. */
export function findPostgres(): string | null {
  const base = '/usr/lib/postgresql'
  const installed = existsSync(base)
    ? readdirSync(base)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(base, version, 'bin'))
    : []
  const onPath = (process.env.PATH ?? '').split(':')
  return (
    [...installed, ...onPath].find(
      (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
    ) ?? null
  )
}

/** Makes a cluster in a temporary folder and starts it; `fsync` off is for tests of rules, on for tests of power and crash. */
export async function startCluster(options: {
  fsync: boolean
  log?: boolean
  checksums?: boolean
  /** Further settings of the server, `name=value`. */
  set?: readonly string[]
}): Promise<Cluster> {
  const bin = findPostgres()
  if (bin === null) throw new Error('there is no PostgreSQL on this computer')
  const folder = mkdtempSync(join(tmpdir(), 'kembali-postgres-'))
  const data = join(folder, 'data')
  const user = asUnprivileged()
  chmodSync(folder, 0o755)
  if (user !== null) chownSync(folder, user.uid, user.gid)
  const as = user === null ? {} : user
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'].concat(
      options.checksums === false ? [] : ['--data-checksums'],
    ),
    { stdio: 'pipe', ...as },
  )
  const port = await freePort()
  const settings = [
    '-p',
    String(port),
    '-k',
    folder,
    '-h',
    '127.0.0.1',
    '-c',
    `fsync=${options.fsync ? 'on' : 'off'}`,
    '-c',
    'max_connections=60',
    '-c',
    'log_parameter_max_length=0',
    ...(options.set ?? []).flatMap((setting) => ['-c', setting]),
  ]
  let server: ChildProcess
  async function start(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      // After a kill its last children still hold its memory for a moment: a start that was refused is tried again.
      if (attempt === 0 || !running()) server = spawnServer()
      try {
        execFileSync(join(bin ?? '', 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'pipe' })
        if (running()) return
      } catch {
        // not yet
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the throw-away PostgreSQL did not start')
  }
  function spawnServer(): ChildProcess {
    const log = options.log === true ? openSync(join(folder, 'postgres.log'), 'a') : 'ignore'
    const child = spawn(join(bin ?? '', 'postgres'), ['-D', data, ...settings], { stdio: ['ignore', log, log], ...as })
    if (typeof log === 'number') closeSync(log)
    return child
  }
  const running = () => server.exitCode === null && server.signalCode === null
  function kill(signal: NodeJS.Signals): Promise<void> {
    return new Promise((resolve) => {
      if (!running()) return resolve()
      server.once('exit', () => resolve())
      server.kill(signal)
    })
  }
  await start()
  return {
    folder,
    url: (database = 'postgres') => `postgres://postgres@127.0.0.1:${port}/${database}`,
    start,
    kill,
    running,
    stop: async () => {
      await kill('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`, the user every system has. */
function asUnprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const [, , uid, gid] = execFileSync('getent', ['passwd', 'nobody'], { encoding: 'utf8' }).split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/**
 * A port nobody listens on, below those a system gives out by itself: no connection of a run beside this one takes it while a
 * program is started, or started again.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(15_000, 30_000)
  return (await isFree(port)) ? port : freePort()
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
