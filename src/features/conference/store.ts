import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import type { SaysDue } from '../../server/late-work.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { CaseConference, ConferenceMinutes } from './conference.ts'
import type { KnownConferences } from './ops.ts'

type By = { id: string; opId: string }

export async function insertCall(tx: Tx, call: CaseConference, by: By, cipher: CaseCipher): Promise<void> {
  const { body } = split(CaseConference, call)
  await sql`insert into case_conference (id, case_id, op_id, at, replaces, called_by, body) values (${call.id}, ${call.caseId},
    ${by.opId}, ${call.at}, ${call.replaces}, ${by.id}, ${cipher.seal(CaseConference.meta.fieldId, call.id, body)})`.execute(
    tx,
  )
}

export async function insertMinutes(tx: Tx, of: ConferenceMinutes, by: By, cipher: CaseCipher): Promise<void> {
  const { body } = split(ConferenceMinutes, of)
  await sql`insert into conference_minutes (id, case_id, op_id, conference_id, kind, at, corrects, written_by, body)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.conferenceId}, ${of.kind}, ${of.at}, ${of.corrects}, ${by.id},
      ${cipher.seal(ConferenceMinutes.meta.fieldId, of.id, body)})`.execute(tx)
}

/** Names of colleagues a row speaks of, by their ids; somebody of another office stays without one. */
export type Names = { [personId: string]: string }
export type ReadConference = CaseConference & { names: Names; calledByName: string | null }
export type ReadMinutes = ConferenceMinutes & { names: Names; writtenByName: string | null }

/** The conferences of the given cases as they were called, oldest first. */
export async function findCalls(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadConference[]> {
  const found = await sql<SealedFact>`
    select c.id, c.case_id, c.at, c.replaces, c.body, u.name as called_by_name
      from case_conference c left join app_user u on u.id = c.called_by
     where c.case_id = any(${[...caseIds]}::uuid[]) order by c.at, c.id`.execute(tx)
  const calls = await openFacts<Omit<ReadConference, 'names'>>(found.rows, CaseConference.meta.fieldId, open)
  const read: ReadConference[] = []
  for (const call of calls) {
    // A list of cases reads when it is, and no word of it.
    const { invited = [] } = call as Partial<typeof call>
    read.push({ ...call, names: await namesOf(tx, invited) })
  }
  return read
}

/** What came of them, oldest first. */
export async function findMinutes(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadMinutes[]> {
  const found = await sql<SealedFact>`
    select m.id, m.case_id, m.conference_id, m.kind, m.at, m.corrects, m.body, u.name as written_by_name
      from conference_minutes m left join app_user u on u.id = m.written_by
     where m.case_id = any(${[...caseIds]}::uuid[]) order by m.at, m.id`.execute(tx)
  const minutes = await openFacts<Omit<ReadMinutes, 'names'>>(found.rows, ConferenceMinutes.meta.fieldId, open)
  const read: ReadMinutes[] = []
  for (const one of minutes) {
    const { decisions = [], seats = [] } = one as Partial<typeof one> // as above
    const owners = decisions.map(({ ownerId }) => ({ personId: ownerId }))
    read.push({ ...one, names: await namesOf(tx, [...seats, ...owners]) })
  }
  return read
}

async function namesOf(tx: Tx, seats: readonly { personId: string | null }[]): Promise<Names> {
  const ids = seats.flatMap(({ personId }) => personId ?? [])
  if (ids.length === 0) return {}
  const found = await sql<{ id: string; name: string }>`
    select id, name from app_user where id = any(${ids}::uuid[])`.execute(tx)
  return Object.fromEntries(found.rows.map(({ id, name }) => [id, name]))
}

/** What the rules must know of a case, but whether it is closed and what the country lists. */
export async function knownOf(
  tx: Tx,
  caseId: string,
  open: OpenPart,
): Promise<Pick<KnownConferences, 'calls' | 'minutes' | 'mayHear' | 'people'>> {
  const minutes = await sql<{ id: string; conferenceId: string; corrects: string | null }>`
    select id, conference_id, corrects from conference_minutes where case_id = ${caseId}`.execute(tx)
  return {
    calls: await findCalls(tx, [caseId], open),
    minutes: minutes.rows,
    mayHear: await mayHear(tx, caseId),
    people: (await colleaguesOf(tx, caseId)).map(({ id }) => id),
  }
}

/** Kinds of body that may be told something of a child now. */
async function mayHear(tx: Tx, caseId: string): Promise<string[]> {
  const found = await sql<{ code: string }>`select kembali.may_be_told(${caseId}) as code order by 1`.execute(tx)
  return found.rows.map(({ code }) => code)
}

type Colleague = { id: string; name: string; role: string; isOnCase: boolean }

/** Whom a conference about a case may be called with: the asker's office and whoever is on the case, but nobody kept away from it. */
export async function colleaguesOf(tx: Tx, caseId: string): Promise<Colleague[]> {
  const found = await sql<Colleague>`
    select id, name, role, is_on_case from kembali.conference_people(${caseId}) order by name, id`.execute(tx)
  return found.rows
}

/** Conferences of which nobody has written down what came of them. */
export const dueMinutes: SaysDue = () => sql`
  select m.id as case_id, k.at + interval '2 days' as due_at from mine m join case_conference k on k.case_id = m.id
   where k.at <= (select kembali.now()) and not exists (select from case_conference n where n.replaces = k.id)
     and not exists (select from conference_minutes d where d.conference_id = k.id)`

type Coming = { id: string; caseId: string; alias: string; at: string }

/** Conferences that are called in the teams a person supervises, the next one first; no word of them. */
export async function comingInMyTeams(tx: Tx, personId: string): Promise<Coming[]> {
  const found = await sql<Coming>`
    select k.id, k.case_id, c.alias, k.at
      from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
      join case_conference k on k.case_id = c.id
     where m.person_id = ${personId} and m.supervises and m.ended_at is null and k.at > (select kembali.now()) - interval '1 day'
       and not exists (select from case_conference n where n.replaces = k.id)
       and not exists (select from conference_minutes d where d.conference_id = k.id)
     order by k.at, k.id limit 20`.execute(tx)
  return found.rows
}
