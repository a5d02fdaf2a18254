import { sql } from 'kysely'
import { asClock } from '../../server/as-person.ts'
import type { Job } from '../../server/feature.ts'

/** When somebody was away goes a year after it, a talk about work as a whole two years after it was held. */
export const forgetting: Job = {
  name: 'old leave and talks',
  everySeconds: 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const gone = await sql<{ gone: number }>`select kembali.forget_staff_care() as gone`.execute(tx)
      return gone.rows[0]?.gone ?? 0
    }),
}
