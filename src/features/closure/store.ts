import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { SignatureDecision } from '../../core/second-signature.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { readSignatures } from '../../server/second-signatures.ts'
import { CaseClosing, CaseReopening } from './closing.ts'
import type { Clock } from './retention.ts'
import { insertSafeWay, safeWaysOf } from './safe-way-store.ts'

type By = { id: string; opId: string; at: Instant }

export async function insertClosing(tx: Tx, of: CaseClosing, by: By, cipher: CaseCipher): Promise<void> {
  const { contactSafely: _apart, ...words } = split(CaseClosing, of).body
  const body = cipher.seal(CaseClosing.meta.fieldId, of.id, words)
  await sql`insert into case_closing (id, case_id, op_id, asked_by, asked_at, reason, told, told_on, told_language, feedback,
      contact, contact_way, contact_on, contact_until, asks_to_keep, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${by.id}, ${by.at}, ${of.reason}, ${of.told}, ${of.toldOn}, ${of.toldLanguage},
      ${of.feedback}, ${of.contact}, ${of.contactWay}, ${of.contactOn}, ${of.contactUntil}, ${of.asksToKeep}, ${body})`.execute(
    tx,
  )
  await insertSafeWay(tx, { id: of.id, caseId: of.caseId, safely: of.contactSafely }, cipher)
}

export type Answer = {
  decision: SignatureDecision
  answeredAt: Instant
  answeredByName: string | null
  reason: string | null
}

export type ReadClosing = CaseClosing & {
  askedAt: Instant
  askedBy: string
  askedByName: string | null
  /** When the contact was made that was agreed for later. */
  contactMadeOn: Day | null
  /** Of a duplicate: the two words of the file that goes on. */
  goesOnAs: string | null
  isAnswered: boolean
  answer: Answer | null
}

/** What was asked for the given cases, oldest first, with what the supervisor said to it. */
export async function findClosings(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadClosing[]> {
  const found = await sql<SealedFact>`
    select c.id, c.case_id, c.asked_by, c.asked_at, c.reason, c.told, c.told_on, c.told_language, c.feedback, c.contact,
           c.contact_way, c.contact_on, c.contact_until, c.contact_made_on, case when c.reason = 'duplicate' then kembali.other_file(c.case_id) end as goes_on_as, c.asks_to_keep, c.body, u.name as asked_by_name
      from case_closing c left join app_user u on u.id = c.asked_by
     where c.case_id = any(${[...caseIds]}::uuid[]) order by c.asked_at, c.id`.execute(tx)
  const safely = await safeWaysOf(tx, caseIds, open)
  const read = await openFacts<Unanswered<ReadClosing>>(found.rows, CaseClosing.meta.fieldId, open)
  return withAnswers(
    tx,
    caseIds,
    read.map((one) => ({ ...one, contactSafely: safely(one, one.contactSafely) })),
    open,
  )
}

type Unanswered<Read> = Omit<Read, 'isAnswered' | 'answer'>

async function withAnswers<Row extends { id: string }>(
  tx: Tx,
  caseIds: readonly string[],
  rows: readonly Row[],
  open: OpenPart,
): Promise<(Row & { isAnswered: boolean; answer: Answer | null })[]> {
  const answers = await answersOf(tx, caseIds, open)
  return rows.map((row) => {
    const answer = answers.get(row.id) ?? null
    return { ...row, isAnswered: answer !== null, answer }
  })
}

/** What second persons said, by the row it is about; a request that waits has none. */
export async function answersOf(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<Map<string, Answer>> {
  const asked = await readSignatures(tx, caseIds, 'services', open)
  return new Map(asked.flatMap(({ aboutId, answer }) => (answer === null ? [] : [[aboutId, answer] as const])))
}

export type ClosingRow = { id: string; reason: string; asksToKeep: boolean; isAnswered: boolean }

/** What was asked in a case, oldest first, without its words: what the rules look at. */
export async function closingsOf(tx: Tx, caseId: string): Promise<ClosingRow[]> {
  const found = await sql<ClosingRow>`
    select k.id, k.reason, k.asks_to_keep, exists (
        select from second_signature s join second_signature_answer a on a.signature_id = s.id where s.about_id = k.id) as is_answered
      from case_closing k where k.case_id = ${caseId} order by k.asked_at, k.id`.execute(tx)
  return found.rows
}

/** What both workers have said of another file of the same child (`migrations/0186`). */
export async function otherFile(tx: Tx, caseId: string): Promise<{ goesOnElsewhere: boolean; isLeanedOn: boolean }> {
  const found = await sql<{ goesOnElsewhere: boolean; isLeanedOn: boolean }>`
    select kembali.has_another_file(${caseId}) as goes_on_elsewhere, kembali.goes_on_for_another(${caseId}) as is_leaned_on`.execute(
    tx,
  )
  const [row] = found.rows
  if (row === undefined) throw new Error('one row was asked for')
  return row
}

/** Why nobody can sign that this file is one too many: no other goes on, or one person said it of both and this one does not read both. */
export async function duplicateFault(tx: Tx, caseId: string): Promise<'without_file' | 'one_hand' | null> {
  const found = await sql<{ fault: 'without_file' | 'one_hand' | null }>`
    select kembali.duplicate_fault(${caseId}) as fault`.execute(tx)
  return found.rows[0]?.fault ?? null
}

export async function insertReopening(tx: Tx, of: CaseReopening, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(CaseReopening.meta.fieldId, of.id, split(CaseReopening, of).body)
  await sql`insert into case_reopening (id, case_id, op_id, reopened_by, reopened_at, reason, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${by.id}, ${by.at}, ${of.reason}, ${body})`.execute(tx)
}

export type ReadReopening = CaseReopening & {
  reopenedAt: Instant
  reopenedByName: string | null
  isAnswered: boolean
  answer: Answer | null
}

export async function findReopenings(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadReopening[]> {
  const found = await sql<SealedFact>`
    select r.id, r.case_id, r.reason, r.reopened_at, r.body, u.name as reopened_by_name
      from case_reopening r left join app_user u on u.id = r.reopened_by
     where r.case_id = any(${[...caseIds]}::uuid[]) order by r.reopened_at, r.id`.execute(tx)
  const read = await openFacts<Unanswered<ReadReopening>>(found.rows, CaseReopening.meta.fieldId, open)
  return withAnswers(tx, caseIds, read, open)
}

/** Closes a file by the answer that this operation gives, and starts its clocks; the database asks whether that was weighed. */
export async function closeAsAnswered(
  tx: Tx,
  caseId: string,
  opId: string,
  { at, reason, clocks }: { at: Instant; reason: string; clocks: readonly Clock[] },
): Promise<void> {
  const rows = JSON.stringify(clocks.map(({ class: id, parts, endsOn }) => ({ class: id, parts, ends_on: endsOn })))
  await sql`select kembali.close_as_answered(${caseId}, ${opId}, ${at}, ${reason}, ${rows}::jsonb)`.execute(tx)
}

export type ReadClock = {
  caseId: string
  class: string
  /** What the data protection officer calls this file by. */
  ref: string
  startsAt: Instant
  endsOn: Day
  warnedAt: Instant | null
  erasedAt: Instant | null
}

export async function clocksOfCases(tx: Tx, caseIds: readonly string[]): Promise<ReadClock[]> {
  const found = await sql<ReadClock>`
    select case_id, class, left(encode(kembali.case_hash(case_id), 'hex'), 8) as ref, starts_at, ends_on, warned_at, erased_at
      from retention_clock
     where case_id = any(${[...caseIds]}::uuid[]) order by ends_on, class`.execute(tx)
  return found.rows
}
