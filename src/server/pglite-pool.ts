import { PGlite, type Results } from '@electric-sql/pglite'
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { fromDatabase } from './database-types.ts'

/**
 * Makes PGlite look like a pool to Kysely: one session, one transaction at a time, `set local role` first.
 * Policies then catch our mistakes, not an intruder: PGlite's session is always a superuser (security.md 3.2).
 */
export function pglitePool(lite: PGlite, role: string, turns: Turns): PostgresPool {
  return {
    async connect(): Promise<PostgresPoolClient> {
      const done = await turns.take()
      return {
        query: (text: unknown, values?: readonly unknown[]) => run(lite, role, String(text), values),
        release: done,
      } as PostgresPoolClient // Kysely calls query(text, values); its cursor form is for streams, which we do not use
    },
    end: async () => undefined,
  }
}

async function run(
  lite: PGlite,
  role: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<PostgresQueryResult<unknown>> {
  if (text.startsWith('begin') || text.startsWith('start transaction')) {
    await lite.exec(`begin; set local role ${role}`)
    return { command: 'SELECT', rowCount: 0, rows: [] }
  }
  if (text === 'commit' || text === 'rollback') {
    await lite.exec(text)
    return { command: 'SELECT', rowCount: 0, rows: [] }
  }
  const result: Results = await lite.query(text, [...values], { parsers: fromDatabase })
  return { command: commandOf(text), rowCount: result.affectedRows ?? result.rows.length, rows: result.rows }
}

function commandOf(text: string): 'INSERT' | 'UPDATE' | 'DELETE' | 'SELECT' {
  const word = text.trimStart().slice(0, 6).toUpperCase()
  return word === 'INSERT' || word === 'UPDATE' || word === 'DELETE' ? word : 'SELECT'
}

/** One PGlite session serves everybody: whoever has a turn keeps it until the transaction ends. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  async take(): Promise<() => void> {
    const before = this.#last
    let done: () => void = () => undefined
    this.#last = new Promise((resolve) => (done = resolve))
    await before
    return done
  }
}
