import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { PEOPLE } from '../../countries/demo/people.ts'
import { decideAccess } from '../features/access/decide-access.ts'
import { access } from '../features/access/feature.ts'
import { allocation } from '../features/allocation/feature.ts'
import { association } from '../features/association/feature.ts'
import { assessment } from '../features/assessment/feature.ts'
import { attachments } from '../features/attachments/feature.ts'
import { care } from '../features/care/feature.ts'
import { copies } from '../features/copies/feature.ts'
import { bestInterests } from '../features/best-interests/feature.ts'
import { cases } from '../features/cases/feature.ts'
import { closure } from '../features/closure/feature.ts'
import { family } from '../features/family/feature.ts'
import { conference } from '../features/conference/feature.ts'
import { justice } from '../features/justice/feature.ts'
import { notices } from '../features/notices/feature.ts'
import { phone } from '../features/phone/feature.ts'
import { referrals } from '../features/referrals/feature.ts'
import { reports } from '../features/reports/feature.ts'
import { services } from '../features/services/feature.ts'
import { signatures } from '../features/signatures/feature.ts'
import { supervision } from '../features/supervision/feature.ts'
import { work } from '../features/work/feature.ts'
import { startSession } from '../features/access/store.ts'
import { type Config, readConfig, StartError } from './config.ts'
import { listenForOperator } from './control-socket.ts'
import { readYaml } from './countries.ts'
import { drain } from './drain.ts'
import type { App } from './http.ts'
import { ImportMapping } from './import-mapping.ts'
import type { Machine } from './machine.ts'
import { makeOperator } from './operator.ts'
import { missingText } from './production-gate.ts'
import { fromMillis } from '../core/time.ts'
import { fillDemo } from './seed-demo.ts'
import { type Started, startMachine } from './start-machine.ts'
import { runJob, startTimer } from './timer.ts'
import { webIsBuilt } from './web-build.ts'
import { makeWholeApp } from './whole-app.ts'

/** The features of this server, one line each. */
export const FEATURES = [
  access,
  cases,
  work,
  signatures,
  supervision,
  bestInterests,
  closure,
  assessment,
  care,
  family,
  services,
  attachments,
  justice,
  reports,
  allocation,
  copies,
  referrals,
  association,
  conference,
  notices,
  phone,
]

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const root = projectRoot()
  // The door first: a port in use is told at once, and whoever knocks early waits until everything is open.
  let open: (app: App) => void = () => undefined
  const app = new Promise<App>((resolve) => (open = resolve))
  const server = await listen(config, async (request, env) => (await app).fetch(request, env))
  const started = await startMachine(
    config,
    { migrations: join(root, 'migrations'), countries: join(root, 'countries') },
    { decide: decideAccess, features: FEATURES },
  )
  const { machine, keyfile } = started
  // Before anything is told: a story that is broken off half way would not be told again.
  if (!(await webIsBuilt())) return giveUp(started)
  if (config.mode === 'demo') await fillDemo(machine, config.dataFolder, fromMillis(Date.now()))
  // What falls due is looked at once at the start, and from then on at its own pace.
  for (const job of FEATURES.flatMap((feature) => feature.jobs)) if (job.outside !== true) await runJob(machine, job)
  open(makeWholeApp(machine, join(root, 'dist', 'web')))
  const importers = {
    mapping: readYaml(join(root, 'countries', 'international', 'import.yaml'), ImportMapping).data,
    demoSession: (login: string) => demoSession(machine, login),
  }
  const closeSocket = await openOperatorDoor(config, makeOperator(machine, keyfile, importers))
  const stopTimer = startTimer(machine)

  const stop = () => {
    if (machine.stopping.asked) return
    machine.stopping.asked = true
    void drain(server.http)
      .then(() => Promise.all([stopTimer(), closeSocket()]))
      .then(() => started.close())
      .then(() => process.exit(0))
      .catch(lastResort(started))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('uncaughtException', lastResort(started))
  for (const line of welcome(started, server.port)) console.log(line)
}

async function giveUp({ close }: Started): Promise<never> {
  await close()
  throw new StartError('Kembali was not started, because its web app could not be built.')
}

/** Answers how to close it again. A demo whose folder's path is too long for a socket goes without. */
async function openOperatorDoor(config: Config, answer: ReturnType<typeof makeOperator>): Promise<() => Promise<void>> {
  try {
    return await listenForOperator(config.dataFolder, answer)
  } catch (error) {
    if (config.mode === 'demo' && error instanceof StartError) return () => Promise.resolve()
    throw error
  }
}

/** The session of one of the demo's people, by what she signs in with; null where there is no such person. */
async function demoSession(machine: Machine, login: string): Promise<string | null> {
  const person = PEOPLE.find((one) => one.login === login)
  return person === undefined ? null : startSession(machine.db, person.id, 'demo')
}

/** Listens, or ends with one sentence. */
function listen(config: Config, fetch: FetchCallback): Promise<{ http: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const http = serve({ fetch, port: config.port, hostname: config.host }, (info) =>
      resolve({ http, port: info.port }),
    ) as Server // plain http: TLS ends at the proxy before us
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new StartError(
          error.code === 'EADDRINUSE'
            ? `Port ${config.port} is in use. Set PORT to another one.`
            : `The server cannot listen on ${config.host}: ${error.code ?? error.name}.`,
        ),
      ),
    )
  })
}

type FetchCallback = Parameters<typeof serve>[0]['fetch']

function welcome({ machine, keyfile, pilot, lines: said }: Started, port: number): string[] {
  const { config } = machine
  const lines =
    config.mode === 'demo'
      ? [`\nKembali is ready: http://localhost:${port}\n`, THINGS_TO_TRY]
      : [`\nKembali listens on http://${config.host}:${port} for ${config.origin}.`]
  if (machine.pilot) {
    lines.push(`This is a pilot, and every page says so. ${missingText(pilot.missing)}`)
    if (pilot.acceptance !== null) lines.push(`Accepted by ${pilot.acceptance.by} on ${pilot.acceptance.on}.`)
  }
  if (keyfile !== null) lines.push('The keys are sealed: no file can be opened before "kembali unseal".')
  return [...lines, ...said]
}

const THINGS_TO_TRY =
  'A fictional country with fictional children. Three things to try:\n' +
  '  1. Sign in as Sari Wening, social worker: which limit passes next?\n' +
  '  2. Record that a child was detained this morning: the clocks of the law start.\n' +
  '  3. Sign in as Ibu Ratna, supervisor, and open the safeguard board.\n'

/** Nobody foresaw this: its kind is logged, never its words, and a fresh process is better than a doubtful one. */
function lastResort({ machine }: Started): (error: unknown) => void {
  return (error) => {
    machine.log.error('unexpected error, stopping', { code: error instanceof Error ? error.name : 'unknown' })
    process.exit(1)
  }
}

/** The folder that holds `migrations` and `countries`, from source and from `dist` alike. */
function projectRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return here.includes(join('dist', 'src')) ? join(here, '..', '..', '..') : join(here, '..', '..')
}

main().catch((error: unknown) => {
  if (error instanceof StartError) console.error(error.message)
  else console.error('Kembali could not start.', error)
  process.exit(1)
})
