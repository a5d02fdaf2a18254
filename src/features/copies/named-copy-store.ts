import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { type CopyState, type Ground, NamedCopy, type ReadCopy } from './named-copy.ts'

type By = { id: string; opId: string; at: Instant }

/** On what which body may be told something of this case, one ground a body. */
export async function groundsOf(tx: Tx, caseId: string): Promise<Ground[]> {
  const found = await sql<Ground>`
    select recipient, purpose, consent_id, basis_id from kembali.grounds_to_tell(${caseId})`.execute(tx)
  return found.rows
}

export async function insertCopy(tx: Tx, of: NamedCopy, on: Ground, by: By, cipher: CaseCipher): Promise<void> {
  const body = cipher.seal(NamedCopy.meta.fieldId, of.id, split(NamedCopy, of).body)
  await sql`insert into named_copy
      (id, case_id, op_id, recipient, purpose, parts, consent_id, basis_id, asked_by, asked_at, ends_at, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.recipient}, ${on.purpose}, ${of.parts}::text[], ${on.consentId},
      ${on.basisId}, ${by.id}, ${by.at}, ${of.endsAt}, ${body})`.execute(tx)
}

/** The copies asked for in one case, the newest first, and where each stands. */
export async function findCopies(tx: Tx, caseId: string, me: string, cipher: CaseCipher): Promise<ReadCopy[]> {
  type Words = Pick<NamedCopy, 'toWhom' | 'why'>
  const found = await sql<Omit<ReadCopy, keyof Words> & { body: Uint8Array }>`
    select n.id, n.recipient, n.purpose, n.parts, n.asked_at, n.ends_at, n.asked_by = ${me} as is_mine, u.name as asked_by_name, n.body,
           ${STATE} as state
      from named_copy n left join app_user u on u.id = n.asked_by
      left join second_signature s on s.about_id = n.id and s.act = 'give_named_copy'
      left join second_signature_answer a on a.signature_id = s.id
     where n.case_id = ${caseId} order by n.asked_at desc, n.id`.execute(tx)
  return found.rows.map(({ body, ...row }) => ({
    ...row,
    ...(cipher.open(NamedCopy.meta.fieldId, row.id, body) as Words), // sealed by insertCopy
  }))
}

const STATE = sql<CopyState>`case
  when n.fetched_at is not null then 'fetched'
  when a.decision = 'declined' then 'declined'
  when n.ends_at <= kembali.now() then 'over'
  when not kembali.may_be_told(n.case_id, n.consent_id, n.basis_id, n.recipient) then 'withdrawn'
  when a.decision = 'signed' then 'ready' else 'waits' end`

/** Fetches a copy, once; answers what stands in the way, or `done`. */
export async function fetchOnce(tx: Tx, id: string, caseId: string): Promise<string> {
  const found = await sql<{ answer: string }>`select kembali.fetch_named_copy(${id}, ${caseId}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'not_found'
}
