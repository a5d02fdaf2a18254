import { sql } from 'kysely'
import type { Day } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { CareTeam, KeptTeam, Nameable } from './care-team.ts'

/** Who can be named beside one child. */
export async function findPeopleToName(tx: Tx, caseId: string): Promise<Nameable[]> {
  const found = await sql<Nameable>`
    select id, name, role, organisation_id, organisation from kembali.people_to_name(${caseId})`.execute(tx)
  return found.rows
}

/** Whether whoever asks has proved within the last minutes that it is her. */
export async function isFresh(tx: Tx): Promise<boolean> {
  const found = await sql<{ fresh: boolean }>`select kembali.is_fresh() as fresh`.execute(tx)
  return found.rows[0]?.fresh === true
}

/** The database opens what the purpose reaches for each member, and ends it for whoever is named no more. */
export async function insertTeam(tx: Tx, of: CareTeam, by: { id: string; opId: string }): Promise<void> {
  await sql`insert into care_team (id, case_id, op_id, purpose, consent_id, basis_id, people, ends_on, written_by)
    values (${of.id}, ${of.caseId}, ${by.opId}, ${of.purpose}, ${of.consentId}, ${of.basisId}, ${of.people}::uuid[],
            ${of.endsOn}, ${by.id})`.execute(tx)
}

type Member = { teamId: string; name: string; organisation: string; openedOn: Day | null }

/** The teams of the given cases with their members by name, oldest first. */
export async function findTeams(tx: Tx, caseIds: readonly string[]): Promise<KeptTeam[]> {
  const members = await sql<Member>`
    select team_id, name, organisation, opened_on from kembali.care_team_members(${[...caseIds]}::uuid[])`.execute(tx)
  const found = await sql<Omit<KeptTeam, 'members'>>`
    select id, case_id, purpose, consent_id, basis_id, ends_on, named_at, handed_on_at from care_team
     where case_id = any(${[...caseIds]}::uuid[]) order by named_at, id`.execute(tx)
  return found.rows.map((team) => ({
    ...team,
    members: members.rows.filter((one) => one.teamId === team.id).map(({ teamId: _team, ...member }) => member),
  }))
}
