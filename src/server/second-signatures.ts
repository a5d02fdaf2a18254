import { sql } from 'kysely'
import type { Person } from '../core/access.ts'
import {
  nextCall,
  ruleOf,
  type SignatureAnswer,
  type SignatureDecision,
  signatureDue,
  type SignedAct,
  type Signer,
  type ToSign,
} from '../core/second-signature.ts'
import type { Part } from '../core/part.ts'
import type { Instant } from '../core/time.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import type { Tx } from './as-person.ts'
import type { OpContext, OpenPart, SignatureRequest } from './feature.ts'
import type { SaysDue } from './late-work.ts'
import { type ReadTalk, readTalk, signersOf, talksAbout } from './signature-talks.ts'
import { stirredIn } from './stirred.ts'

/** The numbers of `second_signature.body` and `second_signature_answer.body` in the schema registry. */
const ASKED_FIELD = 550
const ANSWER_FIELD = 551

/**
 * Asks a second person, in the transaction of the act itself: any feature does so from its own operation. The act and its
 * part come from the one table; whoever asks is whoever is signed in. `id` is made where the act is, often the act's own.
 */
export async function askSignature(
  tx: Tx,
  {
    id,
    act,
    caseId,
    aboutId,
    why,
  }: { id: string; act: SignedAct; caseId: string; aboutId: string; why: string | null },
  ctx: Pick<OpContext, 'me' | 'opId' | 'cipher'>,
): Promise<void> {
  const { part, kept } = ruleOf(act)
  if (kept !== 'here') throw new Error(`${act} keeps its second signature in its own feature`)
  // The server's own moment: a request that comes late from a phone gives the second person no hour less.
  const askedAt = ctx.me.askedAt
  const { due, body } = sealRequest(id, why, askedAt, await ctx.cipher(part))
  await sql`insert into second_signature (id, case_id, op_id, act, part, about_id, asked_by, asked_at, due_at, body)
    values (${id}, ${caseId}, ${ctx.opId}, ${act}, ${part}, ${aboutId}, ${ctx.me.id}, ${askedAt}, ${due}, ${body})`.execute(
    tx,
  )
}

/** What a request says, and when it is due, for a request that the database itself makes. */
export function sealRequest(id: string, why: string | null, askedAt: Instant, cipher: CaseCipher) {
  return { due: signatureDue(askedAt), body: cipher.seal(ASKED_FIELD, id, { why }) }
}

type Row = SignatureRequest & {
  part: Part
  askedByName: string | null
  askedAt: Instant
  dueAt: Instant
  body: Uint8Array
  answerId: string | null
  decision: SignatureDecision | null
  answeredAt: Instant | null
  answeredBy: string | null
  answeredByName: string | null
  answerBody: Uint8Array | null
  called: string[]
}

export type SignatureState = SignatureRequest & {
  part: Part
  answer: SignatureAnswer | null
  askedAt: Instant
  dueAt: Instant
}

const ROWS = sql`
  select s.id, s.act, s.part, s.case_id, s.about_id, s.asked_by, s.asked_at, s.due_at, s.body,
         coalesce(u.name, kembali.name_on_signature(s.id, s.asked_by)) as asked_by_name,
         a.id as answer_id, a.decision, a.answered_at, a.body as answer_body, a.answered_by,
         coalesce(b.name, kembali.name_on_signature(s.id, a.answered_by)) as answered_by_name,
         array(select coalesce(n.name, kembali.name_on_signature(s.id, k.person_id)) as name
                 from signature_call k left join app_user n on n.id = k.person_id
                where k.signature_id = s.id order by name) as called
    from second_signature s left join second_signature_answer a on a.signature_id = s.id
    left join app_user u on u.id = s.asked_by left join app_user b on b.id = a.answered_by`

/** What was asked about one row of a feature, the newest first; codes and moments. */
export async function signaturesAbout(tx: Tx, aboutId: string): Promise<SignatureState[]> {
  const found = await sql<Row>`${ROWS} where s.about_id = ${aboutId} order by s.asked_at desc, s.id`.execute(tx)
  return found.rows.map(stateOf)
}

export async function findSignature(tx: Tx, id: string, caseId: string): Promise<SignatureState | null> {
  const found = await sql<Row>`${ROWS} where s.id = ${id} and s.case_id = ${caseId}`.execute(tx)
  const [row] = found.rows
  return row === undefined ? null : stateOf(row)
}

function stateOf({
  id,
  act,
  part,
  caseId,
  aboutId,
  askedBy,
  askedAt,
  dueAt,
  decision,
  answeredAt,
}: Row): SignatureState {
  const answer = decision === null || answeredAt === null ? null : { decision, answeredAt }
  return { id, act, part, caseId, aboutId, askedBy, askedAt, dueAt, answer }
}

