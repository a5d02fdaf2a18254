import { sql } from 'kysely'
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
