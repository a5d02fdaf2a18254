import { type Kysely, sql, type Transaction } from 'kysely'
import type { Person } from '../core/access.ts'
import type { Purpose } from '../core/part.ts'
import type { Database, NoTables } from './database.ts'

/** One transaction in one person's session; what it cannot see does not exist for her. */
export type Tx = Transaction<NoTables>

/** Nobody is signed in with this token, or no longer. */
export class NotSignedIn extends Error {}

/**
 * The only way a request reaches data: one transaction in the session of the person who asks, for one purpose.
 * `purpose` null: it follows from what the person does here. Not `attended`: a page asks by itself, and the session ages on.
 * What `work` returns may leave the server only after this promise has resolved, that is after commit.
 */
export function asPerson<T>(
  db: Database,
  sid: string,
  purpose: Purpose | null,
  work: (tx: Tx, me: Person) => Promise<T>,
  attended = true,
): Promise<T> {
  return db.app.transaction().execute(async (tx) => {
    const found = await sql<Person>`select * from kembali.begin_request(${sid}, ${purpose}, ${attended})`.execute(tx)
    const [me] = found.rows
    if (me === undefined) throw new NotSignedIn()
    return work(tx, me)
  })
}

/**
 * Asks several questions of one transaction without waiting between them: the database works on the next while we work on an
 * answer. All have ended before a fault of one is told, so that none is ever asked outside its transaction.
 */
export async function together<T extends readonly unknown[]>(
  questions: readonly [...T],
): Promise<{ -readonly [Place in keyof T]: Awaited<T[Place]> }> {
  await Promise.allSettled(questions)
  return Promise.all(questions)
}

/** A transaction of a job that can see clocks and whose duty they are, but no child. */
export function asClock<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(db.clock, work)
}

/** A transaction of a job that can read coded facts and write releases, and nothing else. */
export function asStats<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(db.stats, work)
}

function inRole<T>(pool: Kysely<NoTables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return pool.transaction().execute(work)
}
