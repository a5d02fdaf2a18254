import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './as-person.ts'

/** Transactions in which several cases are worked on side by side. */
const sideBySide = new WeakSet<Tx>()

/** From now on what is asked in one moment of this transaction, of each kind, goes to the database as one statement. */
export function workSideBySide(tx: Tx): void {
  sideBySide.add(tx)
}

type Gathering<Ask, Answer> = { asks: Ask[]; answers: Promise<readonly Answer[]> }

/**
 * A question that can be asked for several at once: `askAll` answers one answer per question, in their order. Alone it is asked
 * at once; side by side it waits until nobody in its transaction can go on without an answer.
 */
export function gathered<Ask, Answer>(
  askAll: (tx: Tx, asks: readonly Ask[]) => Promise<readonly Answer[]>,
): (tx: Tx, ask: Ask) => Promise<Answer> {
  const gatherings = new WeakMap<Tx, Gathering<Ask, Answer>>()

  function begin(tx: Tx, ask: Ask): Gathering<Ask, Answer> {
    const asks = [ask]
    if (!sideBySide.has(tx)) return { asks, answers: askAll(tx, asks) }
    const all = new Promise<void>((resolve) => setImmediate(resolve))
    const answers = all.then(() => {
      gatherings.delete(tx)
      return askAll(tx, asks)
    })
    const gathering = { asks, answers }
    gatherings.set(tx, gathering)
    return gathering
  }

  return async (tx, ask) => {
    const open = gatherings.get(tx)
    const place = open === undefined ? 0 : open.asks.push(ask) - 1
    const answers = await (open ?? begin(tx, ask)).answers
    if (place >= answers.length) throw new Error('every question that was gathered is answered')
    return answers[place] as Answer // it is there; it may well be null
  }
}

/** The same for what is done and answers nothing. */
export function gatheredAct<Ask>(
  doAll: (tx: Tx, asks: readonly Ask[]) => Promise<void>,
): (tx: Tx, ask: Ask) => Promise<void> {
  return gathered(async (tx, asks) => {
    await doAll(tx, asks)
    return asks.map(() => undefined)
  })
}

/** The rows of these ids; of one alone as such, since the database expects several behind a list and would plan for them. */
export function isAmong(column: string, ids: readonly string[]): RawBuilder<boolean> {
  const name = sql.ref(column)
  return ids.length === 1 ? sql`${name} = ${ids[0]}` : sql`${name} = any(${[...ids]}::uuid[])`
}

/** Puts rows into a table, one or many by the same statement: they go there as JSON, bytes as the database writes them. */
export async function insertAll(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const named = rows.map((row) => Object.fromEntries(columns.map((column) => [inTable(column), inJson(row[column])])))
  const into = sql.join(columns.map((column) => sql.ref(column)))
  const from = sql.join(columns.map((column) => sql.ref(`r.${column}`)))
  await sql`insert into ${sql.table(table)} (${into})
    select ${from} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(named)}::jsonb) r`.execute(
    tx,
  )
}

const inTable = (column: string) => column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const inJson = (value: unknown) => (value instanceof Uint8Array ? hexOf(value) : value)

/** Bytes as JSON carries them into the database. */
export function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : `\\x${Buffer.from(bytes).toString('hex')}`
}
