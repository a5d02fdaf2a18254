import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { decideAccess } from '../features/access/decide-access.ts'
import { access } from '../features/access/feature.ts'
import { care } from '../features/care/feature.ts'
import { cases } from '../features/cases/feature.ts'
import { justice } from '../features/justice/feature.ts'
import { reports } from '../features/reports/feature.ts'
import { readConfig, StartError } from './config.ts'
import { makeApp } from './http.ts'
import { coreRoutes } from './routes.ts'
import { seedDemo } from './seed-demo.ts'
import { startMachine } from './start-machine.ts'
import { staticFiles } from './static-files.ts'
import { runJob, startTimer } from './timer.ts'

/** The features of this server, one line each. */
export const FEATURES = [access, cases, care, justice, reports]

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const root = projectRoot()
  const machine = await startMachine(
    config,
    { migrations: join(root, 'migrations'), countries: join(root, 'countries') },
    { decide: decideAccess, features: FEATURES },
  )
  if (config.mode === 'demo') await seedDemo(machine)
  // What falls due is looked at once at the start, and from then on at its own pace.
  for (const job of FEATURES.flatMap((feature) => feature.jobs)) await runJob(machine, job)
  const app = makeApp(machine)
  coreRoutes(app, machine)
  for (const feature of FEATURES) feature.routes(app, machine)
  staticFiles(app, join(root, 'dist', 'web'))
  const stopTimer = startTimer(machine)
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, (info) => {
    console.log(`\nKembali is ready: http://localhost:${info.port}\n`)
    if (config.mode === 'demo')
      console.log(
        'A fictional country with fictional children. Three things to try:\n' +
          '  1. Sign in as the case worker and see which limit passes next.\n' +
          '  2. Record that a child was detained this morning: the clocks of the law start.\n' +
          '  3. Sign in as the supervisor and open the safeguard board.\n',
      )
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    stopWith(
      error.code === 'EADDRINUSE'
        ? `Port ${config.port} is in use. Set PORT to another one.`
        : `The server cannot listen: ${error.code ?? error.name}.`,
    )
  })
  const stop = () => {
    server.close()
    void stopTimer()
      .then(() => machine.db.close())
      .then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** The folder that holds `migrations` and `countries`, from source and from `dist` alike. */
function projectRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return here.includes(join('dist', 'src')) ? join(here, '..', '..', '..') : join(here, '..', '..')
}

function stopWith(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

main().catch((error: unknown) => {
  if (error instanceof StartError) stopWith(error.message)
  console.error('Kembali could not start.', error)
  process.exit(1)
})
