import { sql } from 'kysely'
import { asClock } from '../../server/as-person.ts'
import type { Job } from '../../server/feature.ts'

/** Once a day: what was written without unlocking and nobody has confirmed within its term is erased. */
export const eraseUnconfirmed: Job = {
  name: 'phone.erase_unconfirmed',
  everySeconds: 24 * 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const found = await sql<{ over: number }>`select kembali.jottings_over() as over`.execute(tx)
      return found.rows[0]?.over ?? 0
    }),
}
