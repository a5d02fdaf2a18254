import { sql } from 'kysely'
import { newId } from '../../crypto/random.ts'
import { asClock } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import type { Job } from '../../server/feature.ts'

/** Tells whoever answers for a closed file what will be erased soon: once for each class, before anything goes. */
export const warning: Job = {
  name: 'warnings of erasure',
  everySeconds: 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      // The country's days; a class that ends sooner is warned of at once.
      const days = Number(/^P(\d+)D$/.exec(machine.pack.retention.warnBefore)?.[1] ?? 30)
      const found = await sql<{ warned: number }>`
        select kembali.warn_of_erasure(make_interval(days => ${days}::int)) as warned`.execute(tx)
      return found.rows[0]?.warned ?? 0
    }),
}

/** Reminds of the contact that was agreed for after a closing, and of what a former child asked: when its day comes near, and when it has passed. */
export const contacting: Job = {
  name: 'reminders of later contact',
  everySeconds: 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const found = await sql<{ written: number }>`
        select kembali.remind_of_later_contact(interval '3 days') + kembali.remind_of_later_request(interval '3 days') as written`.execute(
        tx,
      )
      return found.rows[0]?.written ?? 0
    }),
}

/** As many classes as one transaction of the clock erases; the others wait for the next run. */
const AT_ONCE = 20

/**
 * Erases what is due: keys first and with them everything they locked. The database finds it and does it; this job sees
 * which files they were only to write the ledger, where a file is a pseudonym.
 */
export const erasing: Job = {
  name: 'erasure',
  everySeconds: 3600,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      const found = await sql<{ erasedCase: string; erasedClass: string }>`
        select erased_case, erased_class from kembali.erase_due(${AT_ONCE})`.execute(tx)
      for (const { erasedCase, erasedClass } of found.rows)
        await auditAppend(tx, {
          action: `erased:${erasedClass}`,
          pseudonym: await pseudonym(machine.keys, erasedCase),
          part: null,
          purpose: null,
          basis: null,
          outcome: 'done',
          requestId: newId(),
        })
      return found.rows.length
    }),
}
