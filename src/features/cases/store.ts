import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { first, saidUnsafe } from './first-answers-store.ts'
import type { Answers, SaidUnsafe } from './safe-start.ts'
import { gathered, isAmong } from '../../server/gathered.ts'
import { editRow, type MostProtective, type Mutable, readRow } from '../../server/mutable-rows.ts'
import { type ChildCase, MUTABLE, type MutableName } from './case.ts'

export type CaseRow = ChildCase & { workerName: string | null }

const tables = (tx: Tx) =>
  tx.withTables<{
    childCase: ChildCase & { opId: string; openedBy: string; closedFor: string | null }
    access: { actor: string; caseId: string; part: string; basis: string; endsAt: string }
    appUser: { id: string; orgId: string; sector: string; name: string; role: string; endedAt: Instant | null }
    team: { id: string; orgId: string; name: string }
    caseTeam: { caseId: string; personId: string; sector: string; role: string; endsAt: string }
    conflict: Conflict
  }>()

export type Conflict = {
  id: string
  caseId: string
  part: string
  thing: string
  rowId: string
  opId: string
  madeAt: Instant
  settledAt: Instant | null
  settledBy: string | null
  body: Uint8Array
}

/** The rows of those of these cases that exist for this person. */
export function findCases(tx: Tx, caseIds: readonly string[]): Promise<ChildCase[]> {
  return tables(tx).selectFrom('childCase').select(CASE_COLUMNS).where(isAmong('id', caseIds)).execute()
}

/** The case row, or null for a case that does not exist for this person. */
export const findCase = gathered(async (tx, caseIds: readonly string[]): Promise<(ChildCase | null)[]> => {
  const rows = await findCases(tx, caseIds)
  return caseIds.map((caseId) => rows.find(({ id }) => id === caseId) ?? null)
})

const CASE_COLUMNS = [
  'id',
  'alias',
  'orgId',
  'teamId',
  'workerId',
  'region',
  'state',
  'sex',
  'ageBand',
  'threatened',
  'openedAt',
  'takenInAt',
  'closedAt',
  'version',
] as const

export type Scope = 'mine' | 'team'
/** Which of them: open, opened in the last seven days, closed; null for all. */
export type Show = 'open' | 'new' | 'closed' | null

