import type { Answer, Op } from '../core/op.ts'
import type { Instant } from '../core/time.ts'
import { newId } from '../crypto/random.ts'
import type { Cell } from './storage.ts'
import type { Vault } from './vault.ts'

/** One thing of a case as this device knows it. */
export type Row = { thing: string; id: string; caseId: string; version: number | null; fields: Record<string, unknown> }
export type Rows = ReadonlyMap<string, Row>

/** How operations of one feature look before the server has them: the rows they put, by the feature's own rules. */
export type LayOver = (op: Op, rows: Rows, answer: Answer | null) => Row[]

/** An operation on its way: waiting to be sent, or answered and not yet seen in what the server sends back. */
export type Waiting = { op: Op; answer: Answer | null }

/** Something a person has to deal with. Nothing typed is ever lost silently. */
export type Attention =
  | { kind: 'not_accepted'; id: string; op: Op; answer: Answer; at: Instant }
  | { kind: 'difference'; id: string; op: Op; field: string; at: Instant }

export type SyncState = { seq: number; cursor: string | null; epoch: string | null; syncedAt: Instant | null }

/** What changes together: in one write on disk, and in memory only after that. */
export type Step = {
  /** Rows from the server; one that is not `whole` names only the fields that changed. */
  put?: readonly (Row & { whole?: boolean })[]
  forgetCases?: readonly string[]
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
  attention: () => readonly Attention[]
  state: () => SyncState
  /** The server's rows with everything laid over that is still on its way. */
  view: () => Rows
  commit: (step: Step) => Promise<void>
  /** Reads everything from the vault again, after another tab has written. */
  reload: () => Promise<void>
  onChange: (listener: () => void) => () => void
  hasBeenSeen: (waiting: Waiting) => boolean
}

const NOTHING: SyncState = { seq: 0, cursor: null, epoch: null, syncedAt: null }

export function keyOf(row: Pick<Row, 'thing' | 'id'>): string {
  return `${row.thing}/${row.id}`
}

/** Opens what a vault holds and keeps it in memory, where it is shown and searched. */
export async function openReplica(vault: Vault, layOvers: readonly LayOver[]): Promise<Replica> {
  let rows = new Map<string, Row>()
  let waiting: Waiting[] = []
  let attention: Attention[] = []
  let state = NOTHING
  let view: Rows | null = null
  // Rows lie on disk under random ids: a key would tell what kind of thing a case has.
  let cellIds = new Map<string, string>()
  const listeners = new Set<() => void>()

  async function reload(): Promise<void> {
    // Only `commit` below writes these stores.
    const cells = (await vault.all('rec')) as [string, Row][]
    rows = new Map(cells.map(([, row]) => [keyOf(row), row]))
    cellIds = new Map(cells.map(([id, row]) => [keyOf(row), id]))
    waiting = (await vault.all('out')).map(([, one]) => one as Waiting).sort(bySeq)
    attention = (await vault.all('attention')).map(([, one]) => one as Attention).sort((a, b) => (a.at < b.at ? -1 : 1))
    state = { ...NOTHING, ...((await vault.get('meta', 'state')) as Partial<SyncState> | null) }
    changed()
  }

  function cellOf(row: Row): string {
    const id = cellIds.get(keyOf(row)) ?? newId()
    cellIds.set(keyOf(row), id)
    return id
  }

  function changed(): void {
    view = null
    for (const listener of listeners) listener()
  }

  const lay = (one: Waiting, under: Rows) => layOvers.flatMap((layOver) => layOver(one.op, under, one.answer))

  async function commit(step: Step): Promise<void> {
    const gone = new Set(step.forgetCases)
    const dropped = [...rows.values()].filter((row) => step.startAgain === true || gone.has(row.caseId))
    const droppedKeys = new Set(dropped.map(keyOf))
    const put = (step.put ?? []).map((row) =>
      merged(droppedKeys.has(keyOf(row)) ? undefined : rows.get(keyOf(row)), row),
    )
    const next = { ...state, ...step.state }
    const cells: Cell<unknown>[] = [
      ...dropped.map((row) => ({ store: 'rec', key: cellOf(row), value: null }) as const),
      ...put.map((row) => ({ store: 'rec', key: cellOf(row), value: row }) as const),
      ...(step.waiting ?? []).map((one) => ({ store: 'out', key: one.op.opId, value: one }) as const),
      ...(step.sent ?? []).map((opId) => ({ store: 'out', key: opId, value: null }) as const),
      ...(step.attention ?? []).map((one) => ({ store: 'attention', key: one.id, value: one }) as const),
      ...(step.dealtWith ?? []).map((id) => ({ store: 'attention', key: id, value: null }) as const),
      ...(step.state === undefined ? [] : [{ store: 'meta', key: 'state', value: next } as const]),
    ]
    await vault.write(cells)
    for (const row of dropped) rows.delete(keyOf(row))
    for (const row of put) rows.set(keyOf(row), row)
    const replaced = new Set([...(step.sent ?? []), ...(step.waiting ?? []).map((one) => one.op.opId)])
    waiting = [...waiting.filter((one) => !replaced.has(one.op.opId)), ...(step.waiting ?? [])].sort(bySeq)
    const settled = new Set([...(step.dealtWith ?? []), ...(step.attention ?? []).map((one) => one.id)])
    attention = [...attention.filter((one) => !settled.has(one.id)), ...(step.attention ?? [])]
    state = next
    changed()
  }

  const replica: Replica = {
    lasting: vault.lasting,
    rows: () => rows,
    waiting: () => waiting,
    attention: () => attention,
    state: () => state,
    view() {
      if (view === null) {
        const over = new Map(rows)
        for (const one of waiting) for (const row of lay(one, over)) over.set(keyOf(row), row)
        view = over
      }
      return view
    },
    commit,
    reload,
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
  await reload()
  return replica
}

function merged(before: Row | undefined, { whole = true, ...row }: Row & { whole?: boolean }): Row {
  return before === undefined || whole ? row : { ...row, fields: { ...before.fields, ...row.fields } }
}

function bySeq(a: Waiting, b: Waiting): number {
  return a.op.seq - b.op.seq
}
