import { sql } from 'kysely'
import type { PublicPack } from '../../core/country.ts'
import { timeZoneOf } from '../../core/read-country.ts'
import type { CaseCount, WorkCount } from '../../core/office-work.ts'
import { split } from '../../core/schema.ts'
import { addDuration, type Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import { newId } from '../../crypto/random.ts'
import { together, type Tx } from '../../server/as-person.ts'
import type { SaysDue } from '../../server/late-work.ts'
import { countDone, type Time } from '../../server/team-work.ts'
import { askOf, type BoardAsk } from './board.ts'
import { type ContactFacts, JusticeContact, type SafeguardAnswer } from './contact.ts'
import { dutiesOf, toFindOut } from './duties.ts'
import type { AnswerSafeguard } from './ops.ts'
import type { Clock } from './safeguards.ts'

type ContactRow = ContactFacts & { caseId: string; opId: string; body: Uint8Array }

const tables = (tx: Tx) =>
  tx.withTables<{
    justiceContact: ContactRow
    safeguardAnswer: SafeguardAnswer & { id: string; caseId: string; opId: string; body: Uint8Array | null }
    safeguardClock: Clock & { caseId: string }
    victimAgreement: { id: string; caseId: string; opId: string; personId: string; agreedAt: Instant }
  }>()

const FACTS = [
  'id',
  'kind',
  'capacities',
  'authority',
  'startedAt',
  'firstCustodyAt',
  'knownAt',
  'detainedAt',
  'releasedAt',
  'corrects',
] as const

/** The coded half of the contacts of the given cases, oldest first. */
export function findContacts(tx: Tx, caseIds: readonly string[]): Promise<(ContactFacts & { caseId: string })[]> {
  return tables(tx)
    .selectFrom('justiceContact')
    .select(['caseId', ...FACTS])
    .where('caseId', '=', anyOf(caseIds))
    .orderBy('startedAt')
    .execute()
}

const anyOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`

/** Contacts with their words opened, for one case and a cipher of its part `justice`. */
export async function readContacts(
  tx: Tx,
  caseId: string,
  cipher: CaseCipher,
): Promise<(ContactFacts & { caseId: string; words: Record<string, unknown> })[]> {
  const rows = await tables(tx)
    .selectFrom('justiceContact')
    .selectAll()
    .where('caseId', '=', caseId)
    .orderBy('startedAt')
    .execute()
  return rows.map(({ body, opId: _op, ...row }) => ({
    ...row,
    words: cipher.open(JusticeContact.meta.fieldId, row.id, body) as Record<string, unknown>,
  })) // sealed by insertContact
}

export async function insertContact(tx: Tx, contact: JusticeContact, opId: string, cipher: CaseCipher): Promise<void> {
  const { clear, body } = split(JusticeContact, contact)
  const row = { ...clear, opId, body: cipher.seal(JusticeContact.meta.fieldId, contact.id, body) } as ContactRow // split by the schema itself
  await tables(tx).insertInto('justiceContact').values(row).execute()
}

export type KeptAnswer = SafeguardAnswer & { id: string; caseId: string; cameWithContact: boolean }

export function findAnswers(tx: Tx, caseIds: readonly string[]): Promise<KeptAnswer[]> {
  return tables(tx)
    .selectFrom('safeguardAnswer')
    .select(['id', 'caseId', 'safeguardId', 'contactId', 'state', 'at', 'answeredAt'])
    .select(sql<boolean>`body is null`.as('cameWithContact'))
    .where('caseId', '=', anyOf(caseIds))
    .orderBy('answeredAt')
    .orderBy('safeguardId')
    .execute()
}

/** The number of `safeguard_answer.body` in the schema registry. */
const ANSWER_FIELD = 21

/** Keeps an answer given on its own, with who said it and their words. */
export async function insertAnswer(
  tx: Tx,
  answer: AnswerSafeguard,
  opId: string,
  answeredAt: Instant,
  cipher: CaseCipher,
): Promise<void> {
  const { saidBy, words, ...coded } = answer
  const body = cipher.seal(ANSWER_FIELD, answer.id, { saidBy, words })
  await tables(tx)
    .insertInto('safeguardAnswer')
    .values({ ...coded, opId, answeredAt, body })
    .execute()
}

/** Keeps the answers a detention was recorded with; who said them is in the contact's own envelope. */
export async function insertFirstAnswers(
  tx: Tx,
  caseId: string,
  opId: string,
  answers: SafeguardAnswer[],
): Promise<void> {
  if (answers.length === 0) return
  await tables(tx)
    .insertInto('safeguardAnswer')
    .values(answers.map((answer) => ({ ...answer, id: newId(), caseId, opId, body: null })))
    .execute()
}

/** Puts the clocks worked out from all facts in the place of the ones before. */
export async function replaceClocks(tx: Tx, caseId: string, clocks: Clock[]): Promise<void> {
  const t = tables(tx)
  await t.deleteFrom('safeguardClock').where('caseId', '=', caseId).execute()
  if (clocks.length > 0)
    await t
      .insertInto('safeguardClock')
      .values(clocks.map((clock) => ({ ...clock, caseId })))
      .execute()
}

/** A supervisor's agreement that "victim" may be left out; the newest stands. */
export async function findAgreement(tx: Tx, caseId: string): Promise<{ id: string; agreedAt: Instant } | null> {
  const found = await tables(tx)
    .selectFrom('victimAgreement')
    .select(['id', 'agreedAt'])
    .where('caseId', '=', caseId)
    .orderBy('agreedAt', 'desc')
    .executeTakeFirst()
  return found ?? null
}

export async function insertAgreement(
  tx: Tx,
  row: { id: string; caseId: string; opId: string; personId: string; agreedAt: Instant },
): Promise<void> {
  await tables(tx).insertInto('victimAgreement').values(row).execute()
}

export type BoardRow = Clock & {
  caseId: string
  alias: string
  region: string
  workerName: string | null
  /** Whether an authority holds the child now, as far as the file says; `isHeld` says the same from the contacts. */
  held: boolean
}

/** Whether the child of case `c` is held now, by its contacts that stand. */
const HELD = sql`exists (
        select from justice_contact j
         where j.case_id = c.id and j.kind <> 'release' and coalesce(j.detained_at, j.first_custody_at) is not null
           and not exists (select from justice_contact x where x.corrects = j.id)
           and not exists (select from justice_contact r
                            where r.case_id = c.id and r.kind in ('release', 'handover') and r.started_at >= j.started_at
                              and not exists (select from justice_contact x where x.corrects = r.id)))`

/**
 * Clocks of the open cases of the teams a person supervises: what is open, and what was settled in the last 90 days.
 * Children held now come first, then what is still open, so that a limit on the number of rows cuts off the past.
 */
export async function boardClocks(tx: Tx, personId: string): Promise<BoardRow[]> {
  const found = await sql<BoardRow>`
    select k.case_id, k.contact_id, k.safeguard_id, k.authority, k.starts_at, k.warn_at, k.due_at, k.met_at, k.not_met_at, k.ended_at,
           c.alias, c.region, u.name as worker_name, h.held
      from team_member m
      join child_case c on c.team_id = m.team_id and c.state = 'open'
      cross join lateral (select ${HELD} as held) h
      join safeguard_clock k on k.case_id = c.id
      left join app_user u on u.id = c.worker_id
     where m.person_id = ${personId} and m.supervises and m.ended_at is null
       and (h.held or coalesce(k.met_at, k.not_met_at, k.ended_at) is null
            or coalesce(k.met_at, k.not_met_at, k.ended_at) > (select kembali.now()) - interval '90 days')
     order by h.held desc, coalesce(k.met_at, k.not_met_at, k.ended_at) is null desc, k.due_at limit 500`.execute(tx)
  return found.rows
}

/** Limits of children held now in the teams a person supervises that have passed or are near, and nobody has shown to be met. */
export async function heldLimits(tx: Tx, personId: string): Promise<BoardRow[]> {
  const found = await sql<BoardRow>`
    select k.case_id, k.contact_id, k.safeguard_id, k.authority, k.starts_at, k.warn_at, k.due_at, k.met_at, k.not_met_at, k.ended_at,
           c.alias, c.region, u.name as worker_name, true as held
      from safeguard_clock k join child_case c on c.id = k.case_id and c.state = 'open' left join app_user u on u.id = c.worker_id
     where k.met_at is null and k.ended_at is null and k.warn_at <= (select kembali.now()) and ${HELD} and c.team_id in (
       select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null)
     order by k.due_at limit 100`.execute(tx)
  return found.rows
}

/** What is to be found out of each child on the board, by the rule of its own page. */
export async function asksOf(tx: Tx, pack: PublicPack, clocks: readonly BoardRow[], now: Instant): Promise<BoardAsk[]> {
  const children = [...new Map(clocks.map((clock) => [clock.caseId, clock])).values()]
  if (children.length === 0) return []
  const ids = children.map(({ caseId }) => caseId)
  const [contacts, answers] = await together([findContacts(tx, ids), findAnswers(tx, ids)])
  return children.flatMap(({ caseId, alias, region, workerName }) => {
    const its = <Of extends { caseId: string }>(all: readonly Of[]) => all.filter((one) => one.caseId === caseId)
    const duties = dutiesOf(its(contacts), its(answers), pack.safeguards, timeZoneOf(pack, region), now)
    return askOf({ caseId, alias, workerName }, duties)
  })
}

export type OpenDuty = { caseId: string; about: string; dueAt: Instant; warnAt: Instant }

/** Open duties whose warning time has come, for the job that reminds; at-once duties are on the board from the start. */
export async function dutiesToRemind(tx: Tx): Promise<OpenDuty[]> {
  const found = await sql<OpenDuty>`
    select case_id, contact_id::text || '|' || safeguard_id || '|' || extract(epoch from starts_at)::bigint as about, due_at, warn_at
      from safeguard_clock where warn_at <= (select kembali.now()) and due_at > starts_at
       and met_at is null and not_met_at is null and ended_at is null`.execute(tx)
  return found.rows
}

/** Writes the notices of one duty; a notice that is there already is not written twice. Answers how many are new. */
export async function remind(tx: Tx, duty: OpenDuty): Promise<number> {
  const done = await sql`
    insert into notice (person_id, case_id, about, stage, due_at)
    select distinct p.person_id, ${duty.caseId}::uuid, ${duty.about}, case when ${duty.dueAt}::timestamptz < kembali.now() then 'passed' else 'due_soon' end, ${duty.dueAt}::timestamptz
      from (select worker_id as person_id from child_case where id = ${duty.caseId} and state = 'open'
            union select m.person_id from child_case c join team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null
                   where c.id = ${duty.caseId} and c.state = 'open') p
    on conflict (person_id, about, stage) do nothing`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** Children held and released in a time, by case, in the teams a person supervises. */
export function justiceMonth(tx: Tx, personId: string, time: Time): Promise<CaseCount[]> {
  return countDone(
    tx,
    personId,
    time,
    sql`
    select j.case_id, 'held' as counts, j.detained_at as at from justice_contact j where j.detained_at is not null
    union all
    select j.case_id, 'released', j.released_at from justice_contact j where j.released_at is not null`,
  )
}

/** Cases with limits that run, by who carries them, in the teams a person supervises. */
export async function limitLoad(tx: Tx, personId: string): Promise<WorkCount[]> {
  const found = await sql<WorkCount>`
    select c.worker_id, 'limits' as kind, count(distinct c.id)::int as count
      from team_member m
      join child_case c on c.team_id = m.team_id and c.state = 'open'
      join safeguard_clock k on k.case_id = c.id
     where m.person_id = ${personId} and m.supervises and m.ended_at is null
       and k.due_at > k.starts_at and k.met_at is null and k.not_met_at is null and k.ended_at is null
     group by c.worker_id`.execute(tx)
  return found.rows
}

/** Limits that run or have passed, and, one for each child, what is owed at once and nobody has found out, by the rule of its own page. */
export const dueDuties: SaysDue = async (tx, { mine, pack, now }) => {
  const found = await sql<{ caseId: string; region: string }>`${mine}
    select distinct m.id as case_id, m.region from mine m join justice_contact j on j.case_id = m.id where j.kind <> 'release'
       and not exists (select from justice_contact r where r.case_id = m.id and r.kind = 'release' and r.started_at >= j.started_at
                          and not exists (select from justice_contact x where x.corrects = r.id))`.execute(tx)
  const ids = found.rows.map(({ caseId }) => caseId)
  const [contacts, answers] =
    ids.length === 0 ? [[], []] : await together([findContacts(tx, ids), findAnswers(tx, ids)])
  const due = found.rows.flatMap(({ caseId, region }) => {
    const its = <Of extends { caseId: string }>(all: readonly Of[]) => all.filter((one) => one.caseId === caseId)
    const ask = toFindOut(dutiesOf(its(contacts), its(answers), pack.safeguards, timeZoneOf(pack, region), now))
    const [known] = ask.map(({ knownAt }) => knownAt).sort()
    return known === undefined ? [] : [{ caseId, dueAt: addDuration(known, 'PT24H', 'UTC') }]
  })
  return sql`
    select k.case_id, k.due_at from mine m join safeguard_clock k on k.case_id = m.id
     where k.due_at > k.starts_at and k.met_at is null and k.not_met_at is null and k.ended_at is null
    union all
    select * from unnest(${due.map(({ caseId }) => caseId)}::uuid[], ${due.map(({ dueAt }) => dueAt)}::timestamptz[]) as ask (case_id, due_at)`
}
