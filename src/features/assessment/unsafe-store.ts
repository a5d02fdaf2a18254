import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { HeavyWork, UnsafeChild } from '../../server/feature.ts'
import { first, saidUnsafe } from '../cases/first-answers-store.ts'
import { HEARD_AT } from './store.ts'
import { type SafetyWord, unsafeSince } from './unsafe.ts'

type Said = {
  id: string
  alias: string
  workerName: string | null
  at: Instant
  by: string | null
  heardAt: Instant | null
  safeNow: 'yes' | 'no' | 'not_known' | null
}

/**
 * The children of open cases `c` of a condition who are said not to be safe now, by the rule that a phone uses; who has waited
 * longest first. `begins` is what the condition needs before it.
 */
export async function unsafeAmong(
  tx: Tx,
  which: RawBuilder<unknown>,
  begins: RawBuilder<unknown> = sql`with`,
): Promise<UnsafeChild[]> {
  const found = await sql<Said>`${begins} ever as (
      select k.case_id from safety_check k where k.safe_now = 'no' or k.harm_to_child = 'emergency'
      union select a.case_id from assessment_submission a where a.harm_to_child = 'emergency'
      union select s.case_id from safe_start s where s.safe_now = 'no'
      union select f.case_id from first_answers f where f.safe_now = 'no')
    select c.id, c.alias, u.name as worker_name, coalesce(said_unsafe.at, c.taken_in_at, c.opened_at) as at,
           said_unsafe.by, said_unsafe.heard_at,
           coalesce(s.safe_now, first.safe_now) as safe_now
      from ever join child_case c on c.id = ever.case_id left join safe_start s on s.case_id = c.id
      ${first(sql`s.safe_now is not null`)} ${saidUnsafe} left join app_user u on u.id = c.worker_id
     where c.state = 'open' and ${which}`.execute(tx)
  const words = await wordsOf(
    tx,
    found.rows.map(({ id }) => id),
  )
  return found.rows
    .flatMap(({ id, alias, workerName, ...first }) => {
      const own = words.filter(({ caseId }) => caseId === id)
      const since = unsafeSince(first, own)
      return since === null ? [] : [{ caseId: id, alias, workerName, since }]
    })
    .sort((a, b) => (a.since < b.since ? -1 : 1))
}

/** What was said and done about the safety of some children: codes and moments. */
async function wordsOf(tx: Tx, caseIds: readonly string[]): Promise<({ caseId: string } & SafetyWord)[]> {
  if (caseIds.length === 0) return []
  const ids = sql`any(${[...caseIds]}::uuid[])`
  const found = await sql<{ caseId: string } & SafetyWord>`
    select s.case_id, 'check' as kind, s.at, s.safe_now, s.harm_to_child, s.written_by as by, ${HEARD_AT} as heard_at, null as knew_at
      from safety_check s where s.case_id = ${ids}
    union all
    select a.case_id, 'assessed', a.submitted_at, null, a.harm_to_child, a.submitted_by, null, a.written_at from assessment_submission a where a.case_id = ${ids}
    union all
    select p.case_id, 'protected', p.protected_at, null, null, null, null, null from urgent_protection p where p.case_id = ${ids}`.execute(
    tx,
  )
  return found.rows
}

/** Children somebody saw or heard not to be safe since a moment. */
export async function foundUnsafe(tx: Tx, since: Instant): Promise<HeavyWork[]> {
  const found = await sql<HeavyWork>`
    select distinct k.written_by as person_id, k.case_id from safety_check k where k.safe_now = 'no' and k.at >= ${since}`.execute(
    tx,
  )
  return found.rows
}
