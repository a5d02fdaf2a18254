import { sql } from 'kysely'
import type { Tx } from '../../server/as-person.ts'
import type { Apart } from '../../server/key-broker.ts'
import type { HoldingRequest, ToTakeUp } from './later-request.ts'

/** Of `later_turn.body`: why a request no longer holds its file. */
export const WHY_ENDED_FIELD = 113

/** What waits past its day in the office of the supervisor who asks, beside her own teams: by team and day, and of no child. */
export async function requestsToTakeUp(tx: Tx): Promise<ToTakeUp[]> {
  const found = await sql<ToTakeUp>`select * from kembali.requests_to_take_up()`.execute(tx)
  return found.rows
}

/** What nobody has answered, for the data protection officer; to everybody else there is nothing. */
export async function requestsThatHold(tx: Tx): Promise<HoldingRequest[]> {
  const found = await sql<HoldingRequest>`select * from kembali.requests_that_hold()`.execute(tx)
  return found.rows
}

/** What came of it, and of which case where it was done: for the ledger alone. */
export type Turned = { outcome: string; ofCase: string | null }

export async function takeUp(tx: Tx, id: string, requestId: string): Promise<Turned> {
  const found = await sql<Turned>`select * from kembali.take_up_request(${id}, ${requestId})`.execute(tx)
  return only(found.rows)
}

export async function endRequest(tx: Tx, id: string, requestId: string, why: Apart): Promise<Turned> {
  const found = await sql<Turned>`
    select * from kembali.end_request(${id}, ${requestId}, ${why.keyId}, ${why.epoch}, ${why.wrapped}, ${why.body})`.execute(
    tx,
  )
  return only(found.rows)
}

export async function takeBackEnd(tx: Tx, requestId: string): Promise<Turned> {
  const found = await sql<Turned>`select * from kembali.take_back_end(${requestId})`.execute(tx)
  return only(found.rows)
}

function only(rows: readonly Turned[]): Turned {
  const [row] = rows
  if (row === undefined) throw new Error('one row was asked for')
  return row
}

/** Why a request of this case no longer holds it, as sealed: for whoever reads the request. */
export async function whyEnded(tx: Tx, caseId: string, requestId: string): Promise<(Apart & { id: string }) | null> {
  const found = await sql<Apart & { id: string }>`
    select id, key_id, epoch, wrapped, body from later_turn
     where case_id = ${caseId} and request_id = ${requestId} and kind = 'ended' and ends_at > (select kembali.now())`.execute(
    tx,
  )
  return found.rows[0] ?? null
}
