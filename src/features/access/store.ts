import { sql } from 'kysely'
import { sha256 } from '../../crypto/hash.ts'
import { newToken } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import type { Database } from '../../server/database.ts'

export type DemoPerson = { id: string; name: string; role: string; organisation: string; team: string | null }

/** The fictional people of the demo; none anywhere else. */
export async function demoPeople(db: Database): Promise<DemoPerson[]> {
  const found = await db.app
    .transaction()
    .execute((tx) => sql<DemoPerson>`select * from kembali.demo_people()`.execute(tx))
  return found.rows
}

/** Starts a session and answers its raw token, which is stored nowhere. */
export async function startSession(
  db: Database,
  personId: string,
  strength: 'demo' | 'password_totp' | 'passkey',
): Promise<string> {
  const token = newToken()
  await db.app
    .transaction()
    .execute((tx) => sql`select kembali.session_start(${personId}, ${sha256(token)}, ${strength})`.execute(tx))
  return token
}

export async function endSession(tx: Tx): Promise<void> {
  await sql`select kembali.session_end()`.execute(tx)
}

export type MyTeam = { id: string; name: string; supervises: boolean }

export async function myTeams(tx: Tx, personId: string): Promise<MyTeam[]> {
  const found = await sql<MyTeam>`
    select t.id, t.name, m.supervises from team_member m join team t on t.id = m.team_id
     where m.person_id = ${personId} and m.ended_at is null order by t.name`.execute(tx)
  return found.rows
}

export async function myOrganisation(tx: Tx): Promise<{ id: string; name: string; region: string | null }> {
  const found = await sql<{
    id: string
    name: string
    region: string | null
  }>`select id, name, region from organisation`.execute(tx)
  const [own] = found.rows
  if (own === undefined) throw new Error('a person has an organisation')
  return own
}

/** Colleagues a supervisor may give a case to. */
export async function workersOfMyOffice(tx: Tx): Promise<{ id: string; name: string }[]> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from app_user where role = 'case_worker' and ended_at is null order by name`.execute(tx)
  return found.rows
}
