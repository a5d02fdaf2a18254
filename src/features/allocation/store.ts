import { sql } from 'kysely'
import type { ChildVoice } from '../../core/child-voice.ts'
import type { Person } from '../../core/access.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { AnswerTransfer, Offer, OfferTransfer } from './transfer.ts'
import type { ChildWish, WorkerSays } from './wish.ts'

/** The numbers of `case_transfer.body` and `case_transfer_answer.body` in the schema registry. */
const OFFER_FIELD = 73
const ANSWER_FIELD = 74
/** Of `case_transfer_voice.body`. */
const VOICE_FIELD = 75

type By = { opId: string; at: Instant }

/** The keys of the offer and of the child's own words to it, which not everybody reads who reads the offer. */
export type OfferKeys = { offer: CaseCipher; voice: CaseCipher | null }

/** Puts an offer; answers what stands in the way, or `done`. */
export async function putOffer(
  tx: Tx,
  of: OfferTransfer,
  by: By,
  keys: { offer: CaseCipher; voice: CaseCipher },
): Promise<string> {
  const { why, needs, childSays, childSaidOn, childSilent } = of
  const body = keys.offer.seal(OFFER_FIELD, of.id, { why, needs })
  const voice = keys.voice.seal(VOICE_FIELD, of.id, { childSays, childSaidOn, childSilent })
  const found = await sql<{ answer: string }>`select kembali.offer_transfer(${of.id}, ${of.caseId}, ${by.opId},
    ${of.toTeam}, ${of.childTold}, ${by.at}, ${body}, ${voice}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'unknown_office'
}

export async function putAnswer(tx: Tx, of: AnswerTransfer, by: By, cipher: CaseCipher): Promise<string> {
  const body = cipher.seal(ANSWER_FIELD, of.id, { reason: of.reason })
  const found = await sql<{ answer: string }>`select kembali.answer_transfer(${of.id}, ${of.transferId}, ${by.opId},
    ${of.answer}, ${of.workerId}, ${by.at}, ${body}) as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'unknown_offer'
}

type OfferRow = Omit<Offer, 'why' | 'needs' | 'reason' | 'side' | keyof ChildVoice> & {
  fromOrg: string
  toOrg: string | null
  body: Uint8Array
  voice: Uint8Array | null
  answerId: string | null
  answerBody: Uint8Array | null
}

type OfferWords = { why: string; needs: string | null } & Partial<ChildVoice>
/** What an offer says of the child to whoever does not read its part: nothing, not even whether it was asked. */
const UNSAID: ChildVoice = { childSays: null, childSaidOn: null, childSilent: null }
/** An offer from before the child's words were asked for. */
const UNASKED: ChildVoice = { ...UNSAID, childSilent: 'not_asked_yet' }

/** The offers of a case, the latest first, as this person sees them. */
export async function findOffers(tx: Tx, caseId: string, me: Person, keys: OfferKeys | null): Promise<Offer[]> {
  if (keys === null) return []
  const cipher = keys.offer
  const found = await sql<OfferRow>`
    select x.id, x.case_id, x.child_told, x.decided_at as offered_at, x.ends_at, x.from_org, t.org_id as to_org, x.body, v.body as voice, n.from_office, n.to_office,
           n.to_team, n.offered_by, a.id as answer_id, a.answer, a.answered_at, a.body as answer_body
      from case_transfer x cross join lateral kembali.transfer_names(x.id) n
      left join team t on t.id = x.to_team left join case_transfer_answer a on a.transfer_id = x.id
      left join case_transfer_voice v on v.id = x.id
     where x.case_id = ${caseId} order by x.decided_at desc, x.id`.execute(tx)
  return found.rows.map(({ body, voice, answerId, answerBody, fromOrg, toOrg, ...row }) => {
    // Sealed by putOffer; before the child's words lay apart they stood in it too.
    const { why, needs, ...before } = cipher.open(OFFER_FIELD, row.id, body) as OfferWords
    const said = keys.voice === null ? UNSAID : { ...UNASKED, ...before, ...opened(keys.voice, row.id, voice) }
    const answered =
      answerId === null || answerBody === null
        ? { reason: null }
        : (cipher.open(ANSWER_FIELD, answerId, answerBody) as { reason: string | null }) // sealed by putAnswer
    // A team of another office is not seen from here, so that only the receiving side knows its own.
    const side = fromOrg === me.orgId ? 'from' : toOrg === me.orgId ? 'to' : null
    return { ...row, why, needs, ...said, ...answered, side }
  })
}

