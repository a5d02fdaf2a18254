import { type RawBuilder, sql } from 'kysely'
import { mergeFields } from '../core/merge.ts'
import type { FieldConflict } from '../core/op.ts'
import { split, type ThingMeta } from '../core/schema.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import { newId } from '../crypto/random.ts'
import type { Tx } from './as-person.ts'
import type { OpenPart } from './feature.ts'
import { gathered, gatheredAct, insertAll, isAmong } from './gathered.ts'
import { NotAllowed } from './key-broker.ts'

/** A thing whose fields merge one by one (security.md 9.3): its table, its part, which fields are sealed. */
export type MutableThing = {
  meta: ThingMeta
  sealed: readonly string[]
  clear: readonly string[]
  schema: { shape: Record<string, { safeParse: (value: unknown) => { success: boolean } }> }
  /** Clear columns that the server keeps and nobody edits, and that so never differ between two people. */
  beside?: readonly string[]
}

/** One row of such a thing as it stands: its fields, and the version that last set each of them. */
export type Mutable = {
  version: number
  fields: Record<string, unknown>
  changed: Record<string, number>
  beside: Record<string, unknown>
}

export type RowEdit = {
  id: string
  caseId: string
  set: Record<string, unknown>
  baseVersion: number
  opId: string
  /** What the server keeps beside, where this edit changes it. */
  beside?: Record<string, unknown>
}

/** Whether the new value of a field is the more careful one, which then stands until a person has looked. */
export type MostProtective = (field: string, mine: unknown, theirs: unknown) => boolean

export type OpenedRow = Mutable & { id: string; caseId: string }

type StoredRow = { id: string; caseId: string; version: number; body: Uint8Array; [column: string]: unknown }
type Body = { fields: Record<string, unknown>; changed: Record<string, number> }

/** The number of `conflict.body` in the schema registry. */
export const CONFLICT_FIELD = 2

/** Reads one row with its words opened; null when it was never begun. */
export async function readRow(
  tx: Tx,
  thing: MutableThing,
  at: { id: string; caseId: string },
  cipher: CaseCipher,
): Promise<Mutable | null> {
  const row = await findRow(tx, { table: thing.meta.table, ...at })
  return row === null ? null : opened(thing, row, cipher)
}

const findRow = gathered(async (tx, asks: readonly { table: string; id: string; caseId: string }[]) => {
  const rows = new Map<string, StoredRow[]>()
  for (const of of alike(asks, ({ table }) => table)) {
    const [{ table }] = of
    const found = await sql<StoredRow>`
      select * from ${sql.table(table)} where ${isAmong(
        'id',
        of.map(({ id }) => id),
      )}`.execute(tx)
    rows.set(table, found.rows)
  }
  return asks.map(
    ({ table, id, caseId }) => rows.get(table)?.find((row) => row.id === id && row.caseId === caseId) ?? null,
  )
})

/** Reads all rows of a thing of the given cases, in the order in which they were begun; a case whose key is not given is left out. */
export async function readRows(
  tx: Tx,
  thing: MutableThing,
  caseIds: readonly string[],
  open: OpenPart,
  order: RawBuilder<unknown> = sql`begun_at, id`,
): Promise<OpenedRow[]> {
  const found = await sql<StoredRow>`
    select * from ${sql.table(thing.meta.table)} where case_id = any(${[...caseIds]}::uuid[]) order by ${order}`.execute(
    tx,
  )
  const rows: OpenedRow[] = []
  for (const row of found.rows) {
    const cipher = await open(row.caseId)
    if (cipher !== null) rows.push({ id: row.id, caseId: row.caseId, ...opened(thing, row, cipher) })
  }
  return rows
}

