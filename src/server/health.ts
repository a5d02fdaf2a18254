import { sql } from 'kysely'
import { asClock } from './as-person.ts'
import type { App } from './http.ts'
import type { Machine } from './machine.ts'

/** An answer is kept this long, so that asking often costs the database nothing. */
const KEPT_MS = 2000

/** `/livez`: the process answers. `/readyz`: writes reach the disk, keys are open, nobody is stopping us. No details. */
export function healthRoutes(app: App, machine: Machine): void {
  let before: { at: number; ready: Promise<boolean> } | null = null
  app.get('/livez', (c) => {
    c.header('cache-control', 'no-store')
    return c.text('ok')
  })
  app.get('/readyz', async (c) => {
    c.header('cache-control', 'no-store')
    const now = performance.now()
    if (before === null || now - before.at > KEPT_MS) before = { at: now, ready: isReady(machine) }
    const ready = !machine.stopping.asked && (await before.ready)
    return c.text(ready ? 'ready' : 'not ready', ready ? 200 : 503)
  })
}

async function isReady(machine: Machine): Promise<boolean> {
  const [keys, database] = await Promise.all([
    machine.keys.status().catch(() => 'unreachable'),
    databaseAnswers(machine),
  ])
  return keys === 'ok' && database
}

/** Whether the database takes a write. */
export async function databaseAnswers(machine: Machine): Promise<boolean> {
  try {
    await asClock(machine.db, (tx) => sql`update write_probe set at = now()`.execute(tx))
    return true
  } catch {
    return false
  }
}
