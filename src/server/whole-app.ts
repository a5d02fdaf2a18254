import { type App, makeApp } from './http.ts'
import type { Machine } from './machine.ts'
import { coreRoutes } from './routes.ts'
import { staticFiles } from './static-files.ts'

/** Every route of this server: the machine room's, each feature's, and the built web app. */
export function makeWholeApp(machine: Machine, webFolder: string): App {
  const app = makeApp(machine)
  coreRoutes(app, machine)
  for (const feature of machine.features) feature.routes(app, machine)
  staticFiles(app, webFolder)
  return app
}
