import { sql } from 'kysely'
import type { AnswerPart } from '../../core/questions.ts'
import { split } from '../../core/schema.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { hearsWhy } from '../../server/said-of-work.ts'
import type { KeptCheck } from './case-rows.ts'
import type {
  AssessmentDecision,
  AssessmentRound,
  AssessmentSubmission,
  KeptDecision,
  KeptRound,
  KeptSubmission,
} from './round.ts'
import { SafetyCheck } from './safety.ts'
import { type KeptSheet, type Sheet, SHEETS } from './sheet.ts'

export type By = { id: string; opId: string; at: Instant }

/** The numbers of the bodies that belong to no thing, in the schema registry. */
const ROUND_FIELD = 54
const SUBMISSION_FIELD = 55
const DECISION_FIELD = 56

type Read<T> = T & { id: string; caseId: string }

/** The sheets of one part of the given cases, oldest first. */
export async function findSheets(tx: Tx, part: AnswerPart, caseIds: readonly string[], open: OpenPart) {
  const { table, fieldId } = SHEETS[part].meta
  const found = await sql<SealedFact>`
    select s.id, s.case_id, s.round_id, s.section, s.at, s.mark, s.stops, s.child_said_on, s.saved_at, s.body, u.name as written_by_name
      from ${sql.table(table)} s left join app_user u on u.id = s.written_by
     where s.case_id = any(${[...caseIds]}::uuid[]) order by s.at, s.saved_at, s.id`.execute(tx)
  return openFacts<KeptSheet>(found.rows, fieldId, open)
}

export async function insertSheet(tx: Tx, part: AnswerPart, sheet: Sheet, by: By, cipher: CaseCipher): Promise<void> {
  const { meta } = SHEETS[part]
  const { body } = split(SHEETS[part], { ...sheet })
  // The first sheet begins the first assessment, whichever phone brings it.
  if (sheet.roundId === sheet.caseId)
    await sql`insert into assessment_round (id, case_id, op_id) values (${sheet.caseId}, ${sheet.caseId}, ${by.opId})
      on conflict do nothing`.execute(tx)
  await sql`insert into ${sql.table(meta.table)}
      (id, case_id, op_id, round_id, section, at, mark, stops, child_said_on, saved_at, written_by, body)
    values (${sheet.id}, ${sheet.caseId}, ${by.opId}, ${sheet.roundId}, ${sheet.section}, ${sheet.at}, ${sheet.mark}, ${sheet.stops},
      ${sheet.childSaidOn}, ${by.at}, ${by.id}, ${cipher.seal(meta.fieldId, sheet.id, body)})`.execute(tx)
}

/** When others could hear of a check `s`. */
export const HEARD_AT = sql`s.saved_at`

export async function findChecks(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<SealedFact>`
    select s.id, s.case_id, s.at, s.how, s.safe_now, s.harm_to_child, s.next_on, s.child_said_on, s.body, u.name as written_by_name,
           s.written_by, ${HEARD_AT} as heard_at
      from safety_check s left join app_user u on u.id = s.written_by
     where s.case_id = any(${[...caseIds]}::uuid[]) order by s.at, s.id`.execute(tx)
  return openFacts<KeptCheck>(found.rows, SafetyCheck.meta.fieldId, open)
}

export async function insertCheck(tx: Tx, check: SafetyCheck, by: By, cipher: CaseCipher): Promise<void> {
  const { id, caseId, at, how, safeNow, harmToChild, nextOn, childSaidOn } = check
  const { body } = split(SafetyCheck, check)
  await sql`insert into safety_check (id, case_id, op_id, at, how, safe_now, harm_to_child, next_on, child_said_on, written_by, body)
    values (${id}, ${caseId}, ${by.opId}, ${at}, ${how}, ${safeNow}, ${harmToChild}, ${nextOn}, ${childSaidOn}, ${by.id},
      ${cipher.seal(SafetyCheck.meta.fieldId, id, body)})`.execute(tx)
}

/** The assessments of the given cases; the first one says no reason. */
export async function findRounds(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<KeptRound[]> {
  const found = await sql<{ id: string; caseId: string; begunAt: Instant; body: Uint8Array | null }>`
    select id, case_id, begun_at, body from assessment_round
     where case_id = any(${[...caseIds]}::uuid[]) order by begun_at, id`.execute(tx)
  const read: KeptRound[] = []
  for (const { id, caseId, begunAt, body } of found.rows) {
    const cipher = body === null ? null : await open(caseId)
    const words = body === null || cipher === null ? null : (cipher.open(ROUND_FIELD, id, body) as { why: string }) // sealed by insertRound
    read.push({ id, caseId, begunAt, why: words?.why ?? null })
  }
  return read
}

export async function insertRound(tx: Tx, { id, caseId, why }: AssessmentRound, by: By, cipher: CaseCipher) {
  await sql`insert into assessment_round (id, case_id, op_id, body)
    values (${id}, ${caseId}, ${by.opId}, ${cipher.seal(ROUND_FIELD, id, { why })})`.execute(tx)
}

export async function findSubmissions(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<SealedFact>`
    select s.id, s.case_id, s.round_id, s.harm_to_child, s.submitted_by, s.submitted_at, s.written_at, s.body, u.name as submitted_by_name
      from assessment_submission s left join app_user u on u.id = s.submitted_by
     where s.case_id = any(${[...caseIds]}::uuid[]) order by s.submitted_at, s.id`.execute(tx)
  return openFacts<Read<KeptSubmission>>(found.rows, SUBMISSION_FIELD, open)
}

export async function insertSubmission(
  tx: Tx,
  of: AssessmentSubmission,
  by: By & { writtenAt: Instant },
  cipher: CaseCipher,
): Promise<void> {
  const { id, caseId, roundId, harmToChild, ...words } = of
  await sql`insert into assessment_submission (id, case_id, op_id, round_id, harm_to_child, submitted_by, submitted_at, written_at, body)
    values (${id}, ${caseId}, ${by.opId}, ${roundId}, ${harmToChild}, ${by.id}, ${by.at}, ${by.writtenAt}, ${cipher.seal(SUBMISSION_FIELD, id, words)})`.execute(
    tx,
  )
}

export async function findDecisions(tx: Tx, caseIds: readonly string[], open: OpenPart) {
  const found = await sql<SealedFact>`
    select d.id, d.case_id, d.submission_id, d.decision, d.decided_at, d.seen_at, d.body, u.name as decided_by_name,
           ${hearsWhy(sql`d.submitted_by`)} as hears
      from assessment_decision d left join app_user u on u.id = d.decided_by
     where d.case_id = any(${[...caseIds]}::uuid[]) order by d.decided_at, d.id`.execute(tx)
  const read = await openFacts<Read<KeptDecision & { hears: boolean }>>(found.rows, DECISION_FIELD, open)
  return read.map(({ hears, ...decision }) => (hears ? decision : { ...decision, reason: null }))
}

export async function insertDecision(
  tx: Tx,
  of: AssessmentDecision,
  submittedBy: string,
  by: By,
  cipher: CaseCipher,
): Promise<void> {
  const { id, caseId, submissionId, decision, seenAt, reason } = of
  await sql`insert into assessment_decision
      (id, case_id, op_id, submission_id, submitted_by, decided_by, decision, decided_at, seen_at, body)
    values (${id}, ${caseId}, ${by.opId}, ${submissionId}, ${submittedBy}, ${by.id}, ${decision}, ${by.at}, ${seenAt},
      ${cipher.seal(DECISION_FIELD, id, { reason })})`.execute(tx)
}
