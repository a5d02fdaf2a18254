import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Op } from '../core/op.ts'
import { fromMillis } from '../core/time.ts'
import type { DeviceKey } from '../crypto/device.ts'
import { type Drafts, openDrafts } from './drafts.ts'
import { type InTurn, inLine } from './in-turn.ts'
import { makeOutbox } from './outbox.ts'
import { keyOf, type LayOver, openReplica, type Replica, type Row } from './replica.ts'
import { memoryStorage, type Storage, STORES } from './storage.ts'
import { type Pulled, syncOnce, type Transport } from './sync.ts'
import { sealedVault } from './vault.ts'

const device = '6f1a1a52-7c53-4f0e-9d3a-4d0f8a8b7c11'
const caseId = '0b6f0f3e-2f57-4e8f-8a43-0d2f4b3f5a10'
const otherCase = '5d7d8e14-52c4-4a3c-b0a2-0a8f27a0a9b1'
const now = () => fromMillis(1_780_000_000_000)

/** An edit of a card puts its fields on the row. */
const layOver: LayOver = (op, rows) => {
  const id = String(op.payload.id)
  const before = rows.get(keyOf({ thing: 'card', id }))
  const fields = { ...before?.fields, ...(op.payload.set as object) } // made by `edit` below
  return [{ thing: 'card', id, caseId: id, version: before?.version ?? null, fields }]
}

/** Leaves everything readable, so that a test can look for a name on the disk. */
const key: DeviceKey = { seal: async (_place, plain) => plain, open: async (_place, sealed) => sealed }

type Tab = { replica: Replica; drafts: Drafts; record: ReturnType<typeof makeOutbox> }

let storage: Storage
/** The lock that the tabs of one browser share. */
let turn: InTurn
let tab: Tab
let server: ReturnType<typeof aServer>

beforeEach(async () => {
  storage = memoryStorage()
  turn = inLine()
  tab = await aTab()
  server = aServer()
})

async function aTab(): Promise<Tab> {
  const vault = sealedVault(storage, key)
  const drafts = await openDrafts(vault)
  const replica = await openReplica({ vault, layOvers: [layOver], upgrades: {}, drafts, inTurn: turn })
  return { replica, drafts, record: makeOutbox(replica, device) }
}

function aServer() {
  const seqs: number[] = []
  let page = 0
  const state = {
    answer: (op: Op): Answer => accepted(op),
    next: {} as Partial<Pulled>,
    /** What happens while the answer to a pull is on its way. */
    meanwhile: async () => undefined as unknown,
  }
  const transport: Transport = {
    async push(operations) {
      seqs.push(...operations.map((op) => op.seq))
      return operations.map((op) => state.answer(op))
    },
    async pull() {
      page += 1
      const { next } = state
      state.next = {}
      await state.meanwhile()
      return {
        epoch: 'e1',
        cursor: `e1.${page}.${page}`,
        more: false,
        put: [],
        forget: [],
        hide: [],
        answeredBelow: '9',
        sentBelow: '1',
        ...next,
      }
    },
  }
  return { state, seqs, transport }
}

const accepted = ({ opId, payload }: Op, version = 4): Answer => ({
  opId,
  answer: 'accepted',
  caseId: payload.caseId as never, // ids are branded elsewhere
  version,
  settled: {},
  conflicts: [],
})
const row = (thing: string, of: string, fields: Record<string, unknown>, version: number | null = 3) => ({
  thing,
  id: of,
  caseId: of,
  version,
  fields,
  whole: true,
})
const edit = (of: string, set: Record<string, unknown>) => ({
  type: 'test.edit',
  payload: { id: of, caseId: of, set },
  row: { thing: 'card', id: of },
})
const round = (of = tab) => syncOnce(of.replica, server.transport, now)
async function onDisk(): Promise<string> {
  const cells = await Promise.all(STORES.map((store) => storage.all(store)))
  return cells
    .flat()
    .map(([, sealed]) => new TextDecoder().decode(sealed))
    .join('\n')
}
const held: Partial<Pulled> = {
  put: [row('case', caseId, {}), row('card', caseId, { callName: 'Old' }), row('case', otherCase, {})],
}

