import { type RawBuilder, sql } from 'kysely'
import type { CaseCount } from '../core/office-work.ts'
import { type SignedAct, signatureDue, type ToSign } from '../core/second-signature.ts'
import type { Instant } from '../core/time.ts'
import type { Tx } from './as-person.ts'

/** From a moment, and before another. */
export type Time = { from: Instant; to: Instant }

/**
 * What was done in a time, counted by case, in the teams a person supervises. `done` says rows `case_id, counts, at`; what another office
 * did before it handed a case over is no work of this one.
 */
export async function countDone(
  tx: Tx,
  personId: string,
  { from, to }: Time,
  done: RawBuilder<unknown>,
): Promise<CaseCount[]> {
  const found = await sql<CaseCount>`
    with mine as (
      select c.id from team_member m join child_case c on c.team_id = m.team_id
       where m.person_id = ${personId} and m.supervises and m.ended_at is null),
    done as (${done})
    select d.case_id, d.counts, count(*)::int as n from done d join mine m on m.id = d.case_id
     where d.at >= ${from}::timestamptz and d.at < ${to}::timestamptz
       and not exists (select from case_transfer_answer a where a.case_id = d.case_id and a.answer = 'accepted' and a.answered_at > d.at)
     group by d.case_id, d.counts`.execute(tx)
  return found.rows
}

/** What workers handed in and a supervisor has not answered, in the teams a person supervises, of the tables `…_submission` and `…_decision`. */
export async function handedIn(tx: Tx, personId: string, of: 'assessment' | 'care', act: SignedAct): Promise<ToSign[]> {
  const found = await sql<Omit<ToSign, 'act' | 'dueAt'>>`
    select s.id, c.id as case_id, c.id as about_id, c.alias, u.name as asked_by_name, s.submitted_at as asked_at
      from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
      join ${sql.table(`${of}_submission`)} s on s.case_id = c.id left join app_user u on u.id = s.submitted_by
     where m.person_id = ${personId} and m.supervises and m.ended_at is null and s.submitted_by <> ${personId}
       and not exists (select from ${sql.table(`${of}_decision`)} d where d.submission_id = s.id)
     order by s.submitted_at limit 100`.execute(tx)
  return found.rows.map((row) => ({ ...row, act, dueAt: signatureDue(row.askedAt) }))
}
