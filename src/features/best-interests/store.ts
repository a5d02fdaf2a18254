import { sql } from 'kysely'
import { split, type Thing } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { LateWork } from '../../server/feature.ts'
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

type KeptRow = {
  id: string
  caseId: string
  body: Uint8Array
  recordedByName: string | null
  [column: string]: unknown
}

/** The facts of one kind of the given cases, in the order in which they were recorded. */
export async function readFacts<Name extends FactName>(
  tx: Tx,
  name: Name,
  caseIds: readonly string[],
  open: (caseId: string) => Promise<CaseCipher | null>,
): Promise<FactFields[Name][]> {
  const { meta, clear } = FACTS[name] as Thing<never>
  const columns = sql.join(clear.map((column) => sql.ref(`f.${column}`)))
  const found = await sql<KeptRow>`
    select ${columns}, f.body, u.name as recorded_by_name
      from ${sql.table(name)} f join op_log l on l.op_id = f.op_id left join app_user u on u.id = f.recorded_by
     where f.case_id = any(${[...caseIds]}::uuid[]) order by l.at, f.id`.execute(tx)
  const read: FactFields[Name][] = []
  for (const { body, ...row } of found.rows) {
    const cipher = await open(row.caseId)
    // Sealed by insertFact from the thing's own schema.
    if (cipher !== null) read.push({ ...row, ...(cipher.open(meta.fieldId, row.id, body) as object) } as never)
  }
  return read
}

export async function recordsOf(tx: Tx, caseId: string): Promise<{ id: string; kind: RecordKind }[]> {
  const found = await sql<{ id: string; kind: RecordKind }>`
    select id, kind from best_interests_record where case_id = ${caseId}`.execute(tx)
  return found.rows
}

/** Reviews past their day, and open cases a week old without any record, in the teams a person supervises. */
export async function lateWeighing(tx: Tx, personId: string): Promise<LateWork[]> {
  const found = await sql<LateWork>`
    with mine as (
      select c.id, c.opened_at from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
       where m.person_id = ${personId} and m.supervises and m.ended_at is null)
    select r.case_id, count(*)::int as count, min(r.review_on + interval '1 day') as since
      from best_interests_record r join mine on mine.id = r.case_id
     where r.review_on + interval '1 day' < (select kembali.now())
       and not exists (select from best_interests_record n where n.case_id = r.case_id and n.decided_at > r.decided_at)
     group by r.case_id`.execute(tx)
  return found.rows
}
