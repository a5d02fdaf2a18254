import { sql } from 'kysely'
import { newId } from '../../crypto/random.ts'
import { asClock } from '../../server/as-person.ts'
import type { Job } from '../../server/feature.ts'

const DAY = 24 * 3600

/** Once a day: what is over is forgotten, and accounts nobody used for 45 days are put away. */
export const tidyAccounts: Job = {
  name: 'access.tidy_accounts',
  everySeconds: DAY,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const found = await sql<{ putAway: number }>`select kembali.tidy_accounts() as put_away`.execute(tx)
      return found.rows[0]?.putAway ?? 0
    }),
}

/** Ends what one person proposed about another and nobody confirmed in time. */
export const endProposals: Job = {
  name: 'access.end_proposals',
  everySeconds: 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const found = await sql<{ ended: number }>`select kembali.end_proposals(${newId()}) as ended`.execute(tx)
      return found.rows[0]?.ended ?? 0
    }),
}
