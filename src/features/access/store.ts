import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import { sha256 } from '../../crypto/hash.ts'
import { newToken } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import type { Database } from '../../server/database.ts'
import type { Browser } from './browser.ts'

export type DemoPerson = { id: string; name: string; role: string; organisation: string; team: string | null }

/** The fictional people of the demo; none anywhere else. */
export async function demoPeople(db: Database): Promise<DemoPerson[]> {
  const found = await db.app
    .transaction()
    .execute((tx) => sql<DemoPerson>`select * from kembali.demo_people()`.execute(tx))
  return found.rows
}

export type Strength = 'demo' | 'password_totp' | 'passkey'

/** From where a session begins; a shared computer is locked after five minutes instead of fifteen. */
export type Place = Browser & {
  shared: boolean
  /** The public half of the browser profile's key; null where the browser keeps none. */
  key: Uint8Array | null
}
const NOWHERE: Place = { browser: 'other', system: 'other', shared: false, key: null }

/** Starts a session and answers its raw token, which is stored nowhere; null when this account may not come in this way. */
export async function beginSession(
  tx: Tx,
  personId: string,
  strength: Strength,
  place: Place,
  requestId: string,
): Promise<string | null> {
  const token = newToken()
  const { shared, browser, system, key } = place
  const found = await sql<{ started: boolean }>`
    select kembali.session_start(${personId}, ${sha256(token)}, ${strength}, ${shared}, ${browser}, ${system}, ${key}) as started`.execute(
    tx,
  )
  if (found.rows[0]?.started !== true) return null
  // From here on the transaction is hers: the ledger names who signed in.
  await sql`select set_config('kembali.sid', ${token}, true)`.execute(tx)
  await noteSignIn(tx, `sign_in_${strength}`, 'done', requestId)
  return token
}

/** Starts a session in a transaction of its own, for the demo's one click. */
export async function startSession(
  db: Database,
  personId: string,
  strength: Strength,
  place: Place = NOWHERE,
  requestId = 'start',
): Promise<string> {
  const token = await db.app.transaction().execute((tx) => beginSession(tx, personId, strength, place, requestId))
  if (token === null) throw new Error('this account cannot sign in')
  return token
}

/** One entry in the ledger about somebody at the door. */
export async function noteSignIn(tx: Tx, act: string, outcome: 'done' | 'denied', requestId: string): Promise<void> {
  await sql`select kembali.audit_append(${`access.${act}`}, null, null, null, null, ${outcome}, 1, ${requestId}, null)`.execute(
    tx,
  )
}

export async function myIdleMinutes(tx: Tx): Promise<number> {
  const found = await sql<{ minutes: number }>`select kembali.my_idle_minutes() as minutes`.execute(tx)
  return found.rows[0]?.minutes ?? 0
}

export async function endSession(tx: Tx): Promise<void> {
  await sql`select kembali.session_end()`.execute(tx)
}

/** A new token after proving it again; the old one is dead from this commit on. */
export async function renewSession(tx: Tx, strength: Strength, requestId: string): Promise<string> {
  const token = newToken()
  await noteSignIn(tx, `step_up_${strength}`, 'done', requestId)
  await sql`select kembali.session_renew(${sha256(token)}, ${strength})`.execute(tx)
  return token
}

/** Whether she has proved who she is within five minutes. */
export async function isFresh(tx: Tx): Promise<boolean> {
  const found = await sql<{ fresh: boolean }>`select kembali.is_fresh() as fresh`.execute(tx)
  return found.rows[0]?.fresh === true
}

export type MySession = {
  id: string
  strength: Strength
  browser: string
  system: string
  madeAt: string
  lastSeenAt: string
  endsAt: string
  here: boolean
}

export async function mySessions(tx: Tx): Promise<MySession[]> {
  const found = await sql<MySession>`select * from kembali.my_sessions()`.execute(tx)
  return found.rows
}

export async function endMySession(tx: Tx, id: string): Promise<boolean> {
  const found = await sql<{ ended: boolean }>`select kembali.my_session_end(${id}) as ended`.execute(tx)
  return found.rows[0]?.ended === true
}

export async function myLogin(tx: Tx, personId: string): Promise<string> {
  const found = await sql<{ login: string }>`select login from app_user where id = ${personId}`.execute(tx)
  return found.rows[0]?.login ?? ''
}

export type MyTeam = { id: string; name: string; supervises: boolean }

export async function myTeams(tx: Tx, personId: string): Promise<MyTeam[]> {
  const found = await sql<MyTeam>`
    select t.id, t.name, m.supervises from team_member m join team t on t.id = m.team_id
     where m.person_id = ${personId} and m.ended_at is null order by t.name`.execute(tx)
  return found.rows
}

export async function myOrganisation(
  tx: Tx,
  orgId: string,
): Promise<{ id: string; name: string; region: string | null }> {
  const found = await sql<{
    id: string
    name: string
    region: string | null
  }>`select id, name, region from organisation where id = ${orgId}`.execute(tx)
  const [own] = found.rows
  if (own === undefined) throw new Error('a person has an organisation')
  return own
}

/** Colleagues a supervisor may give a case to. */
export async function workersOfMyOffice(tx: Tx, orgId: string): Promise<{ id: string; name: string }[]> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from app_user where role = 'case_worker' and org_id = ${orgId} and ended_at is null order by name`.execute(
    tx,
  )
  return found.rows
}

/** Keeps the hash of a word that lets one import run as this person; when it ends, or null where she may register nobody. */
export async function makeImportWord(tx: Tx, word: string, requestId: string): Promise<Instant | null> {
  const found = await sql<{
    endsAt: Instant | null
  }>`select kembali.import_word_make(${sha256(word)}) as ends_at`.execute(tx)
  const endsAt = found.rows[0]?.endsAt ?? null
  if (endsAt !== null) await noteSignIn(tx, 'import_word_made', 'done', requestId)
  return endsAt
}