/** A request as screens and phones show it, with its words. */
export type ReadSignature = Omit<SignatureState, 'caseId' | 'part' | 'answer'> & {
  askedByName: string | null
  why: string | null
  called: string[]
  /** Who can sign, in the order in which they are called; empty once somebody has. */
  signers: Signer[]
  talks: ReadTalk[]
  answer: (SignatureAnswer & { answeredByName: string | null; reason: string | null }) | null
}

/** The requests of the given cases whose part can be opened, oldest first. */
export async function readSignatures(
  tx: Tx,
  caseIds: readonly string[],
  part: string,
  open: OpenPart,
): Promise<(ReadSignature & { caseId: string })[]> {
  const found = await sql<Row>`${ROWS} where s.case_id = any(${[...caseIds]}::uuid[]) and s.part = ${part}
    order by s.asked_at, s.id`.execute(tx)
  const read: (ReadSignature & { caseId: string })[] = []
  const signers = await signersOf(tx, found.rows)
  const talks = await talksAbout(tx, found.rows)
  for (const row of found.rows) {
    const cipher = await open(row.caseId)
    if (cipher === null) continue
    const { why } = cipher.open(ASKED_FIELD, row.id, row.body) as { why: string | null } // sealed by askSignature
    const { answer, part: _part, ...state } = stateOf(row)
    read.push({
      ...state,
      askedByName: row.askedByName,
      why,
      called: row.called,
      signers: signers.get(row.id) ?? [],
      talks: (talks.get(row.id) ?? []).map((talk) => readTalk(talk, row, cipher)),
      answer: answer === null ? null : { ...answer, answeredByName: row.answeredByName, reason: reasonOf(row, cipher) },
    })
  }
  return read
}

function reasonOf({ answerId, answerBody }: Row, cipher: CaseCipher): string | null {
  if (answerId === null || answerBody === null) return null
  return (cipher.open(ANSWER_FIELD, answerId, answerBody) as { reason: string | null }).reason // sealed by keepAnswer
}

/** Keeps a second person's answer; the database refuses the asker's own, and a second one. */
export async function keepAnswer(
  tx: Tx,
  of: { id: string; request: SignatureState; decision: SignatureDecision; reason: string | null },
  ctx: Pick<OpContext, 'me' | 'opId' | 'cipher'>,
): Promise<void> {
  const { id, request, decision, reason } = of
  // The request's own, which may be older than the table of today.
  const { part } = request
  const body = (await ctx.cipher(part)).seal(ANSWER_FIELD, id, { reason })
  await sql`insert into second_signature_answer
      (id, case_id, op_id, signature_id, part, asked_by, answered_by, decision, answered_at, body)
    values (${id}, ${request.caseId}, ${ctx.opId}, ${request.id}, ${part}, ${request.askedBy}, ${ctx.me.id}, ${decision},
      ${ctx.me.askedAt}, ${body})`.execute(tx)
}

const MY_TEAMS = (personId: string) => sql`(
  select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null)`

/** What waits in this store for one person: of the teams she supervises, and what she was called for as one who stands in. */
export async function waitingFor(tx: Tx, me: Person): Promise<ToSign[]> {
  const found = await sql<ToSign>`
    select s.id, s.act, s.case_id, s.about_id, c.alias, s.asked_at, s.due_at,
           coalesce(u.name, kembali.name_on_signature(s.id, s.asked_by)) as asked_by_name,
           (select t.said from signature_talk t where t.signature_id = s.id order by t.at desc, t.id limit 1) as said
      from second_signature s join child_case c on c.id = s.case_id left join app_user u on u.id = s.asked_by
     where s.asked_by <> ${me.id} and not exists (select from second_signature_answer a where a.signature_id = s.id)
       and (c.team_id in ${MY_TEAMS(me.id)}
            or exists (select from signature_call k where k.signature_id = s.id and k.person_id = ${me.id}))
     order by s.due_at, s.id limit 200`.execute(tx)
  const signers = await signersOf(tx, found.rows)
  return found.rows.map((row) => {
    const all = signers.get(row.id) ?? []
    const called = all.filter((one) => one.calledAt !== null).map(({ name, turn }) => ({ name, turn }))
    return { ...row, calls: { called, next: nextCall(row.askedAt, all) } }
  })
}

/** How long an answer that says no stays a worker's to look at. */
const DECLINED_SHOWN = sql`interval '14 days'`

/** Requests that a second person did not sign: the worker looks at each within three days. */
export const dueDeclined: SaysDue = () => sql`
  select m.id as case_id, a.answered_at + interval '3 days' as due_at from mine m join second_signature_answer a on a.case_id = m.id
   where a.decision = 'declined' and a.answered_at > (select kembali.now()) - ${DECLINED_SHOWN}`

/** The cases of which something was asked or answered between two transactions, by whatever operation. */
export const casesWithNewSignatures = stirredIn(
  'second_signature',
  'signature_call',
  'signature_talk',
  'second_signature_answer',
)
