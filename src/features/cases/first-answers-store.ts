import { type RawBuilder, sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { FirstAnswers } from './case.ts'
import { type Answers, together } from './safe-start.ts'

export async function insertFirstAnswers(
  tx: Tx,
  of: FirstAnswers,
  by: { id: string; opId: string },
  cipher: CaseCipher,
): Promise<void> {
  const body = cipher.seal(FirstAnswers.meta.fieldId, of.id, split(FirstAnswers, of).body)
  await sql`insert into first_answers (id, case_id, op_id, safe_now, how_known, basis, written_by, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.safeNow}, ${of.howKnown}, ${of.basis}, ${by.id}, ${body})`.execute(
    tx,
  )
}

/** What was answered in the first talk, the last word of each question; null where there was none. Nothing is opened for nothing. */
export async function findFirstAnswers(
  tx: Tx,
  caseId: string,
  open: () => Promise<CaseCipher | null>,
): Promise<Answers | null> {
  const found = await sql<Answers & { id: string; body: Uint8Array }>`
    select id, safe_now, how_known, basis, body from first_answers where case_id = ${caseId} order by said_at, id`.execute(
    tx,
  )
  const cipher = found.rows.length === 0 ? null : await open()
  if (cipher === null) return null
  return found.rows
    .map(({ id, body, ...codes }): Answers => {
      const words = cipher.open(FirstAnswers.meta.fieldId, id, body) as Answers // sealed above
      return { ...words, ...codes }
    })
    .reduce(together, {})
}

/** Of the first talks `f` of a case: each code as it was said last. */
export const FIRST_ANSWERS = sql`
    (array_agg(f.safe_now order by f.said_at desc) filter (where f.safe_now is not null))[1] as safe_now,
    (array_agg(f.how_known order by f.said_at desc) filter (where f.how_known is not null))[1] as how_known,
    (array_agg(f.basis order by f.said_at desc) filter (where f.basis is not null))[1] as basis`

/** The codes of the first talk of each case, for whoever may read them: a row of `first` beside `child_case c`, looked for only where it can matter. */
export const first = (unless: RawBuilder<unknown>) => sql`left join lateral (
    select ${FIRST_ANSWERS} from first_answers f where f.case_id = c.id and not (${unless})) first on true`

/**
 * When the first question of all was last answered with a no in the file, by its worker's own clock, as a check is: beside a case `c`, its
 * safe start `s` and `first`. The log is looked into only where that no still stands.
 */
export const saidUnsafe = sql`left join lateral (
    select l.claimed_at as at, l.actor as by, l.at as heard_at from op_log l
     where coalesce(s.safe_now, first.safe_now) = 'no' and l.case_id = c.id and l.part = 'services' and l.type = 'cases.edit_safe_start'
       and l.clear->'set'->>'safeNow' = 'no' order by l.claimed_at desc, l.op_id limit 1) said_unsafe on true`

/** Whether somebody opened a case herself. */
export async function isOpener(tx: Tx, caseId: string, personId: string): Promise<boolean> {
  const found = await sql`select 1 from child_case where id = ${caseId} and opened_by = ${personId}`.execute(tx)
  return found.rows.length > 0
}
