import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { type AskedLater, askedLaterOf, CareFollowUp } from './follow-up.ts'

export async function insertFollowUp(tx: Tx, of: CareFollowUp, opId: string, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(CareFollowUp.meta.fieldId, of.id, split(CareFollowUp, of).body)
  await sql`insert into care_follow_up (id, case_id, op_id, return_id, how, at, body)
    values (${of.id}, ${of.caseId}, ${opId}, ${of.returnId}, ${of.how}, ${of.at}, ${body})`.execute(tx)
}

/** Contacts of the given cases, oldest first, with what the child said. */
export async function findFollowUps(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<CareFollowUp[]> {
  const found = await sql<SealedFact>`
    select id, case_id, return_id, how, at, body from care_follow_up
     where case_id = any(${[...caseIds]}::uuid[]) order by at, id`.execute(tx)
  return openFacts<CareFollowUp>(found.rows, CareFollowUp.meta.fieldId, open)
}

export type ReturnRow = { id: string; startsOn: Day; endsOn: Day | null }

export async function findReturns(tx: Tx, caseId: string): Promise<ReturnRow[]> {
  const found = await sql<ReturnRow>`
    select id, starts_on, ends_on from care_return where case_id = ${caseId} order by starts_on`.execute(tx)
  return found.rows
}

/** When the contacts of one way back were, and whether the child was reached. */
export async function contactsOf(tx: Tx, returnId: string): Promise<Pick<CareFollowUp, 'at' | 'how'>[]> {
  const found = await sql<Pick<CareFollowUp, 'at' | 'how'>>`
    select at, how from care_follow_up where return_id = ${returnId}`.execute(tx)
  return found.rows
}

export async function setNextDue(tx: Tx, returnId: string, next: Day | null): Promise<void> {
  await sql`update care_return set next_due_on = ${next} where id = ${returnId}`.execute(tx)
}

/** What was answered to being asked later how the help was. */
export async function findAskedLater(tx: Tx, caseId: string): Promise<AskedLater> {
  const answers = await sql<{ id: string; askedAt: Instant; refused: boolean }>`
    select id, asked_at, standing = 'refused' as refused from consent_record
     where case_id = ${caseId} and purpose = 'research_follow_up'`.execute(tx)
  const ended = await sql<{ consentId: string }>`
    select consent_id from consent_withdrawal where case_id = ${caseId}`.execute(tx)
  return askedLaterOf(
    answers.rows,
    ended.rows.map((row) => row.consentId),
  )
}
