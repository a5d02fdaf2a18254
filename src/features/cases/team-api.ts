import type { Person } from '../../core/access.ts'
import { hoursOf, type WorkCount } from '../../core/office-work.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, reading } from '../../server/http.ts'
import type { LateWork } from '../../server/feature.ts'
import type { Machine } from '../../server/machine.ts'
import { casesOf } from './store.ts'
import { casesToGive, type Load, loads, waitingHits } from './team-store.ts'

/** A supervisor's day: what is late by worker, what waits to be given to somebody, what other offices ask. */
export function teamRoutes(app: App, machine: Machine): void {
  app.get('/api/team-day', async (c) =>
    c.json(
      await reading(c, machine, 'supervision', async (tx, me) => {
        const late = await lateByCase(machine, tx, me)
        const cases = await casesOf(tx, [...late.keys()])
        return {
          late: cases.map((row) => ({
            caseId: row.id,
            alias: row.alias,
            workerId: row.workerId,
            workerName: row.workerName,
            count: late.get(row.id)?.count ?? 0,
            since: late.get(row.id)?.since ?? row.openedAt,
          })),
          give: await casesOf(tx, await casesToGive(tx, me)),
          asked: await waitingHits(tx, me),
          loads: await loadsInHours(machine, tx, me),
        }
      }),
    ),
  )
}

export type LoadInHours = Load & { hours: number }

/** What every feature counts as work, told in hours: nobody's load is compared by heads alone. */
async function loadsInHours(machine: Machine, tx: Tx, me: Person): Promise<LoadInHours[]> {
  const counts: WorkCount[] = []
  for (const feature of machine.features) counts.push(...((await feature.load?.(tx, me)) ?? []))
  return (await loads(tx, me)).map((load) => {
    const own = counts.filter(({ workerId }) => workerId === load.workerId)
    return { ...load, hours: hoursOf(own, machine.pack.workload) }
  })
}

/** What every feature calls late, one sum a case. */
export async function lateByCase(machine: Machine, tx: Tx, me: Person): Promise<Map<string, LateWork>> {
  const sums = new Map<string, LateWork>()
  for (const feature of machine.features)
    for (const one of (await feature.late?.(tx, me, machine.pack)) ?? []) {
      const before = sums.get(one.caseId)
      sums.set(one.caseId, {
        caseId: one.caseId,
        count: (before?.count ?? 0) + one.count,
        since: before !== undefined && before.since < one.since ? before.since : one.since,
      })
    }
  return sums
}