function opened(cipher: CaseCipher, id: string, body: Uint8Array | null): Partial<ChildVoice> {
  return body === null ? {} : (cipher.open(VOICE_FIELD, id, body) as ChildVoice) // sealed by putOffer
}

/** One offer as the rule looks at it. */
export async function offerFor(tx: Tx, of: Pick<AnswerTransfer, 'caseId' | 'transferId'>, me: Person) {
  const found = await sql<{ endsAt: Instant; isAnswered: boolean; fromOrg: string; toOrg: string | null }>`
    select x.ends_at, x.from_org, t.org_id as to_org,
           exists (select from case_transfer_answer a where a.transfer_id = x.id) as is_answered
      from case_transfer x left join team t on t.id = x.to_team
     where x.id = ${of.transferId} and x.case_id = ${of.caseId}`.execute(tx)
  const [row] = found.rows
  if (row === undefined) return null
  const { fromOrg, toOrg, ...offer } = row
  const side: 'from' | 'to' | null = fromOrg === me.orgId ? 'from' : toOrg === me.orgId ? 'to' : null
  return { ...offer, side }
}

export async function isOffered(tx: Tx, caseId: string): Promise<boolean> {
  const found = await sql<{ is: boolean }>`
    select exists (select from case_transfer x where x.case_id = ${caseId} and x.ends_at > kembali.now()
      and not exists (select from case_transfer_answer a where a.transfer_id = x.id)) as is`.execute(tx)
  return found.rows[0]?.is ?? false
}

export type Office = { teamId: string; team: string; organisation: string; region: string | null }

export async function officesToOffer(tx: Tx): Promise<Office[]> {
  return (await sql<Office>`select * from kembali.offices_to_offer()`.execute(tx)).rows
}

export type OfferedCase = { id: string; caseId: string; alias: string; fromOffice: string; endsAt: Instant }

/** Cases that other offices offer to the teams a person supervises; no word of them. */
export async function offeredToMe(tx: Tx, me: Person): Promise<OfferedCase[]> {
  const found = await sql<OfferedCase>`
    select x.id, x.case_id, c.alias, n.from_office, x.ends_at
      from case_transfer x join child_case c on c.id = x.case_id cross join lateral kembali.transfer_names(x.id) n
     where x.ends_at > kembali.now() and x.from_org <> ${me.orgId}
       and x.to_team in (select m.team_id from team_member m where m.person_id = ${me.id} and m.supervises and m.ended_at is null)
       and not exists (select from case_transfer_answer a where a.transfer_id = x.id) order by x.ends_at limit 100`.execute(
    tx,
  )
  return found.rows
}

export async function mySaid(tx: Tx, personId: string): Promise<WorkerSays | null> {
  const found = await sql<WorkerSays>`
    select languages, gender from worker_says where person_id = ${personId}`.execute(tx)
  return found.rows[0] ?? null
}

export async function putSaid(tx: Tx, personId: string, { languages, gender }: WorkerSays): Promise<void> {
  await sql`insert into worker_says (person_id, languages, gender) values (${personId}, ${languages}, ${gender})
    on conflict (person_id) do update set languages = excluded.languages, gender = excluded.gender`.execute(tx)
}

export type SaidOf = WorkerSays & { workerId: string }

/** What the workers of one's own office say of themselves. */
export async function saidByWorkers(tx: Tx): Promise<SaidOf[]> {
  return (await sql<SaidOf>`select person_id as worker_id, languages, gender from worker_says`.execute(tx)).rows
}

export type WishOf = Pick<ChildWish, 'prefers' | 'language'> & { caseId: string }

/** The coded half of what children wish, in the given cases; a language that the child speaks counts where no other is wished. */
export async function wishesOf(tx: Tx, caseIds: readonly string[]): Promise<WishOf[]> {
  const found = await sql<WishOf>`
    select c.id as case_id, w.prefers, coalesce(w.language, i.language) as language
      from child_case c left join child_wish w on w.case_id = c.id left join child_identity i on i.case_id = c.id
     where c.id = any(${[...caseIds]}::uuid[]) and (w.id is not null or i.language is not null)`.execute(tx)
  return found.rows
}
