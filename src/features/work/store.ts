import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import type { SaysDue } from '../../server/late-work.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { CaseAttention, type ReadAttention } from './attention.ts'
import { CaseQuestion, type ReadQuestion } from './question.ts'

type By = { id: string; opId: string; at: Instant }

export async function insertQuestion(tx: Tx, of: CaseQuestion, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(CaseQuestion.meta.fieldId, of.id, { words: of.words })
  await sql`insert into case_question (id, case_id, op_id, answers, for_whom, written_by, at, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.answers}, ${of.forWhom}, ${by.id}, ${by.at}, ${body})`.execute(tx)
}

/** What was asked and answered on a case, by its ids alone. */
export async function askedOn(tx: Tx, caseId: string): Promise<{ id: string; answers: string | null }[]> {
  const found = await sql<{ id: string; answers: string | null }>`
    select id, answers from case_question where case_id = ${caseId}`.execute(tx)
  return found.rows
}

/** Questions and answers of the given cases, oldest first, with their words. */
export async function findQuestions(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadQuestion[]> {
  const found = await sql<SealedFact>`
    select q.id, q.case_id, q.answers, q.for_whom, q.written_by, q.at, q.body, u.name as written_by_name
      from case_question q left join app_user u on u.id = q.written_by
     where q.case_id = any(${[...caseIds]}::uuid[]) order by q.at, q.id`.execute(tx)
  return openFacts<ReadQuestion>(found.rows, CaseQuestion.meta.fieldId, open)
}

export async function insertAttention(tx: Tx, of: CaseAttention, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(CaseAttention.meta.fieldId, of.id, { words: of.words })
  await sql`insert into case_attention (id, case_id, op_id, reason, until_on, raised_by, raised_at, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.reason}, ${of.untilOn}, ${by.id}, ${by.at}, ${body})`.execute(tx)
}

export async function isOpenAttention(tx: Tx, of: { id: string; caseId: string }): Promise<boolean> {
  const found = await sql<{ id: string }>`
    select id from case_attention where id = ${of.id} and case_id = ${of.caseId} and ended_at is null`.execute(tx)
  return found.rows.length > 0
}

export async function endAttention(tx: Tx, id: string, by: Pick<By, 'id' | 'at'>): Promise<void> {
  await sql`update case_attention set ended_at = ${by.at}, ended_by = ${by.id} where id = ${id}`.execute(tx)
}

/** Calls for attention on the given cases, the latest first. */
export async function findAttention(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadAttention[]> {
  const found = await sql<SealedFact>`
    select n.id, n.case_id, n.reason, n.until_on, n.raised_by, n.raised_at, n.ended_at, n.body, u.name as raised_by_name
      from case_attention n left join app_user u on u.id = n.raised_by
     where n.case_id = any(${[...caseIds]}::uuid[]) order by n.raised_at desc, n.id`.execute(tx)
  return openFacts<ReadAttention>(found.rows, CaseAttention.meta.fieldId, open)
}

export type TeamQuestion = { id: string; caseId: string; alias: string; askedBy: string | null; at: Instant }
export type TeamAttention = {
  id: string
  caseId: string
  alias: string
  reason: string
  raisedBy: string | null
  untilOn: string
}

const MY_TEAMS = (personId: string) => sql`c.state = 'open' and c.team_id in (
  select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null)`

/** Questions that wait for the answer of whoever supervises, in her teams; no word of them. */
export async function questionsInMyTeams(tx: Tx, personId: string): Promise<TeamQuestion[]> {
  const found = await sql<TeamQuestion>`
    select q.id, q.case_id, c.alias, u.name as asked_by, q.at
      from case_question q join child_case c on c.id = q.case_id left join app_user u on u.id = q.written_by
     where ${MY_TEAMS(personId)} and q.answers is null and q.for_whom <> 'worker' and q.written_by <> ${personId}
       and not exists (select from case_question a where a.answers = q.id)
     order by q.at limit 100`.execute(tx)
  return found.rows
}

/** Calls for attention that stand, in the teams a person supervises; no word of them. */
export async function attentionInMyTeams(tx: Tx, personId: string): Promise<TeamAttention[]> {
  const found = await sql<TeamAttention>`
    select n.id, n.case_id, c.alias, n.reason, u.name as raised_by, n.until_on
      from case_attention n join child_case c on c.id = n.case_id left join app_user u on u.id = n.raised_by
     where ${MY_TEAMS(personId)} and n.ended_at is null and n.until_on >= ((select kembali.now()) - interval '12 hours')::date
     order by n.until_on, n.raised_at limit 100`.execute(tx)
  return found.rows
}

/** Questions of colleagues that nobody has answered, each within two days. */
export const dueAnswers: SaysDue = () => sql`
  select m.id as case_id, q.at + interval '2 days' as due_at from mine m join case_question q on q.case_id = m.id
   where q.answers is null and q.written_by <> m.worker_id and not exists (select from case_question a where a.answers = q.id)`
