import { sql } from 'kysely'
import { split, type Thing } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import type * as z from 'zod'
import type { FamilyLink } from './link.ts'
import { FamilyReunification, FamilyVerification, TracingStep } from './tracing.ts'

type FoundFact = { id: string; caseId: string; [field: string]: unknown }
type By = { opId: string; at: Instant }

/** The facts of a search, by their table; each is added and never changed. */
export const FACTS = {
  tracing_step: TracingStep,
  family_verification: FamilyVerification,
  family_reunification: FamilyReunification,
} as const
export type FactName = keyof typeof FACTS

/** Puts a fact: its codes in the clear, its words sealed. */
export async function insertFact(
  tx: Tx,
  name: FactName,
  of: { id: string } & Record<string, unknown>,
  by: By,
  cipher: CaseCipher,
): Promise<void> {
  const thing: Pick<Thing<z.ZodRawShape>, 'clear' | 'sealed' | 'meta'> = FACTS[name]
  const { clear, body } = split(thing, of)
  const decided = name === 'tracing_step' ? {} : { decidedAt: by.at }
  const row: Record<string, unknown> = {
    ...clear,
    ...decided,
    opId: by.opId,
    body: cipher.seal(thing.meta.fieldId, of.id, body),
  }
  const columns = Object.keys(row)
  await sql`insert into ${sql.table(name)} (${sql.join(columns.map((one) => sql.ref(one)))})
    values (${sql.join(columns.map((one) => row[one]))})`.execute(tx)
}

/** The facts of one kind of the given cases, oldest first, with their words. */
export async function readFacts(
  tx: Tx,
  name: FactName,
  caseIds: readonly string[],
  open: OpenPart,
): Promise<FoundFact[]> {
  const thing: Pick<Thing<z.ZodRawShape>, 'clear' | 'meta'> = FACTS[name]
  const day = sql.ref(name === 'family_reunification' ? 'from_on' : 'done_on')
  const found = await sql<{ id: string; caseId: string; body: Uint8Array; [column: string]: unknown }>`
    select * from ${sql.table(name)} where case_id = any(${[...caseIds]}::uuid[]) order by ${day}, id`.execute(tx)
  const read: FoundFact[] = []
  for (const { id, caseId, body, ...row } of found.rows) {
    const cipher = await open(caseId)
    if (cipher === null) continue
    const clear = Object.fromEntries(
      thing.clear.filter((column) => column in row).map((column) => [column, row[column]]),
    )
    const words = cipher.open(thing.meta.fieldId, id, body) as Record<string, unknown> // sealed by insertFact
    read.push({ ...clear, ...words, id, caseId })
  }
  return read
}

/** What the rules of a search look at: codes and days. */
export async function tracingsOf(tx: Tx, caseId: string) {
  const tracings = await sql<{ id: string; childWants: 'yes' | 'no' | 'not_asked_yet' | 'no_answer' }>`
    select id, child_wants from family_tracing where case_id = ${caseId}`.execute(tx)
  const verifications = await sql<{ tracingId: string; isFamily: boolean; doneOn: Day }>`
    select tracing_id, is_family, done_on from family_verification where case_id = ${caseId}`.execute(tx)
  return { tracings: tracings.rows, verifications: verifications.rows }
}

/** From which states a search comes to which; null is from any. */
export type Move = { to: string; from: readonly string[] | null }

/** Where a search stands follows from what was recorded of it. */
export async function moveTracing(tx: Tx, tracingId: string, { to, from }: Move): Promise<void> {
  const before = from === null ? sql`true` : sql`state = any(${[...from]}::text[])`
  await sql`update family_tracing set state = ${to}, version = version + 1 where id = ${tracingId} and ${before}`.execute(
    tx,
  )
}

/** Those of the given cases whose family a device may hold: of a threatened child it holds nobody. */
export async function notThreatened(tx: Tx, caseIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from child_case where id = any(${[...caseIds]}::uuid[]) and not threatened`.execute(tx)
  return found.rows.map((row) => row.id)
}

export type LinkRow = FamilyLink & { caseId: string }

/** The links of the given cases: their own side, and of the other what both have agreed to show. */
export async function findLinks(tx: Tx, caseIds: readonly string[]): Promise<LinkRow[]> {
  const ids = [...caseIds]
  const found = await sql<LinkRow>`
    select l.id, l.case_id, l.side, l.relation, l.state, l.asked_at, l.answered_at, o.alias, o.worker, o.office
      from family_link l left join kembali.family_link_others(${ids}::uuid[]) o on o.id = l.id
     where l.case_id = any(${ids}::uuid[]) order by l.asked_at, l.id`.execute(tx)
  return found.rows
}

export async function linkIsCircular(tx: Tx, linkId: string): Promise<boolean> {
  const found = await sql<{ is: boolean }>`select kembali.link_is_circular(${linkId}) as is`.execute(tx)
  return found.rows[0]?.is ?? false
}

/** Whether one of its two files waits to be closed because the other goes on. */
export async function linkIsLeanedOn(tx: Tx, linkId: string): Promise<boolean> {
  const found = await sql<{ is: boolean }>`select kembali.link_is_leaned_on(${linkId}) as is`.execute(tx)
  return found.rows[0]?.is === true
}

export async function linksToday(tx: Tx): Promise<number> {
  const found = await sql<{ n: number }>`select kembali.family_links_today() as n`.execute(tx)
  return found.rows[0]?.n ?? 0
}

export async function askLink(
  tx: Tx,
  { id, caseId, alias, relation }: { id: string; caseId: string; alias: string; relation: string },
): Promise<void> {
  await sql`select kembali.ask_family_link(${id}, ${caseId}, ${alias}, ${relation})`.execute(tx)
}

export async function answerLink(tx: Tx, linkId: string, decision: string): Promise<void> {
  await sql`select kembali.answer_family_link(${linkId}, ${decision})`.execute(tx)
}

export async function endLink(tx: Tx, linkId: string): Promise<void> {
  await sql`select kembali.end_family_link(${linkId})`.execute(tx)
}

/** Steps of a search with a day, first visits after a way back that nobody follows yet, and colleagues who ask about the family. */
export const dueFamily: SaysDue = () => sql`
  select m.id as case_id, ${lastMomentOf('t.next_on')} as due_at from mine m join family_tracing t on t.case_id = m.id
   where t.next_on is not null and t.state in ('open', 'in_progress', 'verified')
  union all
  select m.id, ${lastMomentOf('b.first_visit_on')} from mine m join family_reunification b on b.case_id = m.id
   where b.kind <> 'not_in_best_interests' and not exists (select from care_return r where r.case_id = m.id)
  union all
  select m.id, l.asked_at + interval '3 days' from mine m join family_link l on l.case_id = m.id
   where l.side = 'was_asked' and l.state = 'waiting'`
