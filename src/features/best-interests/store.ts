import { sql } from 'kysely'
import { split, type Thing } from '../../core/schema.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { HeavyWork, OpenPart } from '../../server/feature.ts'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import {
  BestInterestsAppeal,
  BestInterestsRecord,
  MajorDecisionTaken,
  type RecordKind,
  UrgentProtection,
} from './record.ts'

/** The facts of this feature, by their table. */
export const FACTS = {
  best_interests_record: BestInterestsRecord,
  best_interests_appeal: BestInterestsAppeal,
  urgent_protection: UrgentProtection,
  major_decision: MajorDecisionTaken,
} as const
export type FactName = keyof typeof FACTS

/** The fields of each, as rules and screens read them, with who recorded it. */
export type FactFields = {
  best_interests_record: BestInterestsRecord & Recorded
  best_interests_appeal: BestInterestsAppeal & Recorded
  urgent_protection: UrgentProtection & Recorded
  major_decision: MajorDecisionTaken & Recorded
}
type Recorded = { recordedByName?: string | null }

type Fact = { id: string; caseId: string } & { [field: string]: unknown }

export async function insertFact(
  tx: Tx,
  name: FactName,
  fact: Fact,
  by: { id: string; opId: string },
  cipher: CaseCipher,
): Promise<void> {
  const { meta, clear, sealed } = FACTS[name]
  const { clear: columns, body } = split({ clear, sealed }, fact)
  const row = { ...columns, opId: by.opId, recordedBy: by.id, body: cipher.seal(meta.fieldId, fact.id, body) }
  const names = sql.join(Object.keys(row).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(name)} (${names}) values (${sql.join(Object.values(row))})`.execute(tx)
}

/** The facts of one kind of the given cases, in the order in which they were recorded. */
export async function readFacts<Name extends FactName>(
  tx: Tx,
  name: Name,
  caseIds: readonly string[],
  open: OpenPart,
): Promise<FactFields[Name][]> {
  const { meta, clear } = FACTS[name] as Thing<never>
  const columns = sql.join(clear.map((column) => sql.ref(`f.${column}`)))
  const found = await sql<SealedFact>`
    select ${columns}, f.body, u.name as recorded_by_name
      from ${sql.table(name)} f join op_log l on l.op_id = f.op_id left join app_user u on u.id = f.recorded_by
     where f.case_id = any(${[...caseIds]}::uuid[]) order by l.at, f.id`.execute(tx)
  return openFacts<FactFields[Name]>(found.rows, meta.fieldId, open)
}

export async function recordsOf(tx: Tx, caseId: string): Promise<{ id: string; kind: RecordKind }[]> {
  const found = await sql<{ id: string; kind: RecordKind }>`
    select id, kind from best_interests_record where case_id = ${caseId}`.execute(tx)
  return found.rows
}

/** Whether a record holds: an assessment from when it is recorded, a determination once it is signed. */
const HOLDS = (record: 'r' | 'n') => sql`(${sql.ref(`${record}.kind`)} not in ('bid', 'bid_review') or exists (
  select from second_signature s join second_signature_answer a on a.signature_id = s.id and a.decision = 'signed'
   where s.about_id = ${sql.ref(`${record}.id`)} and s.act = 'best_interests_determination'))`
const REPLACED = sql`exists (select from best_interests_record n where n.reviews = r.id and ${HOLDS('n')})`

/** The first weighing of each case, reviews, what somebody asks to be looked at again, and rights to ask so that ended unused. */
export const dueWeighing: SaysDue = (_tx, { pack }) => sql`
  select m.id as case_id, m.begun_at + interval '7 days' as due_at from mine m
   where not exists (select from best_interests_record r where r.case_id = m.id)
  union all
  select m.id, ${lastMomentOf('r.review_on')} from mine m join best_interests_record r on r.case_id = m.id
   where r.review_on is not null and not ${REPLACED}
  union all
  select m.id, a.asked_at + interval '7 days' from mine m join best_interests_appeal a on a.case_id = m.id
   where not exists (select from best_interests_record r where r.reviews = a.record_id)
  union all
  select m.id, r.decided_at + ${pack.bestInterests.appeal.within}::interval from mine m join best_interests_record r on r.case_id = m.id
   where r.kind in ('bid', 'bid_review') and not ${REPLACED} and ${HOLDS('r')}
     and r.decided_at + ${pack.bestInterests.appeal.within}::interval > (select kembali.now()) - interval '7 days'
     and not exists (select from best_interests_appeal a where a.record_id = r.id)`

/** Children somebody protected at once since a moment. */
export async function protectedSince(tx: Tx, since: Instant): Promise<HeavyWork[]> {
  const found = await sql<HeavyWork>`
    select distinct p.recorded_by as person_id, p.case_id from urgent_protection p where p.protected_at >= ${since}`.execute(
    tx,
  )
  return found.rows
}
