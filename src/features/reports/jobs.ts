import { sha256 } from '../../crypto/hash.ts'
import { asStats } from '../../server/as-person.ts'
import type { Job } from '../../server/feature.ts'
import { releaseHeld } from './release.ts'
import { heldFacts, keepRelease, latestRelease, published } from './store.ts'

/** Makes the release of a period once, under a role that can read coded facts and nothing else. */
export const release: Job = {
  name: 'release of figures',
  everySeconds: 3600,
  run: (machine, now) =>
    asStats(machine.db, async (tx) => {
      const period = periodOf(now)
      if ((await latestRelease(tx))?.period === period) return 0
      const facts = await heldFacts(tx)
      const before = await published(tx)
      const table = releaseHeld(facts, before)
      await keepRelease(tx, period, table, sha256(JSON.stringify(table)), facts, before)
      return 1
    }),
}

/** A fixed calendar: one release a quarter, named by the quarter in which it is made. */
function periodOf(now: string): string {
  return `${now.slice(0, 4)}-Q${Math.ceil(Number(now.slice(5, 7)) / 3)}`
}
