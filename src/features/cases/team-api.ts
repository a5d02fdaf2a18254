import * as z from 'zod'
import type { Person } from '../../core/access.ts'
import { hoursOf } from '../../core/office-work.ts'
import { addMillis, dayOf, Instant } from '../../core/time.ts'
import { together, type Tx } from '../../server/as-person.ts'
import { type App, checked, reading } from '../../server/http.ts'
import type { UnsafeChild } from '../../server/feature.ts'
import type { Machine } from '../../server/machine.ts'
import { type Away, awaySoon } from './leave-store.ts'
import { lateInTeams } from './late-store.ts'
import { casesOf } from './store.ts'
import { casesToGive, type Load, loads, waitingDifferences, waitingHits } from './team-store.ts'

const After = z.strictObject({ since: Instant, caseId: z.uuid() })

/** A supervisor's day: which child is not safe now, what is late by worker, what waits to be given to somebody, what other offices ask. */
export function teamRoutes(app: App, machine: Machine): void {
  app.get('/api/team-day', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const [unsafe, { late, workers }, give, asked, differences, carried] = await together([
          unsafeChildren(machine, tx, me),
          lateInTeams(machine, tx, me, null),
          casesToGive(tx, me).then((ids) => casesOf(tx, ids)),
          waitingHits(tx, me),
          waitingDifferences(tx, me),
          loadsInHours(machine, tx, me),
        ])
        return { unsafe, late, lateWorkers: workers, give, asked, differences, loads: carried }
      }),
    ),
  )
  app.get('/api/team-day/late', async (c) => {
    const after = checked(After, c.req.query())
    const { late } = await reading(c, machine, 'supervision', (tx, me) => lateInTeams(machine, tx, me, after))
    return c.json({ late })
  })
  app.get('/api/team-day/loads', async (c) =>
    c.json({ loads: await reading(c, machine, 'supervision', (tx, me) => loadsInHours(machine, tx, me)) }),
  )
}

/** Who has waited longest stands first. */
async function unsafeChildren(machine: Machine, tx: Tx, me: Person): Promise<UnsafeChild[]> {
  const found = await together(machine.features.map((one) => one.unsafe?.(tx, me) ?? []))
  return found.flat().sort((a, b) => (a.since < b.since ? -1 : 1))
}

export type LoadInHours = Load & { hours: number; away: Away | null }

/** What every feature counts as work, told in hours: nobody's load is compared by heads alone. */
async function loadsInHours(machine: Machine, tx: Tx, me: Person): Promise<LoadInHours[]> {
  const [workers, absences, ...counted] = await together([
    loads(tx, me),
    away(machine, tx, me),
    ...machine.features.map((one) => one.load?.(tx, me) ?? []),
  ])
  const counts = counted.flat()
  return workers.map((load) => {
    const own = counts.filter(({ workerId }) => workerId === load.workerId)
    const gone = absences.find(({ personId }) => personId === load.workerId) ?? null
    return { ...load, hours: hoursOf(own, machine.pack.workload), away: gone }
  })
}

/** How far ahead whoever gives a case is told that a worker will be away. */
const SOON_MS = 14 * 86_400_000

function away({ pack }: Machine, tx: Tx, { askedAt }: Person): Promise<Away[]> {
  return awaySoon(tx, dayOf(askedAt, pack.timeZone), dayOf(addMillis(askedAt, SOON_MS), pack.timeZone))
}
