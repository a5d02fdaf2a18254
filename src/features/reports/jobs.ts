import { sha256 } from '../../crypto/hash.ts'
import { asStats } from '../../server/as-person.ts'
import { canonicalJson } from '../../server/canonical-json.ts'
import type { Job } from '../../server/feature.ts'
import { releaseHeld } from './release.ts'
import { databaseNow, everPublished, heldFacts, keepRelease, published, reportingOffices } from './store.ts'

/**
 * Prepares the release of the last closed quarter, once, under a role that can read coded facts and nothing else.
 * It is for readers only after two people have signed it.
 */
export const release: Job = {
  name: 'release of figures',
  everySeconds: 3600,
  run: (machine) =>
    asStats(machine.db, async (tx) => {
      const period = closedQuarter(await databaseNow(tx))
      const earlier = await everPublished(tx)
      if (earlier.some((table) => table.period >= period)) return 0
      const facts = await heldFacts(tx)
      const before = await published(tx)
      const { offices, regions } = await reportingOffices(tx)
      const known = machine.pack.regions.map((region) => region.code)
      const coverage = {
        offices,
        regions: regions.filter((region) => known.includes(region)).length,
        regionsInAll: known.length,
      }
      const made = releaseHeld(facts, { period, regions: known, coverage }, before, earlier)
      if (!made.made) {
        machine.log.warn('release refused', { code: 'auditor', count: made.exposed.length })
        return 0
      }
      await keepRelease(tx, made, sha256(canonicalJson(made.table)), facts, before)
      return 1
    }),
}

/** A fixed calendar: one release a quarter, of the facts up to the last quarter that has ended. */
export function closedQuarter(now: string): string {
  const year = Number(now.slice(0, 4))
  const running = Math.ceil(Number(now.slice(5, 7)) / 3)
  return running === 1 ? `${year - 1}-Q4` : `${year}-Q${running - 1}`
}
