import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import { letterHashes, openLetter, sealLetter } from '../../crypto/letter.ts'
import type { Tx } from '../../server/as-person.ts'
import type { Letter, LetterLink } from './letter.ts'
import type { GiveLink } from './referral-ops.ts'

/** Puts a link, in the place of any other of the same letter that is still open. */
export async function insertLink(
  tx: Tx,
  link: GiveLink,
  letter: Letter,
  by: { id: string; opId: string },
): Promise<void> {
  await sql`update letter_link set ended_at = kembali.now(), ended_why = 'ended', body = null, xid = pg_current_xact_id()
    where referral_id = ${link.referralId} and ended_at is null`.execute(tx)
  const hashes = letterHashes(link.secret, link.number)
  await sql`insert into letter_link (id, case_id, op_id, referral_id, token_hash, number_hash, ends_at, written_by, body)
    values (${link.id}, ${link.caseId}, ${by.opId}, ${link.referralId}, ${hashes.token}, ${hashes.number}, ${link.endsAt},
      ${by.id}, ${sealLetter(link.secret, link.id, letter)})`.execute(tx)
}

export async function isOpenLink(tx: Tx, id: string, caseId: string): Promise<boolean> {
  const found = await sql<{ open: boolean }>`
    select ended_at is null as open from letter_link where id = ${id} and case_id = ${caseId}`.execute(tx)
  return found.rows[0]?.open ?? false
}

export async function endLinkNow(tx: Tx, id: string): Promise<void> {
  await sql`update letter_link set ended_at = kembali.now(), ended_why = 'ended', body = null, xid = pg_current_xact_id()
    where id = ${id} and ended_at is null`.execute(tx)
}

export async function findLinks(tx: Tx, caseIds: readonly string[]): Promise<LetterLink[]> {
  const found = await sql<LetterLink>`
    select id, case_id, referral_id, made_at, ends_at, opened_at, read_at, ended_at, ended_why, answer, answered_at, handed_on_at
      from letter_link where case_id = any(${[...caseIds]}::uuid[]) order by made_at desc, id`.execute(tx)
  return found.rows
}

export type Knock = {
  state: 'unknown' | 'withdrawn' | 'ended' | 'tries' | 'over' | 'wrong_number' | 'read' | 'open'
  id: string | null
  caseId: string | null
  letter: Letter | null
  endsAt: Instant | null
  answer: LetterLink['answer']
}

/** What somebody without an account finds behind a link; the letter itself only while it is open and the number is right. */
export async function knock(tx: Tx, secret: string, number: string): Promise<Knock> {
  const hashes = letterHashes(secret, number)
  const found = await sql<Omit<Knock, 'letter'> & { body: Uint8Array | null }>`
    select * from kembali.letter_knock(${hashes.token}, ${hashes.number})`.execute(tx)
  const [row] = found.rows
  if (row === undefined) throw new Error('letter_knock always answers one row')
  const { body, ...rest } = row
  const letter = body === null || row.id === null ? null : (openLetter(secret, row.id, body) as Letter) // sealed by insertLink
  return { ...rest, letter }
}

export async function endAsRead(tx: Tx, id: string): Promise<void> {
  await sql`select kembali.letter_done(${id})`.execute(tx)
}

export async function keepReceiversAnswer(
  tx: Tx,
  id: string,
  answer: NonNullable<LetterLink['answer']>,
): Promise<void> {
  await sql`select kembali.letter_answer(${id}, ${answer})`.execute(tx)
}
