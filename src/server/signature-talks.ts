import { sql } from 'kysely'
import type { Part } from '../core/part.ts'
import type { Signer, TalkSaid } from '../core/second-signature.ts'
import type { Instant } from '../core/time.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import type { Tx } from './as-person.ts'
import type { OpContext } from './feature.ts'

/** The number of `signature_talk.body` in the schema registry. */
const TALK_FIELD = 556

/** What was said on the telephone, for whoever reads the request. */
export type ReadTalk = {
  id: string
  name: string | null
  at: Instant
  said: TalkSaid
  words: string | null
  writtenByName: string | null
  /** Whether this same person signed or declined later. */
  answeredToo: boolean
}

type SignerRow = Omit<Signer, 'turn'> & { signatureId: string; stage: Signer['turn'] }

/** Who can sign what nobody has answered, by request. */
export async function signersOf(
  tx: Tx,
  rows: readonly { id: string; decision?: unknown }[],
): Promise<Map<string, Signer[]>> {
  const open = rows.filter(({ decision }) => (decision ?? null) === null).map(({ id }) => id)
  if (open.length === 0) return new Map()
  const found = await sql<SignerRow>`select * from kembali.signers_of(${open}::uuid[])`.execute(tx)
  return groupBy(found.rows, ({ stage, signatureId: _of, ...signer }) => ({ ...signer, turn: stage }))
}

type TalkRow = {
  id: string
  signatureId: string
  personId: string | null
  name: string | null
  at: Instant
  said: TalkSaid
  writtenByName: string | null
  body: Uint8Array
}

/** What was said on the telephone about these requests, oldest first. */
export async function talksAbout(tx: Tx, rows: readonly { id: string }[]): Promise<Map<string, TalkRow[]>> {
  if (rows.length === 0) return new Map()
  const found = await sql<TalkRow>`
    select t.id, t.signature_id, t.person_id, t.at, t.said, t.body,
           coalesce(u.name, kembali.name_on_signature(t.signature_id, t.person_id)) as name,
           coalesce(w.name, kembali.name_on_signature(t.signature_id, t.written_by)) as written_by_name
      from signature_talk t left join app_user u on u.id = t.person_id left join app_user w on w.id = t.written_by
     where t.signature_id = any(${rows.map(({ id }) => id)}::uuid[]) order by t.at, t.id`.execute(tx)
  return groupBy(found.rows, (row) => row)
}

/** With its words, which lie under the request's own part. */
export function readTalk(
  { id, personId, name, at, said, writtenByName, body }: TalkRow,
  of: { answeredBy: string | null },
  cipher: CaseCipher,
): ReadTalk {
  const { who, words } = cipher.open(TALK_FIELD, id, body) as { who: string | null; words: string | null } // sealed by keepTalk
  const answeredToo = personId !== null && personId === of.answeredBy
  return { id, name: name ?? who, at, said, words, writtenByName, answeredToo }
}

function groupBy<From extends { signatureId: string }, To>(
  rows: readonly From[],
  to: (row: From) => To,
): Map<string, To[]> {
  const groups = new Map<string, To[]>()
  for (const row of rows) groups.set(row.signatureId, [...(groups.get(row.signatureId) ?? []), to(row)])
  return groups
}

/** Whether somebody is one who can be asked to sign this, now or before: a supervisor of the office, or of its roster. */
export async function mayBeCalled(tx: Tx, signatureId: string, personId: string): Promise<boolean> {
  const found = await sql<{ may: boolean }>`select kembali.may_be_called(${signatureId}, ${personId}) as may`.execute(
    tx,
  )
  return found.rows[0]?.may === true
}

/** Keeps what was said on the telephone beside the request, under the request's own part. */
export async function keepTalk(
  tx: Tx,
  of: {
    id: string
    request: { id: string; caseId: string; part: Part }
    personId: string | null
    at: Instant
    said: TalkSaid
  },
  words: { who: string | null; words: string | null },
  ctx: Pick<OpContext, 'me' | 'opId' | 'cipher'>,
): Promise<void> {
  const { id, request, personId, at, said } = of
  const body = (await ctx.cipher(request.part)).seal(TALK_FIELD, id, words)
  await sql`insert into signature_talk (id, case_id, op_id, signature_id, part, person_id, at, said, written_by, body)
    values (${id}, ${request.caseId}, ${ctx.opId}, ${request.id}, ${request.part}, ${personId}, ${at}, ${said}, ${ctx.me.id},
      ${body})`.execute(tx)
}
