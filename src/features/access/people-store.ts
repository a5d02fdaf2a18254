import { sql, type RawBuilder } from 'kysely'
import type { Role } from '../../core/access.ts'
import type { Sector } from '../../core/part.ts'
import type { Tx } from '../../server/as-person.ts'
import type { Account, Appointment, Office, OnRoster, PeopleChange } from './people-types.ts'

// Each change is one function of the database, which holds the rules of one and two persons and writes the ledger;
// it answers `done`, `waits` or why not.
async function answerOf(tx: Tx, call: RawBuilder<unknown>): Promise<string> {
  const found = await sql<{ answer: string }>`select ${call} as answer`.execute(tx)
  return found.rows[0]?.answer ?? 'not_found'
}

export function putOrganisation(
  tx: Tx,
  { id, name, sector, region }: { id: string; name: string; sector: Sector; region: string | null },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.organisation_put(${id}, ${name}, ${sector}, ${region}, ${requestId})`)
}

export function putTeam(
  tx: Tx,
  { id, orgId, name }: { id: string; orgId: string; name: string },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.team_put(${id}, ${orgId}, ${name}, ${requestId})`)
}

export function putPerson(
  tx: Tx,
  person: { id: string; orgId: string; name: string; login: string; role: Role; language: string },
  requestId: string,
): Promise<string> {
  const { id, orgId, name, login, role, language } = person
  return answerOf(tx, sql`kembali.person_put(${id}, ${orgId}, ${name}, ${login}, ${role}, ${language}, ${requestId})`)
}

export function changeRole(
  tx: Tx,
  { id, personId, role }: { id: string; personId: string; role: Role },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.person_role(${id}, ${personId}, ${role}, ${requestId})`)
}

export function putMember(
  tx: Tx,
  { id, personId, teamId, supervises }: { id: string; personId: string; teamId: string; supervises: boolean },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.member_put(${id}, ${personId}, ${teamId}, ${supervises}, ${requestId})`)
}

export function endMember(
  tx: Tx,
  { personId, teamId }: { personId: string; teamId: string },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.member_end(${personId}, ${teamId}, ${requestId})`)
}

export function movePerson(
  tx: Tx,
  { personId, orgId }: { personId: string; orgId: string },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.person_move(${personId}, ${orgId}, ${requestId})`)
}

export function endAccount(
  tx: Tx,
  { id, personId }: { id: string; personId: string },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.person_end(${id}, ${personId}, ${requestId})`)
}

export function endSessionsOf(tx: Tx, personId: string, requestId: string): Promise<string> {
  return answerOf(tx, sql`kembali.sessions_end_of(${personId}, ${requestId})`)
}

export function decideAppointment(
  tx: Tx,
  { id, confirm }: { id: string; confirm: boolean },
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.appointment_decide(${id}, ${confirm}, ${requestId})`)
}

/** Asks for a second person's yes to somebody of another office on the roster above this one. */
export function putOnRoster(
  tx: Tx,
  {
    id,
    orgId,
    personId,
    fromOn,
    untilOn,
  }: { id: string; orgId: string; personId: string; fromOn: string; untilOn: string },
  requestId: string,
): Promise<string> {
  return answerOf(
    tx,
    sql`kembali.roster_put(${id}, ${orgId}, ${personId}, ${fromOn}::date, ${untilOn}::date, ${requestId})`,
  )
}

export function takeOffRoster(tx: Tx, id: string, requestId: string): Promise<string> {
  return answerOf(tx, sql`kembali.roster_end(${id}, ${requestId})`)
}

