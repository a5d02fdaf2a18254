import type { Answer, Op } from '../core/op.ts'
import type { Instant } from '../core/time.ts'
import { atVersion, nameOf, todays, type Upgrades } from '../core/upgrade.ts'
import { newId } from '../crypto/random.ts'
import type { Drafts } from './drafts.ts'
import { forgetWords, idsIn } from './forgetting.ts'
import type { InTurn } from './in-turn.ts'
import type { Cell } from './storage.ts'
import type { Vault } from './vault.ts'

/** One thing of a case as this device knows it. */
export type Row = { thing: string; id: string; caseId: string; version: number | null; fields: Record<string, unknown> }
export type Rows = ReadonlyMap<string, Row>

/** How operations of one feature look before the server has them: the rows they put, by the feature's own rules. */
export type LayOver = (op: Op, rows: Rows, answer: Answer | null) => Row[]

/**
 * An operation on its way: waiting to be sent, or answered and not yet seen in what the server sends back. Once the server
 * has sent everything `below` that transaction, it has sent all it ever will of this one.
 */
export type Waiting = {
  /** As it is said today. */
  op: Op
  answer: Answer | null
  below?: string
  /** As it was made, and as it is sent, where that is not the same: the server knows it again by every letter of it. */
  made?: Op
}

/** Something a person has to deal with. Nothing typed is ever lost silently. */
export type Attention =
  /** `emptied`: the words went with the case, and only that it was not accepted still stands. */
  | { kind: 'not_accepted'; id: string; op: Op; answer: Answer; at: Instant; emptied?: boolean }
  | { kind: 'difference'; id: string; op: Op; field: string; at: Instant }

export type SyncState = {
  seq: number
  cursor: string | null
  epoch: string | null
  syncedAt: Instant | null
  /** Which program fetched what lies here. */
  protocol?: number
}

/** What changes together: in one write on disk, and in memory only after that. */
export type Step = {
  /** Rows from the server; one that is not `whole` names only the fields that changed. */
  put?: readonly (Row & { whole?: boolean })[]
  forgetCases?: readonly string[]
  /** Cases of which no typed word may stay here either, but for what the server has not answered yet. */
  forgetWords?: readonly string[]
  /** Kinds of rows that are held no longer. */
  shed?: readonly string[]
  /** Start reading again from nothing: rows go, what waits stays. */
  startAgain?: boolean
  waiting?: readonly Waiting[]
  sent?: readonly string[]
  attention?: readonly Attention[]
  dealtWith?: readonly string[]
  state?: Partial<SyncState>
}

export type Replica = {
  lasting: boolean
  rows: () => Rows
  /** Oldest first. */
  waiting: () => readonly Waiting[]
  /** A type with the version in which it is made today. */
  typeToday: (type: string) => string
  attention: () => readonly Attention[]
  state: () => SyncState
  /** The server's rows with everything laid over that is still on its way. */
  view: () => Rows
  /** Kinds of rows that are not shown for now, though they lie here. */
  narrow: (things: readonly string[]) => void
  /** What a step rests on is looked at inside the write, when what another tab has written has been read. */
  commit: (step: Step | (() => Step)) => Promise<void>
  /** Reads what another tab has written, if it has. */
  reload: () => Promise<void>
  onChange: (listener: () => void) => () => void
  hasBeenSeen: (waiting: Waiting) => boolean
}

const NOTHING: SyncState = { seq: 0, cursor: null, epoch: null, syncedAt: null }

export function keyOf(row: Pick<Row, 'thing' | 'id'>): string {
  return `${row.thing}/${row.id}`
}

export type ReplicaParts = {
  vault: Vault
  layOvers: readonly LayOver[]
  /** How operations that an older program left here are said today. */
  upgrades: Upgrades
  drafts: Pick<Drafts, 'reload' | 'forget'>
  /** One write at a time, of all tabs that share the vault. */
  inTurn: InTurn
}

