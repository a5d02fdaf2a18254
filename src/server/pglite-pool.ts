import type { PGlite } from '@electric-sql/pglite'
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { Statements } from './pglite-statements.ts'

/**
 * Makes PGlite look like a pool to Kysely: one session, one transaction at a time, `set local role` first.
 * Policies then catch our mistakes, not an intruder: PGlite's session is always a superuser (security.md 3.2).
 */
export function pglitePool(lite: PGlite, role: string, shared: { turns: Turns; count: Count }): PostgresPool {
  // Of one role each: a plan holds the policies of whom it was made for.
  const statements = new Statements(lite, role)
  return {
    async connect(): Promise<PostgresPoolClient> {
      const done = await shared.turns.take()
      const session = new Session(statements, role, shared.count)
      return {
        query: (text: unknown, values?: readonly unknown[]) => session.run(String(text), values),
        release: done,
      } as PostgresPoolClient // Kysely calls query(text, values); its cursor form is for streams, which we do not use
    },
    end: async () => undefined,
  }
}

/** Counted anew after so many statements, then after twice as many, up to a bound. */
const FIRST_COUNTED_AFTER = 4_000
const COUNTED_AT_LEAST_EVERY = 64_000

/**
 * PGlite counts its rows by itself never: plans made while a table was empty, kept since, would read a person's whole caseload
 * to find one case. What a server does by the clock is done here by the statement, in the turn of whoever came last.
 */
export class Count {
  readonly #lite: PGlite
  #statements = 0
  #after = FIRST_COUNTED_AFTER

  constructor(lite: PGlite) {
    this.#lite = lite
  }

  one(): void {
    this.#statements += 1
  }

  async ifDue(): Promise<void> {
    if (this.#statements < this.#after) return
    this.#statements = 0
    this.#after = Math.min(2 * this.#after, COUNTED_AT_LEAST_EVERY)
    // What was done is done: whether the rows could be counted changes no answer, and the next count comes.
    await this.#lite.exec('analyze').catch(() => undefined)
  }
}

/** One turn: its transaction begins in the same message as its first statement. */
class Session {
  readonly #statements: Statements
  readonly #role: string
  readonly #count: Count
  #toBegin: string[] = []

  constructor(statements: Statements, role: string, count: Count) {
    this.#statements = statements
    this.#role = role
    this.#count = count
  }

  async run(text: string, values: readonly unknown[] = []): Promise<PostgresQueryResult<unknown>> {
    if (text.startsWith('begin') || text.startsWith('start transaction')) {
      this.#toBegin = [`begin; set local role ${this.#role}`]
      return NOTHING
    }
    const first = this.#toBegin
    this.#toBegin = []
    if (text === 'commit' || text === 'rollback') {
      if (first.length === 0) await this.#statements.script(text)
      await this.#count.ifDue()
      return NOTHING
    }
    this.#count.one()
    const { command, rowCount, rows } = await this.#statements.run(text, values, first)
    return { command: isChange(command) ? command : 'SELECT', rowCount, rows }
  }
}

const NOTHING: PostgresQueryResult<unknown> = { command: 'SELECT', rowCount: 0, rows: [] }

function isChange(command: string): command is 'INSERT' | 'UPDATE' | 'DELETE' {
  return command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
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
