import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { LegalHold, ReturnCode } from './hold.ts'
import type { HoldingRequest } from './later-request.ts'
import { requestsThatHold } from './later-turn-store.ts'
import { type Answer, answersOf } from './store.ts'

type By = { id: string; opId: string; at: Instant }

export async function insertHold(tx: Tx, of: LegalHold, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(LegalHold.meta.fieldId, of.id, split(LegalHold, of).body)
  await sql`insert into legal_hold (id, case_id, op_id, asked_by, asked_at, until_on, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${by.id}, ${by.at}, ${of.untilOn}, ${body})`.execute(tx)
}

/** The holds of a case; `isLive`: not ended, not declined, and its day not past. */
export async function holdsOf(tx: Tx, caseId: string): Promise<{ id: string; isLive: boolean }[]> {
  const found = await sql<{ id: string; isLive: boolean }>`
    select h.id, h.ended_at is null and h.until_on >= ((select kembali.now()) at time zone 'UTC')::date and not exists (
        select from second_signature s join second_signature_answer a on a.signature_id = s.id
         where s.about_id = h.id and a.decision = 'declined') as is_live
      from legal_hold h where h.case_id = ${caseId}`.execute(tx)
  return found.rows
}

export async function endHold(tx: Tx, holdId: string, by: By): Promise<void> {
  await sql`update legal_hold set ended_at = ${by.at}, ended_by = ${by.id} where id = ${holdId} and ended_at is null`.execute(
    tx,
  )
}

export type ReadHold = LegalHold & {
  askedAt: Instant
  askedByName: string | null
  endedAt: Instant | null
  isLive: boolean
  answer: Answer | null
}

export async function findHolds(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadHold[]> {
  const found = await sql<SealedFact>`
    select h.id, h.case_id, h.asked_at, h.until_on, h.ended_at, h.body, u.name as asked_by_name,
           h.ended_at is null and h.until_on >= ((select kembali.now()) at time zone 'UTC')::date and not exists (
             select from second_signature s join second_signature_answer a on a.signature_id = s.id
              where s.about_id = h.id and a.decision = 'declined') as is_live
      from legal_hold h left join app_user u on u.id = h.asked_by
     where h.case_id = any(${[...caseIds]}::uuid[]) order by h.asked_at, h.id`.execute(tx)
  const answers = await answersOf(tx, caseIds, open)
  const read = await openFacts<Omit<ReadHold, 'answer'>>(found.rows, LegalHold.meta.fieldId, open)
  return read.map((row) => ({ ...row, answer: answers.get(row.id) ?? null }))
}

export async function insertReturnCode(tx: Tx, of: ReturnCode, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(ReturnCode.meta.fieldId, of.id, split(ReturnCode, of).body)
  await sql`insert into return_code (id, case_id, op_id, made_at, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${by.at}, ${body})`.execute(tx)
}

/** What the newest paper's words are compared with; the ones before it open nothing any more. */
export async function newestReturnCode(tx: Tx, caseId: string, cipher: CaseCipher): Promise<ReturnCode | null> {
  const found = await sql<{ id: string; body: Uint8Array }>`
    select id, body from return_code where case_id = ${caseId} order by made_at desc, id limit 1`.execute(tx)
  const [row] = found.rows
  if (row === undefined) return null
  const { salt, digest } = cipher.open(ReturnCode.meta.fieldId, row.id, row.body) as Pick<ReturnCode, 'salt' | 'digest'> // sealed by insertReturnCode
  return { id: row.id, caseId, salt, digest }
}

export type QueueRow = {
  ref: string
  office: string
  class: string
  endsOn: Day
  warnedAt: Instant | null
  heldUntil: Day | null
  holdSigned: boolean | null
  /** What its former child asked waits for an answer. */
  requestWaits: boolean
  /** Of what waits longest. */
  requestAskedOn: Day | null
  requestDueOn: Day | null
}
export type ErasureRow = { ref: string; class: string; whole: boolean; erasedAt: Instant }

/** What the data protection officer sees; to everybody else there is nothing. */
export async function retentionQueue(
  tx: Tx,
): Promise<{ queue: QueueRow[]; requests: HoldingRequest[]; erased: ErasureRow[] }> {
  const queue = await sql<QueueRow>`select * from kembali.retention_queue()`.execute(tx)
  const erased = await sql<ErasureRow>`select * from kembali.erasures()`.execute(tx)
  return { queue: queue.rows, requests: await requestsThatHold(tx), erased: erased.rows }
}

export type SoonRow = { caseId: string; alias: string; class: string; endsOn: Day; isHeld: boolean }

/** What is erased soon in the teams a person supervises. */
export async function soonInMyTeams(tx: Tx, personId: string): Promise<SoonRow[]> {
  const found = await sql<SoonRow>`
    select c.id as case_id, c.alias, r.class, r.ends_on, kembali.is_held(c.id) as is_held
      from team_member m join child_case c on c.team_id = m.team_id and c.state = 'closed'
      join retention_clock r on r.case_id = c.id and r.erased_at is null and r.warned_at is not null
     where m.person_id = ${personId} and m.supervises and m.ended_at is null
     order by r.ends_on, c.alias limit 200`.execute(tx)
  return found.rows
}