describe('a case that leaves this device', () => {
  const gone: Partial<Pulled> = { forget: [caseId] }
  const hidden: Partial<Pulled> = { forget: [caseId], hide: [caseId], put: [row('case', caseId, {}, 4)] }

  test.each([
    ['is no longer hers', gone],
    ['is hidden, because somebody may look for the child', hidden],
  ])('takes its answered operations, drafts and differences along when it %s', async (_title, page) => {
    server.state.next = held
    await round()
    await tab.record([edit(caseId, { callName: 'Adi' }), edit(otherCase, { callName: 'Budi' })], now())
    server.state.answer = (op) =>
      ({ ...accepted(op), conflicts: [{ conflictId: `c-${String(op.payload.id)}`, field: 'callName' }] }) as Answer
    tab.drafts.of(`card/${caseId}`).keep({ callName: ['Adi Putra'] })
    tab.drafts.of(`note/${otherCase}/`).keep({ text: ['about Budi'] })
    await round()
    expect(await onDisk()).toMatch(/"Adi"[^]*Adi Putra/)
    server.state.next = page
    await round()
    expect(await onDisk()).not.toMatch(/Adi|Old/)
    expect(JSON.stringify([...tab.replica.view().values()])).not.toMatch(/Adi|Old/)
    expect(tab.drafts.of(`card/${caseId}`).load()).toBeNull()
    // What is said about another case stays.
    expect(tab.drafts.of(`note/${otherCase}/`).load()).toEqual({ text: ['about Budi'] })
    expect(tab.replica.waiting().map(({ op }) => op.payload.id)).toEqual([otherCase])
    expect(tab.replica.attention().map(({ id }) => id)).toEqual([`c-${otherCase}`])
  })

  test('leaves the fact that something was not accepted, without its words', async () => {
    server.state.next = held
    await round()
    await tab.record([edit(caseId, { callName: 'Adi' })], now())
    server.state.answer = ({ opId }) => ({ opId, answer: 'not_allowed' })
    server.state.next = gone
    await round()
    expect(await onDisk()).not.toContain('Adi')
    expect((await aTab()).replica.attention()).toMatchObject([
      { kind: 'not_accepted', emptied: true, op: { type: 'test.edit', payload: { caseId } } },
    ])
  })

  test('loses nothing that the server has not answered', async () => {
    server.state.next = held
    await round()
    await tab.record([edit(caseId, { callName: 'Adi' })], now())
    server.state.answer = ({ opId }) => ({ opId, answer: 'retry', why: 'busy' })
    server.state.next = gone
    await round()
    expect((await aTab()).replica.waiting().map(({ op }) => op.payload.set)).toEqual([{ callName: 'Adi' }])
  })

  test('keeps what is being typed when it is only sent anew, as when it is taken along', async () => {
    server.state.next = held
    await round()
    tab.drafts.of(`note/${caseId}/`).keep({ text: ['half a note'] })
    server.state.next = { forget: [caseId], put: [row('case', caseId, {}), row('visit', caseId, {})] }
    await round()
    expect((await aTab()).drafts.of(`note/${caseId}/`).load()).toEqual({ text: ['half a note'] })
  })
})

