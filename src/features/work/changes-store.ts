import { sql } from 'kysely'
import type { Part } from '../../core/part.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import { OP_LOG_FIELD } from '../../server/op-log.ts'
import type { LoggedEdit } from './change-log.ts'

/** Parts whose very mention would tell something: neither news nor the change log names them. */
const NEVER_NAMED: readonly Part[] = ['association', 'sealed']
const NAMED = sql`l.part <> all (${[...NEVER_NAMED]}::text[])`

export type NewsRow = {
  opId: string
  type: string
  at: Instant
  claimedAt: Instant
  actorName: string | null
  clear: unknown
  flagged: boolean
}

/** Notes that the asking person looks at a case now; answers since when something is new to her, null on her first visit. */
export async function lookAt(tx: Tx, caseId: string): Promise<Instant | null> {
  const found = await sql<{ since: Instant | null }>`select kembali.look_at(${caseId}) as since`.execute(tx)
  return found.rows[0]?.since ?? null
}

const NEWS = 20

/** What others did in a case since a moment, newest first, as far as this person may see the part it belongs to. */
export async function newsSince(tx: Tx, caseId: string, since: Instant, me: string): Promise<NewsRow[]> {
  const found = await sql<NewsRow>`
    select l.op_id, l.type, l.at, l.claimed_at, u.name as actor_name, l.clear, l.flagged
      from op_log l left join app_user u on u.id = l.actor
     where l.case_id = ${caseId} and l.actor <> ${me} and l.at > ${since}::timestamptz and ${NAMED}
     order by l.at desc, l.op_id desc limit ${NEWS}`.execute(tx)
  return found.rows
}

type EditRow = {
  opId: string
  part: Part
  rowId: string
  at: Instant
  by: string | null
  clear: { thing?: string; set?: Record<string, unknown> }
  body: Uint8Array | null
}

/** Edits of a case in the order in which they came, with their words where the reader may open the part. */
export async function editsOf(
  tx: Tx,
  caseId: string,
  open: (part: Part) => Promise<CaseCipher | null>,
): Promise<LoggedEdit[]> {
  const found = await sql<EditRow>`
    select l.op_id, l.part, l.row_id, l.claimed_at as at, u.name as by, l.clear, l.body
      from op_log l left join app_user u on u.id = l.actor
     where l.case_id = ${caseId} and l.clear ? 'set' and ${NAMED} order by l.xid, l.op_id limit 5000`.execute(tx)
  const edits: LoggedEdit[] = []
  for (const { opId, part, rowId, at, by, clear, body } of found.rows) {
    const cipher = body === null ? null : await open(part)
    // Sealed by the log itself; a part this person may not open gives its codes alone.
    const words = body === null || cipher === null ? {} : (cipher.open(OP_LOG_FIELD, opId, body) as object)
    edits.push({ opId, thing: clear.thing ?? '', rowId, at, by, set: { ...clear.set, ...words } })
  }
  return edits
}

export type Opened = { name: string; role: string; organisation: string; lastOn: string; days: number }

/** Who opened a file to read it, and on which day last. */
export async function whoOpened(tx: Tx, caseId: string): Promise<Opened[]> {
  const found = await sql<Opened>`select * from kembali.who_opened(${caseId})`.execute(tx)
  return found.rows
}
