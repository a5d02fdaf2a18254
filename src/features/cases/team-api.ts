import type { Person } from '../../core/access.ts'
import { hoursOf } from '../../core/office-work.ts'
import { together, type Tx } from '../../server/as-person.ts'
import { type App, reading } from '../../server/http.ts'
import type { LateWork } from '../../server/feature.ts'
import type { Machine } from '../../server/machine.ts'
import { casesOf } from './store.ts'
import { casesToGive, type Load, loads, teamFaces, waitingHits } from './team-store.ts'

/** A supervisor's day: what is late by worker, what waits to be given to somebody, what other offices ask. */
export function teamRoutes(app: App, machine: Machine): void {
  app.get('/api/team-day', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const [late, faces, give, asked, workers] = await together([
          lateByCase(machine, tx, me),
          teamFaces(tx, me),
          casesToGive(tx, me).then((ids) => casesOf(tx, ids)),
          waitingHits(tx, me),
          loadsInHours(machine, tx, me),
        ])
        return {
          late: faces.flatMap(({ id, alias, workerId, workerName }) => {
            const work = late.get(id)
            return work === undefined
              ? []
              : [{ caseId: id, alias, workerId, workerName, count: work.count, since: work.since }]
          }),
          give,
          asked,
          loads: workers,
        }
      }),
    ),
  )
}

export type LoadInHours = Load & { hours: number }

/** What every feature counts as work, told in hours: nobody's load is compared by heads alone. */
async function loadsInHours(machine: Machine, tx: Tx, me: Person): Promise<LoadInHours[]> {
  const [workers, ...counted] = await together([
    loads(tx, me),
    ...machine.features.map((one) => one.load?.(tx, me) ?? []),
  ])
  const counts = counted.flat()
  return workers.map((load) => {
    const own = counts.filter(({ workerId }) => workerId === load.workerId)
    return { ...load, hours: hoursOf(own, machine.pack.workload) }
  })
}

/** What every feature calls late, one sum a case. */
export async function lateByCase(machine: Machine, tx: Tx, me: Person): Promise<Map<string, LateWork>> {
  const sums = new Map<string, LateWork>()
  for (const lates of await together(machine.features.map((one) => one.late?.(tx, me, machine.pack) ?? [])))
    for (const one of lates) {
      const before = sums.get(one.caseId)
      sums.set(one.caseId, {
        caseId: one.caseId,
        count: (before?.count ?? 0) + one.count,
        since: before !== undefined && before.since < one.since ? before.since : one.since,
      })
    }
  return sums
}
