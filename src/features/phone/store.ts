import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { JottingPlace } from '../../crypto/jotting-seal.ts'
import type { Tx } from '../../server/as-person.ts'

/** What became of a piece: kept, to be sent from the beginning, hers to deal with no more, in the place of something else, or too much: of hers, or of all phones. */
export type PutAnswer = 'kept' | 'begin' | 'ended' | 'other' | 'full' | 'no_room' | 'unknown'

/** Makes the browser of this session known as her phone; false where it keeps no key of its own, or is somebody else's. */
export async function knowDevice(tx: Tx, device: string): Promise<boolean> {
  const found = await sql<{ known: boolean }>`select kembali.jotting_know(${device}) as known`.execute(tx)
  return found.rows[0]?.known === true
}

/** The key a phone proves itself with; null for one that is not known. */
export async function keyOfDevice(tx: Tx, device: string): Promise<Uint8Array | null> {
  const found = await sql<{ key: Uint8Array | null }>`select kembali.jotting_key(${device}) as key`.execute(tx)
  return found.rows[0]?.key ?? null
}

export async function putPiece(
  tx: Tx,
  { device, id, place, count }: JottingPlace,
  sealed: Uint8Array,
): Promise<PutAnswer> {
  const found = await sql<{ answer: PutAnswer }>`
    select kembali.jotting_put(${device}, ${id}, ${place}, ${count}, ${sealed}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'unknown'
}

export type JottingRow = { id: string; device: string; pieces: number; begunAt: Instant; there: number }

/** What waits for whoever asks, oldest first, and how many pieces of it have come. */
export async function waitingJottings(tx: Tx): Promise<JottingRow[]> {
  const found = await sql<JottingRow>`
    select j.id, j.device, j.pieces, j.begun_at, (select count(*)::int from jotting_piece p where p.jotting_id = j.id) as there
      from jotting j where j.ended_at is null order by j.begun_at, j.id`.execute(tx)
  return found.rows
}

/** The sealed pieces of one jotting in their order, `most` of them. */
export async function sealedPieces(tx: Tx, id: string, most: number): Promise<Uint8Array[]> {
  const found = await sql<{ sealed: Uint8Array }>`
    select sealed from jotting_piece where jotting_id = ${id} order by place limit ${most}`.execute(tx)
  return found.rows.map(({ sealed }) => sealed)
}

/** Nothing of it stays but that it was; false for one that does not wait for whoever asks. */
export async function endJotting(tx: Tx, id: string, outcome: 'kept' | 'thrown_away'): Promise<boolean> {
  const ended = await sql`
    update jotting set ended_at = kembali.now(), outcome = ${outcome} where id = ${id} and ended_at is null`.execute(tx)
  if (ended.numAffectedRows !== 1n) return false
  await sql`delete from jotting_piece where jotting_id = ${id}`.execute(tx)
  return true
}

/** Tells until when she, with this phone, will have no line. */
export async function tellTrip(tx: Tx, personId: string, device: string, days: number): Promise<Instant | undefined> {
  const told = await sql<{ until: Instant }>`
    insert into phone_trip (device, person_id, until)
    values (${device}, ${personId}, kembali.now() + ${days} * interval '1 day')
    on conflict (device, person_id) do update set until = excluded.until, told_at = kembali.now()
    returning until`.execute(tx)
  return told.rows[0]?.until
}

export type Supervised = { id: string; name: string; until: Instant | null }

/** The people in the teams whoever asks supervises, and until when one of them told that there is no signal. */
export async function supervisedPeople(tx: Tx): Promise<Supervised[]> {
  const found = await sql<Supervised>`
    select u.id, u.name, (select max(t.until) from phone_trip t where t.person_id = u.id and t.until > kembali.now()) as until
      from app_user u where u.id in (select kembali.supervised()) order by u.name, u.id`.execute(tx)
  return found.rows
}

/** Writes down for whom a spoken code is given; otherwise why it is not. */
export async function giveSpokenCode(
  tx: Tx,
  personId: string,
  requestId: string,
): Promise<'given' | 'not_found' | 'spoken_enough'> {
  const found = await sql<{ answer: 'given' | 'not_found' | 'spoken_enough' }>`
    select kembali.spoken_code_give(${personId}, ${requestId}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'not_found'
}

/** Pieces one address may send in an hour: a few phones behind it that were full of photos. */
const MOST_AN_HOUR = 2000

/** Counts one more of this sender; false when it is too much. */
export async function takePieceTurn(tx: Tx, sender: string): Promise<boolean> {
  const found = await sql<{
    may: boolean
  }>`select kembali.throttle_count(${sender}, ${MOST_AN_HOUR}, 3600) as may`.execute(tx)
  return found.rows[0]?.may === true
}