/** My own cases, or my team's: driven from the scope, never "everything I may see" (stack.md 2). */
export async function listCases(
  tx: Tx,
  scope: Scope,
  personId: string,
  after: string | null,
  limit: number,
  show: Show = null,
): Promise<CaseRow[]> {
  const own =
    scope === 'mine'
      ? sql`c.worker_id = ${personId}`
      : sql`c.team_id in (
    select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null)`
  const shown =
    show === null
      ? sql``
      : show === 'new'
        ? sql`and c.state = 'open' and c.opened_at > (select kembali.now()) - interval '7 days'`
        : sql`and c.state = ${show}`
  const found = await sql<CaseRow>`
    select ${ROW} from child_case c left join app_user u on u.id = c.worker_id
     where ${own} ${shown} and (${after}::uuid is null or (c.opened_at, c.id) < (select b.opened_at, b.id from child_case b where b.id = ${after}::uuid))
     order by c.opened_at desc, c.id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** The given cases of a scope, the newest first: for a list that something else has drawn up. */
export async function casesOf(tx: Tx, caseIds: readonly string[]): Promise<CaseRow[]> {
  if (caseIds.length === 0) return []
  const found = await sql<CaseRow>`
    select ${ROW} from child_case c left join app_user u on u.id = c.worker_id
     where c.id = any(${caseIds}::uuid[]) order by c.opened_at desc, c.id desc`.execute(tx)
  return found.rows
}

const ROW = sql`c.id, c.alias, c.org_id, c.team_id, c.worker_id, c.region, c.state, c.sex, c.age_band, c.threatened,
           c.opened_at, c.taken_in_at, c.closed_at, c.version, u.name as worker_name`

/** Whether any case has this id, also one this person cannot see; only the gate asks, and only when a case is opened. */
export async function caseExists(tx: Tx, caseId: string): Promise<boolean> {
  return (await findCase(tx, caseId)) !== null
}

/** Reads a mutable thing with its words opened; null when it was never begun. */
export function readMutable(tx: Tx, name: MutableName, caseId: string, cipher: CaseCipher): Promise<Mutable | null> {
  return readRow(tx, MUTABLE[name], { id: caseId, caseId }, cipher)
}

/** Lays an edit over a mutable thing of which a case has one, so that its id is the case's. */
export function editMutable(
  tx: Tx,
  name: MutableName,
  edit: { caseId: string; set: Record<string, unknown>; baseVersion: number; opId: string },
  cipher: CaseCipher,
): ReturnType<typeof editRow> {
  return editRow(tx, MUTABLE[name], { ...edit, id: edit.caseId }, cipher, isMoreCareful)
}

const isMoreCareful: MostProtective = (field, mine) => field === 'safeNow' && mine === 'no'

/** A person of this office who may carry a case, or null. */
export async function findWorker(
  tx: Tx,
  personId: string,
): Promise<{ id: string; sector: string; role: string } | null> {
  const row = await tables(tx)
    .selectFrom('appUser')
    .select(['id', 'sector', 'role'])
    .where('id', '=', personId)
    .where('endedAt', 'is', null)
    .where('role', '=', 'case_worker')
    .executeTakeFirst()
  return row ?? null
}

export async function teamIsOurs(tx: Tx, teamId: string, orgId: string): Promise<boolean> {
  return (await orgOfTeam(tx, teamId)) === orgId
}

const orgOfTeam = gathered(async (tx, teamIds: readonly string[]) => {
  const found = await sql<{ id: string; orgId: string }>`
    select id, org_id from team where ${isAmong('id', teamIds)}`.execute(tx)
  return teamIds.map((teamId) => found.rows.find(({ id }) => id === teamId)?.orgId ?? null)
})

/** Makes the worker responsible for the case and puts it with the team; the one before leaves it. */
export async function setThreatened(tx: Tx, caseId: string, threatened: boolean): Promise<number> {
  const before = await findCase(tx, caseId)
  if (before === null) throw new Error('the case was locked and seen a moment ago')
  const version = before.version + 1
  await tables(tx).updateTable('childCase').set({ threatened, version }).where('id', '=', caseId).execute()
  return version
}

export async function assign(
  tx: Tx,
  caseId: string,
  to: { personId: string; sector: string; role: string; teamId: string },
): Promise<number> {
  const t = tables(tx)
  const before = await findCase(tx, caseId)
  if (before === null) throw new Error('the case was locked and seen a moment ago')
  await sql`insert into case_team (case_id, person_id, sector, role) values (${caseId}, ${to.personId}, ${to.sector}, ${to.role})
    on conflict (case_id, person_id, role) do update set ends_at = 'infinity'`.execute(tx)
  if (before.workerId !== to.personId)
    await sql`update case_team set ends_at = kembali.now() where case_id = ${caseId} and person_id = ${before.workerId} and ends_at > kembali.now()`.execute(
      tx,
    )
  const version = before.version + 1
  await t
    .updateTable('childCase')
    .set({ workerId: to.personId, teamId: to.teamId, version })
    .where('id', '=', caseId)
    .execute()
  return version
}

/** Opens a closed case again; its worker stays who she was. */
export async function reopen(tx: Tx, caseId: string): Promise<number> {
  const before = await findCase(tx, caseId)
  if (before === null) throw new Error('the case was locked and seen a moment ago')
  const version = before.version + 1
  await tables(tx)
    .updateTable('childCase')
    .set({ state: 'open', closedAt: null, version })
    .where('id', '=', caseId)
    .execute()
  return version
}

/** Differences of a case that wait for a person. */
export function openConflicts(tx: Tx, caseId: string): Promise<Conflict[]> {
  return tables(tx)
    .selectFrom('conflict')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('settledAt', 'is', null)
    .orderBy('madeAt')
    .execute()
}

export async function findConflict(tx: Tx, conflictId: string, caseId: string): Promise<Conflict | null> {
  const row = await tables(tx)
    .selectFrom('conflict')
    .selectAll()
    .where('id', '=', conflictId)
    .where('caseId', '=', caseId)
    .executeTakeFirst()
  return row ?? null
}

export async function endConflict(tx: Tx, conflictId: string, personId: string): Promise<void> {
  await sql`update conflict set settled_at = kembali.now(), settled_by = ${personId} where id = ${conflictId}`.execute(
    tx,
  )
}

/** Which of the first steps were taken that only the server can see. */
export async function firstStepsDone(
  tx: Tx,
  caseIds: readonly string[],
): Promise<({ caseId: string; who: boolean; match: boolean } & SaidUnsafe & Answers)[]> {
  const found = await sql<{ caseId: string; who: boolean; match: boolean } & SaidUnsafe & Answers>`
    select c.id as case_id, exists (select from child_identity i where i.case_id = c.id and i.age_basis is not null) as who,
           exists (select from op_log l where l.case_id = c.id and l.part = 'identity' and l.type = 'cases.request_match') as match,
           first.safe_now, first.how_known, first.basis, said_unsafe.at as said_unsafe_at,
           said_unsafe.by as said_unsafe_by, said_unsafe.heard_at as said_unsafe_heard_at
      from child_case c left join safe_start s on s.case_id = c.id ${first(sql`false`)} ${saidUnsafe} where c.id = any(${caseIds}::uuid[])`.execute(
    tx,
  )
  return found.rows.map(({ caseId, who, match, ...answers }) => ({
    caseId,
    who,
    match,
    // What was not asked takes no room on a phone.
    ...Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null)),
  }))
}

/** The cases this device takes along, and until when. */
export async function visitEnds(tx: Tx, device: string): Promise<Map<string, Instant>> {
  const found = await sql<{ caseId: string; endsAt: Instant }>`
    select case_id, ends_at from visit_mark where device_id = ${device} and ends_at > kembali.now()`.execute(tx)
  return new Map(found.rows.map((row) => [row.caseId, row.endsAt]))
}

export async function markVisit(
  tx: Tx,
  mark: { device: string; personId: string; caseId: string; endsAt: Instant | null },
): Promise<void> {
  const { device, personId, caseId, endsAt } = mark
  await sql`delete from visit_mark where device_id = ${device} and case_id = ${caseId}`.execute(tx)
  if (endsAt !== null)
    await sql`insert into visit_mark (device_id, person_id, case_id, ends_at) values (${device}, ${personId}, ${caseId}, ${endsAt})`.execute(
      tx,
    )
}

/** Whether this person has any live right on the case, also one that her usual purpose does not use. */
export async function hasAnyBasis(tx: Tx, personId: string, caseId: string): Promise<boolean> {
  const found = await sql<{ has: boolean }>`
    select exists (select from access where actor = ${personId} and case_id = ${caseId} and part = 'case'
      and ends_at > kembali.now()) as has`.execute(tx)
  return found.rows[0]?.has ?? false
}