function opened(thing: MutableThing, row: StoredRow, cipher: CaseCipher): Mutable {
  const { fields, changed } = cipher.open(thing.meta.fieldId, row.id, row.body) as Body // sealed by writeRow
  const clear = Object.fromEntries(thing.clear.map((column) => [column, row[column]]))
  const beside = Object.fromEntries((thing.beside ?? []).map((column) => [column, row[column]]))
  // A row has every field of its schema: what nobody has said is null, also where it would have been sealed.
  const unsaid = Object.fromEntries(thing.sealed.map((field) => [field, null]))
  return { version: row.version, fields: { ...unsaid, ...clear, ...fields }, changed, beside }
}

/** Lays an edit over a row, or begins it, and answers what the row now says; what another person changed meanwhile waits as a conflict of the same part. */
export async function editRow(
  tx: Tx,
  thing: MutableThing,
  edit: RowEdit,
  cipher: CaseCipher,
  mostProtective?: MostProtective,
): Promise<{ version: number; conflicts: FieldConflict[]; fields: Record<string, unknown> }> {
  const there = await readRow(tx, thing, edit, cipher)
  const before = there ?? { version: 0, fields: {}, changed: {}, beside: {} }
  const merged = mergeFields(before, edit.set, edit.baseVersion, mostProtective)
  const now = { ...merged, beside: { ...before.beside, ...edit.beside } }
  await writeRow(tx, thing, edit, now, { begun: there !== null, cipher })
  const conflicts: FieldConflict[] = []
  for (const { field, mine, theirs } of merged.conflicts) {
    const conflictId = newId()
    // The version says whose value stood there: the edit that set it.
    const body = cipher.seal(CONFLICT_FIELD, conflictId, {
      field,
      mine,
      theirs,
      baseVersion: edit.baseVersion,
      version: before.changed[field] ?? null,
    })
    await sql`insert into conflict (id, case_id, part, thing, row_id, op_id, body) values (${conflictId}, ${edit.caseId},
      ${thing.meta.part}, ${thing.meta.table}, ${edit.id}, ${edit.opId}, ${body})`.execute(tx)
    conflicts.push({ conflictId, field })
  }
  return { version: merged.version, conflicts, fields: merged.fields }
}

/** Begins a row, or changes one that was begun: the case is locked, so that nobody begins it in between. */
async function writeRow(
  tx: Tx,
  thing: MutableThing,
  edit: RowEdit,
  now: Mutable,
  { begun, cipher }: { begun: boolean; cipher: CaseCipher },
): Promise<void> {
  const { id, caseId, opId } = edit
  const { clear, body } = split(thing, now.fields)
  const sealed = cipher.seal(thing.meta.fieldId, id, { fields: body, changed: now.changed })
  const row: Record<string, unknown> = { ...clear, ...now.beside, opId, version: now.version, body: sealed }
  if (!begun) return beginRow(tx, { table: thing.meta.table, row: { id, caseId, ...row } })
  const set = Object.entries(row).map(([column, value]) => sql`${sql.ref(column)} = ${value ?? null}`)
  const done = await sql`update ${sql.table(thing.meta.table)} set ${sql.join(set)}
    where id = ${id} and case_id = ${caseId}`.execute(tx)
  if (done.numAffectedRows === 0n) throw new NotAllowed(caseId, thing.meta.part)
}

/** An id that stands for a row of another case already meets its key: to the outside like a case that does not exist. */
const beginRow = gatheredAct(async (tx, asks: readonly { table: string; row: Record<string, unknown> }[]) => {
  for (const of of alike(asks, ({ table, row }) => [table, ...Object.keys(row)].join())) {
    const [{ table, row }] = of
    await insertAll(
      tx,
      table,
      Object.keys(row),
      of.map((one) => one.row),
    )
  }
})

/** What has the same name, together. */
function alike<Ask>(asks: readonly Ask[], nameOf: (ask: Ask) => string): [Ask, ...Ask[]][] {
  const found = new Map<string, [Ask, ...Ask[]]>()
  for (const ask of asks) {
    const others = found.get(nameOf(ask))
    if (others === undefined) found.set(nameOf(ask), [ask])
    else others.push(ask)
  }
  return [...found.values()]
}
