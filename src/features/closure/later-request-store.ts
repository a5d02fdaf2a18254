import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { LaterAnswer, LaterRequest } from './later-request.ts'
import type { KnownRequest } from './later-request-ops.ts'
import { insertSafeWay, safeWaysOf } from './safe-way-store.ts'

type By = { id: string; opId: string; at: Instant }

export async function insertRequest(
  tx: Tx,
  of: LaterRequest & { dueOn: Day },
  by: By,
  cipher: CaseCipher,
): Promise<void> {
  const { safely: _apart, ...words } = split(LaterRequest, of).body
  const body = cipher.seal(LaterRequest.meta.fieldId, of.id, words)
  await sql`insert into later_request (id, case_id, op_id, noted_by, noted_at, kind, asked_on, due_on, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${by.id}, ${by.at}, ${of.kind}, ${of.askedOn}, ${of.dueOn}, ${body})`.execute(
    tx,
  )
  await insertSafeWay(tx, of, cipher)
}

export async function insertAnswer(tx: Tx, of: LaterAnswer, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(LaterAnswer.meta.fieldId, of.id, split(LaterAnswer, of).body)
  await sql`insert into later_answer (id, case_id, request_id, op_id, answered_by, answered_at, answered_on, body)
    values (${of.id}, ${of.caseId}, ${of.requestId}, ${by.opId}, ${by.id}, ${by.at}, ${of.answeredOn}, ${body})`.execute(
    tx,
  )
}

export async function findRequest(tx: Tx, caseId: string, requestId: string): Promise<KnownRequest> {
  const found = await sql<{ askedOn: Day; isAnswered: boolean }>`
    select r.asked_on, exists (select from later_answer a where a.request_id = r.id) as is_answered
      from later_request r where r.case_id = ${caseId} and r.id = ${requestId}`.execute(tx)
  return found.rows[0] ?? null
}

export type ReadRequest = LaterRequest & {
  dueOn: Day
  notedAt: Instant
  notedByName: string | null
  /** Who took it up past its day, as long as she has time to answer. */
  takenUpByName: string | null
  /** When the erasure goes on without an answer. */
  goesOnAt: Instant | null
}

export async function findRequests(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadRequest[]> {
  const found = await sql<SealedFact>`
    select r.id, r.case_id, r.kind, r.asked_on, r.due_on, r.noted_at, r.body, u.name as noted_by_name,
           (select b.name from later_turn t join app_user b on b.id = t.by_id
             where t.request_id = r.id and t.kind = 'taken' and t.ends_at > (select kembali.now()) order by t.made_at desc limit 1) as taken_up_by_name,
           kembali.goes_on_at(r.id) as goes_on_at
      from later_request r left join app_user u on u.id = r.noted_by
     where r.case_id = any(${[...caseIds]}::uuid[]) order by r.asked_on, r.id`.execute(tx)
  const safely = await safeWaysOf(tx, caseIds, open)
  const read = await openFacts<ReadRequest>(found.rows, LaterRequest.meta.fieldId, open)
  return read.map((one) => ({ ...one, safely: safely(one, one.safely) }))
}

export type ReadAnswer = LaterAnswer & { answeredByName: string | null }

export async function findAnswers(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadAnswer[]> {
  const found = await sql<SealedFact>`
    select a.id, a.case_id, a.request_id, a.answered_on, a.body, u.name as answered_by_name
      from later_answer a left join app_user u on u.id = a.answered_by
     where a.case_id = any(${[...caseIds]}::uuid[]) order by a.answered_at, a.id`.execute(tx)
  return openFacts(found.rows, LaterAnswer.meta.fieldId, open)
}

export type WaitingRequest = { requestId: string; caseId: string; alias: string; on: Day; goesOnAt: Instant | null }

/** What former children asked and nobody has answered: of a worker's own cases, of the teams a person supervises, or taken up by her. */
export async function requestsWaiting(tx: Tx, personId: string): Promise<WaitingRequest[]> {
  const found = await sql<WaitingRequest>`
    select r.id as request_id, c.id as case_id, c.alias, r.due_on as on, kembali.goes_on_at(r.id) as goes_on_at
      from later_request r join child_case c on c.id = r.case_id
     where not exists (select from later_answer a where a.request_id = r.id)
       and (c.worker_id = ${personId} or c.team_id in (
         select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null) or kembali.took_up(r.id))
     order by r.due_on, c.alias limit 200`.execute(tx)
  return found.rows
}