/** Opens what a vault holds and keeps it in memory, where it is shown and searched. */
export async function openReplica({ vault, layOvers, upgrades, drafts, inTurn }: ReplicaParts): Promise<Replica> {
  let rows = new Map<string, Row>()
  let waiting: Waiting[] = []
  let attention: Attention[] = []
  let state = NOTHING
  let view: Rows | null = null
  // Rows lie on disk under random ids: a key would tell what kind of thing a case has.
  let cellIds = new Map<string, string[]>()
  /** The mark of the last write that is in memory here; every write leaves another one. */
  let mark: string | null | undefined
  const listeners = new Set<() => void>()
  let hidden: readonly string[] = []

  /** Only inside `inTurn`: another tab's write is then wholly there or not at all. */
  async function catchUp(): Promise<void> {
    // Only `commit` below writes these stores.
    const kept = (await vault.get('meta', 'state')) as (Partial<SyncState> & { mark?: string }) | null
    if (mark !== undefined && (kept?.mark ?? null) === mark) return
    rows = new Map()
    cellIds = new Map()
    for (const [id, row] of (await vault.all('rec')) as [string, Row][]) {
      const key = keyOf(row)
      const other = rows.get(key)
      if (other === undefined || (other.version ?? 0) < (row.version ?? 0)) rows.set(key, row)
      cellIds.set(key, [...(cellIds.get(key) ?? []), id])
    }
    waiting = (await vault.all('out')).map(([, one]) => today(one as Waiting)).sort(bySeq)
    attention = (await vault.all('attention'))
      .map(([, one]) => saidToday(one as Attention))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
    await drafts.reload()
    const { mark: last = null, ...found } = kept ?? {}
    state = { ...NOTHING, ...found }
    mark = last
    changed()
  }

  /** Everything of one row on disk; should two tabs have put it twice, one cell stays. */
  function cellsOf(row: Row, value: Row | null): Cell<unknown>[] {
    const ids = cellIds.get(keyOf(row)) ?? [newId()]
    cellIds.set(keyOf(row), ids)
    return ids.map((key, at) => ({ store: 'rec', key, value: at === 0 ? value : null }))
  }

  function changed(): void {
    view = null
    for (const listener of listeners) listener()
  }

  /** What can no longer be said keeps its words, and its plain name. */
  const saidToday = <One extends { op: Op }>(one: One): One => ({
    ...one,
    op: todays(one.op, upgrades) ?? { ...one.op, type: nameOf(one.op.type) },
  })

  function today(one: Waiting): Waiting {
    const made = one.made ?? one.op
    const { op } = saidToday({ op: made })
    return op === made ? one : { ...one, op, made }
  }

  const lay = (one: Waiting, under: Rows) => layOvers.flatMap((layOver) => laidBy(layOver, one, under))

  async function write(step: Step): Promise<void> {
    if (Object.keys(step).length === 0) return
    const gone = new Set(step.forgetCases)
    const shed = step.shed ?? []
    const dropped = [...rows.values()].filter(
      (row) => step.startAgain === true || gone.has(row.caseId) || shed.includes(row.thing),
    )
    const droppedKeys = new Set(dropped.map(keyOf))
    const put = (step.put ?? []).map((row) =>
      merged(droppedKeys.has(keyOf(row)) ? undefined : rows.get(keyOf(row)), row),
    )
    const wordless = step.forgetWords ?? []
    const words = forgetWords(wordless, waiting, attention)
    const sent = [...words.sent, ...(step.sent ?? [])]
    const settled = [...words.dealtWith, ...(step.dealtWith ?? [])]
    const raised = [...words.attention, ...(step.attention ?? [])]
    const next = { ...state, ...step.state }
    // Never backwards: what was numbered stays numbered.
    next.seq = Math.max(next.seq, state.seq)
    const nextMark = newId()
    const cells: Cell<unknown>[] = [
      ...dropped.flatMap((row) => cellsOf(row, null)),
      ...put.flatMap((row) => cellsOf(row, row)),
      ...sent.map((opId) => ({ store: 'out', key: opId, value: null }) as const),
      ...(step.waiting ?? []).map((one) => ({ store: 'out', key: one.op.opId, value: asMade(one) }) as const),
      ...settled.map((id) => ({ store: 'attention', key: id, value: null }) as const),
      ...raised.map((one) => ({ store: 'attention', key: one.id, value: one }) as const),
      ...(await drafts.forget(idsIn(wordless, replica.view().values()))),
      { store: 'meta', key: 'state', value: { ...next, mark: nextMark } },
    ]
    await vault.write(cells)
    for (const row of dropped) rows.delete(keyOf(row))
    for (const row of put) rows.set(keyOf(row), row)
    const replaced = new Set([...sent, ...(step.waiting ?? []).map((one) => one.op.opId)])
    waiting = [...waiting.filter((one) => !replaced.has(one.op.opId)), ...(step.waiting ?? []).map(today)].sort(bySeq)
    const renewed = new Set([...settled, ...raised.map((one) => one.id)])
    attention = [...attention.filter((one) => !renewed.has(one.id)), ...raised.map(saidToday)]
    state = next
    mark = nextMark
    changed()
  }

  const replica: Replica = {
    lasting: vault.lasting,
    rows: () => rows,
    waiting: () => waiting,
    typeToday: (type) => atVersion(type, upgrades),
    attention: () => attention,
    state: () => state,
    view() {
      if (view === null) {
        const over = new Map(rows)
        for (const one of waiting) for (const row of lay(one, over)) over.set(keyOf(row), row)
        for (const [key, { thing }] of over) if (hidden.includes(thing)) over.delete(key)
        view = over
      }
      return view
    },
    narrow(things) {
      if (things.join() === hidden.join()) return
      hidden = things
      changed()
    },
    commit: (step) =>
      inTurn(async () => {
        await catchUp()
        await write(typeof step === 'function' ? step() : step)
      }),
    reload: () => inTurn(catchUp),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    // Accepted and sent back: each row it puts stands there, at its version or a later one.
    hasBeenSeen(one) {
      if (one.answer?.answer !== 'accepted') return false
      const { version } = one.answer
      return lay(one, rows).every((row) => {
        const there = rows.get(keyOf(row))
        return there !== undefined && (version === null || (there.version ?? 0) >= version)
      })
    },
  }
  await replica.reload()
  return replica
}

function merged(before: Row | undefined, { whole = true, ...row }: Row & { whole?: boolean }): Row {
  return before === undefined || whole ? row : { ...row, fields: { ...before.fields, ...row.fields } }
}

function bySeq(a: Waiting, b: Waiting): number {
  return a.op.seq - b.op.seq
}

/** What another program left here may be of a shape that is not known: it waits to be sent, and no page goes white over it. */
function laidBy(layOver: LayOver, { op, answer }: Waiting, under: Rows): Row[] {
  try {
    return layOver(op, under, answer)
  } catch {
    return []
  }
}

/** On disk lies what was made, so that the next program reads it in its own way. */
function asMade({ made, ...one }: Waiting): Waiting {
  return made === undefined ? one : { ...one, op: made }
}