describe('an accepted edit whose row is kept from this device', () => {
  test('goes when the server has sent all it ever will of it, and not before', async () => {
    await tab.record([edit(caseId, { callName: 'Adi' })], now())
    server.state.next = { put: [row('case', caseId, {})], answeredBelow: '20', sentBelow: '12' }
    await round()
    expect(tab.replica.view().get(`card/${caseId}`)?.fields).toEqual({ callName: 'Adi' })
    // Something that was under way then may still be missing.
    server.state.next = { answeredBelow: '30', sentBelow: '19' }
    await round()
    expect(tab.replica.waiting()).toHaveLength(1)
    server.state.next = { answeredBelow: '40', sentBelow: '20' }
    await round()
    expect(tab.replica.waiting()).toEqual([])
    expect(tab.replica.view().has(`card/${caseId}`)).toBe(false)
    expect(await onDisk()).not.toContain('Adi')
  })

  test('goes in its first round when nothing else is under way at the server', async () => {
    await tab.record([edit(caseId, { callName: 'Adi' })], now())
    server.state.next = { answeredBelow: '20', sentBelow: '20' }
    await round()
    expect(await onDisk()).not.toContain('Adi')
  })
})

describe('two tabs of one device', () => {
  test('number what they record one after the other, also while one of them is in a round', async () => {
    const other = await aTab()
    server.state.meanwhile = () => other.record([edit(caseId, { callName: 'b' })], now())
    await tab.record([edit(caseId, { callName: 'a' })], now())
    await round()
    server.state.meanwhile = async () => undefined
    await tab.record([edit(caseId, { callName: 'c' })], now())
    await other.record([edit(caseId, { callName: 'd' })], now())
    await round(other)
    expect(server.seqs).toEqual([1, 2, 3, 4])
    expect((await aTab()).replica.state().seq).toBe(4)
  })

  test('keep what the other one has recorded: it is sent by whichever goes first', async () => {
    const other = await aTab()
    await other.record([edit(caseId, { callName: 'typed there' })], now())
    await round()
    expect(server.seqs).toEqual([1])
    await round(other)
    expect(server.seqs).toEqual([1])
  })

  test('write each row once, so that forgetting leaves nothing behind on the disk', async () => {
    const other = await aTab()
    server.state.next = held
    await round()
    server.state.next = { put: [row('card', caseId, { callName: 'Adi' }, 5)] }
    await round(other)
    expect(await storage.all('rec')).toHaveLength(3)
    server.state.next = { forget: [caseId] }
    await round()
    expect(await onDisk()).not.toMatch(/Adi|Old/)
    await round(other)
    expect([...other.replica.rows().keys()]).toEqual([`case/${otherCase}`])
  })

  test('forget both cells of a row that lies there twice from before', async () => {
    const stale: Row = { thing: 'card', id: caseId, caseId, version: 2, fields: { callName: 'Older' } }
    const twice = [stale, { ...stale, version: 3, fields: { callName: 'Newer' } }]
    await storage.write(
      twice.map((value, at) => ({
        store: 'rec',
        key: `cell-${at}`,
        value: new TextEncoder().encode(JSON.stringify(value)),
      })),
    )
    const { replica } = await aTab()
    expect(replica.rows().get(`card/${caseId}`)?.fields).toEqual({ callName: 'Newer' })
    await replica.commit({ forgetCases: [caseId] })
    expect(await storage.all('rec')).toEqual([])
  })

  test('forget the drafts of both', async () => {
    const other = await aTab()
    server.state.next = held
    await round()
    tab.drafts.of(`card/${caseId}`).keep({ callName: ['Adi'] })
    other.drafts.of(`card/${caseId}`).keep({ callName: ['Adi too'] })
    await round(other)
    server.state.next = { forget: [caseId] }
    await round()
    await round(other)
    expect(await onDisk()).not.toContain('Adi')
    expect(other.drafts.of(`card/${caseId}`).load()).toBeNull()
  })

  test('do not keep a page that was fetched before the other one emptied this device', async () => {
    const other = await aTab()
    server.state.next = held
    await round()
    server.state.meanwhile = async () => {
      server.state.meanwhile = async () => undefined
      await other.replica.commit({ startAgain: true, state: { cursor: null } })
      server.state.next = { put: [row('case', otherCase, {})] }
    }
    server.state.next = { put: [row('card', caseId, { callName: 'Adi' })] }
    await round()
    expect([...tab.replica.rows().keys()]).toEqual([`case/${otherCase}`])
  })
})
