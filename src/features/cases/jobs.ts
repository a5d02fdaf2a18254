import { sql } from 'kysely'
import { asClock } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { newId } from '../../crypto/random.ts'
import type { Job } from '../../server/feature.ts'

/**
 * Compares new requests with the blind index and tells the keepers of files that may be of the same child. The database
 * compares buckets; this job sees neither a request nor a file, only which files were found, for the ledger.
 */
export const matching: Job = {
  name: 'match requests',
  everySeconds: 60,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const found = await sql<{ foundCase: string }>`select found_case from kembali.compare_match_requests()`.execute(
        tx,
      )
      for (const { foundCase } of found.rows)
        await auditAppend(tx, {
          action: 'match_found',
          pseudonym: await pseudonym(machine.keys, foundCase),
          part: 'identity',
          purpose: null,
          basis: null,
          outcome: 'done',
          requestId: newId(),
        })
      return found.rows.length
    }),
}

/** A request is kept 30 days (security.md 7.1). */
export const forgetting: Job = {
  name: 'old match requests',
  everySeconds: 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const gone = await sql<{ gone: number }>`select kembali.forget_match_requests() as gone`.execute(tx)
      return gone.rows[0]?.gone ?? 0
    }),
}
