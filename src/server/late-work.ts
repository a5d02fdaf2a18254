import { type RawBuilder, sql } from 'kysely'
import type { PublicPack } from '../core/country.ts'
import type { Instant } from '../core/time.ts'
import type { Tx } from './as-person.ts'

/**
 * Says what is due of some cases: rows `case_id, due_at`, one for each piece of work that a worker's own day would name, by the
 * same rule. What waits for somebody else is none. `test/browser/next-step.test.ts` compares it with the rules of the screens.
 */
export type SaysDue = (tx: Tx, of: DueOf) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>

/** `mine` begins a query with the cases that are asked about, as `mine m`: id, worker_id, region, begun_at, zone. */
export type DueOf = { mine: RawBuilder<unknown>; pack: PublicPack; now: Instant }

/** The cases of a condition on `child_case c`, each with the time zone of its own place. */
export function mineOf(which: RawBuilder<unknown>, { regions, timeZone }: PublicPack): RawBuilder<unknown> {
  const elsewhere = regions.flatMap((one) =>
    one.timeZone === undefined || one.timeZone === timeZone ? [] : [[one.code, one.timeZone]],
  )
  const zones = JSON.stringify(Object.fromEntries(elsewhere))
  return sql`with mine as materialized (
    select c.id, c.alias, c.worker_id, c.region, c.opened_at, coalesce(c.taken_in_at, c.opened_at) as begun_at,
           coalesce(${zones}::jsonb ->> c.region, ${timeZone}) as zone
      from child_case c where ${which})`
}

/** The last moment of a day in the place of the case `m`. */
export function lastMomentOf(day: string): RawBuilder<unknown> {
  return sql`((${sql.ref(day)} + 1)::timestamp at time zone m.zone) - interval '1 millisecond'`
}