export function makeVouch(
  tx: Tx,
  { id, personId }: { id: string; personId: string },
  codeMac: Uint8Array,
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.vouch_make(${id}, ${personId}, ${codeMac}, ${requestId})`)
}

export function stopVouch(tx: Tx, id: string, requestId: string): Promise<string> {
  return answerOf(tx, sql`kembali.vouch_stop(${id}, ${requestId})`)
}

export function makeInvitation(
  tx: Tx,
  { id, personId }: { id: string; personId: string },
  tokenHash: Uint8Array,
  requestId: string,
): Promise<string> {
  return answerOf(tx, sql`kembali.invitation_make(${id}, ${personId}, ${tokenHash}, ${requestId})`)
}

/** The people the asking person may see: an administrator and the DPO all, everybody else her own office. */
export async function findPeople(tx: Tx): Promise<Account[]> {
  const found = await sql<Account>`
    select u.id, u.org_id, u.name, u.login, u.role, u.active_at,
           case when u.ended_at is not null then 'ended' when u.disabled_at is not null then 'put_away'
                when u.enrolled_at is null then 'invited' else 'active' end as state,
           (select jsonb_build_object('id', v.id, 'opensAt', to_json(v.opens_at), 'endsAt', to_json(v.ends_at),
                                      'mine', v.voucher_id = (select kembali.actor()))
              from vouch v where v.person_id = u.id and v.used_at is null and v.stopped_at is null
               and v.ends_at > kembali.now()) as vouch,
           coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'supervises', m.supervises) order by t.name)
              from team_member m join team t on t.id = m.team_id where m.person_id = u.id and m.ended_at is null), '[]') as teams
      from app_user u order by u.ended_at is not null, u.name, u.id`.execute(tx)
  return found.rows
}

export async function findOffices(tx: Tx): Promise<Office[]> {
  const found = await sql<Office>`
    select o.id, o.name, o.sector, o.region,
           coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name)
              from team t where t.org_id = o.id), '[]') as teams
      from organisation o order by o.name, o.id`.execute(tx)
  return found.rows
}

/** What one person proposed and nobody has decided yet; to whoever proposed it also what ran out, until she has read it. */
export async function openAppointments(tx: Tx): Promise<Appointment[]> {
  const found = await sql<Appointment>`
    select id, person_id, kind, role, team_id, org_id, from_on, until_on, proposed_by, proposed_at, over_at, over_at <= (select kembali.now()) as ran_out
      from appointment cross join lateral (select kembali.proposal_over_at(proposed_at, until_on) as over_at) o
     where decided_at is null and over_at > (select kembali.now())
        or proposed_by = (select kembali.actor()) and seen_at is null and coalesce(decision, 'ran_out') = 'ran_out'
     order by proposed_at`.execute(tx)
  return found.rows
}

/** Who stands above which office, today or later. */
export async function findRoster(tx: Tx): Promise<OnRoster[]> {
  const found = await sql<OnRoster>`
    select id, org_id, person_id, from_on, until_on from signature_roster
     where kembali.end_of_day(until_on) > kembali.now() order by from_on, id`.execute(tx)
  return found.rows
}

export async function latestChanges(tx: Tx): Promise<PeopleChange[]> {
  const found = await sql<PeopleChange>`
    select id, at, by_person, action, person_id, code from people_change order by at desc, id limit 50`.execute(tx)
  return found.rows
}

export async function setUpState(
  tx: Tx,
): Promise<{ admins: number; dpos: number; supervisors: number; endedAt: string | null }> {
  const found = await sql<{
    admins: number
    dpos: number
    supervisors: number
    endedAt: string | null
  }>`select * from kembali.set_up_state()`.execute(tx)
  const [row] = found.rows
  if (row === undefined) throw new Error('set_up_state always answers one row')
  return row
}

/** A new key asked for in this person's name, which she can stop; null when there is none. */
export async function renewalOf(tx: Tx, personId: string): Promise<{ id: string; madeAt: string } | null> {
  const found = await sql<{ id: string; madeAt: string }>`
    select id, made_at from vouch where person_id = ${personId} and used_at is null and stopped_at is null
       and ends_at > kembali.now()`.execute(tx)
  return found.rows[0] ?? null
}
