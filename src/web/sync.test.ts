import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Op } from '../core/op.ts'
import { PROTOCOL } from '../core/protocol.ts'
import { fromMillis } from '../core/time.ts'
import { renamed, type Upgrades } from '../core/upgrade.ts'
import type { DeviceKey } from '../crypto/device.ts'
import { NoConnection, ServerSaysNo } from './api.ts'
import { openDrafts } from './drafts.ts'
import { inLine } from './in-turn.ts'
import { makeOutbox } from './outbox.ts'
import { type LayOver, openReplica, type Replica, type Row } from './replica.ts'
import { memoryStorage, type Storage } from './storage.ts'
import { nextRound, type Pulled, syncOnce, type Transport } from './sync.ts'
import { sealedVault, type Vault } from './vault.ts'

const device = '6f1a1a52-7c53-4f0e-9d3a-4d0f8a8b7c11'
const caseId = '0b6f0f3e-2f57-4e8f-8a43-0d2f4b3f5a10'
const now = () => fromMillis(1_780_000_000_000)

/** Laid over: an edit of a card puts its fields on the row; a fact puts a row of its own. */
const layOver: LayOver = (op, rows) => {
  const id = String(op.payload.id)
  if (op.type === 'test.add') return [{ thing: 'fact', id, caseId, version: null, fields: { said: op.payload.said } }]
  const before = rows.get(`card/${id}`)
  return [
    {
      thing: 'card',
      id,
      caseId,
      version: before?.version ?? null,
      fields: { ...before?.fields, ...(op.payload.set as object) },
    },
  ] // made by `edit` below
}

/** Not a cipher: only shows that everything passes through one and is bound to its place. */
const key: DeviceKey = {
  seal: async (place, plain) => new TextEncoder().encode(`${place}|${btoa(String.fromCharCode(...plain))}`),
  async open(place, sealed) {
    const [at = '', text = ''] = new TextDecoder().decode(sealed).split('|')
    if (at !== place) throw new Error('sealed for another place')
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  },
}

let storage: Storage
let vault: Vault
let replica: Replica
let record: ReturnType<typeof makeOutbox>
let server: ReturnType<typeof aServer>

beforeEach(async () => {
  storage = memoryStorage()
  vault = sealedVault(storage, key)
  replica = await open(vault)
  record = makeOutbox(replica, device)
  server = aServer()
})

async function open(of: Vault, upgrades: Upgrades = {}): Promise<Replica> {
  return openReplica({ vault: of, layOvers: [layOver], upgrades, drafts: await openDrafts(of), inTurn: inLine() })
}

/** The gate and the pull, as far as a device sees them. */
function aServer() {
  const answered = new Map<string, Answer>()
  const sent: string[][] = []
  let rows: Pulled['put'] = []
  const state = {
    epoch: 'e1',
    broken: null as Error | null,
    loseAnswer: false,
    answer: accept,
    forget: [] as string[],
    pages: [] as Pulled['put'][],
  }
  function accept(op: Op): Answer {
    return { opId: op.opId, answer: 'accepted', caseId: caseId as never, version: null, settled: {}, conflicts: [] } // ids are branded elsewhere
  }
  const transport: Transport = {
    async push(operations) {
      if (state.broken !== null) throw state.broken
      sent.push(
        operations.map((op) =>
          typeof op.payload.said === 'string' ? op.payload.said : JSON.stringify(op.payload.set),
        ),
      )
      const answers = operations.map((op) => answered.get(op.opId) ?? state.answer(op))
      for (const answer of answers) if (answer.answer !== 'retry') answered.set(answer.opId, answer)
      if (state.loseAnswer) throw new NoConnection()
      return answers
    },
    async pull(cursor) {
      if (state.broken !== null) throw state.broken
      const put = state.pages.shift() ?? rows
      rows = []
      const forget = state.forget.splice(0)
      return {
        epoch: state.epoch,
        cursor: `${state.epoch}.${Number(cursor?.split('.')[1] ?? 0) + 1}`,
        more: state.pages.length > 0,
        put,
        forget,
        hide: [],
        answeredBelow: '9',
        sentBelow: '1',
      }
    },
  }
  return {
    state,
    transport,
    sent,
    answered,
    put: (...more: Row[]) => rows.push(...more.map((row) => ({ ...row, whole: true }))),
  }
}

const fact = (said: string) => ({ type: 'test.add', payload: { id: `id-${said}`, said } })
const edit = (set: Record<string, unknown>) => ({
  type: 'test.edit',
  payload: { id: caseId, set },
  row: { thing: 'card', id: caseId },
})
const card = (version: number, fields: Record<string, unknown>): Row => ({
  thing: 'card',
  id: caseId,
  caseId,
  version,
  fields,
})
const factRow = (said: string): Row => ({ thing: 'fact', id: `id-${said}`, caseId, version: null, fields: { said } })
const inOutbox = () => replica.waiting().map(({ op }) => op.payload.said ?? op.payload.set)
const run = () => syncOnce(replica, server.transport, now)
const reopened = () => open(vault)

describe('what a worker records', () => {
  test('is on disk, sealed, before it counts as saved', async () => {
    await record([fact('one')], now())
    const cells = await storage.all('out')
    expect(cells).toHaveLength(1)
    expect(new TextDecoder().decode(cells[0]?.[1])).not.toContain('one')
    expect((await reopened()).waiting().map(({ op }) => op.payload.said)).toEqual(['one'])
  })

  test('shows at once, laid over what the server last said', async () => {
    await replica.commit({ put: [card(3, { carer: 'aunt', village: 'north' })] })
    await record([edit({ carer: 'grandmother' })], now())
    expect(replica.view().get(`card/${caseId}`)?.fields).toEqual({ carer: 'grandmother', village: 'north' })
    expect(replica.rows().get(`card/${caseId}`)?.fields.carer).toBe('aunt')
  })

  test('is kept all together or not at all', async () => {
    const failing = { ...vault, write: async () => Promise.reject(new Error('disk full')) }
    const other = await open(failing)
    await expect(makeOutbox(other, device)([fact('a'), fact('b')], now())).rejects.toThrow('disk full')
    expect(other.waiting()).toEqual([])
    expect(other.state().seq).toBe(0)
  })

  test('is numbered without gaps on this device, also when two screens record at once', async () => {
    await Promise.all([record([fact('a'), fact('b')], now()), record([fact('c')], now())])
    expect(replica.waiting().map(({ op }) => op.seq)).toEqual([1, 2, 3])
    const again = await reopened()
    await makeOutbox(again, device)([fact('d')], now())
    expect(again.waiting().at(-1)?.op.seq).toBe(4)
  })

  test('keeps counting after everything was sent', async () => {
    await record([fact('a')], now())
    server.put(factRow('a'))
    await run()
    await record([fact('b')], now())
    expect(replica.waiting().map(({ op }) => op.seq)).toEqual([2])
  })

  test('names the version it was seen at, and a second thought counts the first', async () => {
    await replica.commit({ put: [card(3, { carer: 'aunt' })] })
    await record([edit({ carer: 'uncle' })], now())
    await record([edit({ carer: 'grandmother' })], now())
    await record([edit({ village: 'north' })], now())
    expect(replica.waiting().map(({ op }) => op.baseVersion)).toEqual([3, 4, 3])
  })
})

describe('sending', () => {
  test('goes oldest first, a hundred at a time', async () => {
    await record(
      Array.from({ length: 130 }, (_one, at) => fact(`n${at}`)),
      now(),
    )
    await run()
    expect(server.sent.map((batch) => batch.length)).toEqual([100, 30])
    expect(server.sent.flat().slice(0, 3)).toEqual(['n0', 'n1', 'n2'])
  })

  test('keeps everything when there is no line', async () => {
    await record([fact('one')], now())
    server.state.broken = new NoConnection()
    expect(await run()).toBe('no_connection')
    expect(inOutbox()).toEqual(['one'])
  })

  test('sends again what was never answered, under the same id', async () => {
    await record([fact('one')], now())
    server.state.loseAnswer = true
    expect(await run()).toBe('no_connection')
    server.state.loseAnswer = false
    server.put(factRow('one'))
    expect(await run()).toBe('done')
    expect(server.answered.size).toBe(1)
    expect(inOutbox()).toEqual([])
  })

  test('keeps an accepted operation on the screen until the server has sent it back', async () => {
    await record([fact('one')], now())
    await run()
    expect(inOutbox()).toEqual(['one'])
    expect(replica.view().has('fact/id-one')).toBe(true)
    server.put(factRow('one'))
    await run()
    expect(inOutbox()).toEqual([])
    expect(replica.view().has('fact/id-one')).toBe(true)
    expect(server.sent).toEqual([['one']])
  })

  test('keeps an accepted edit until its own version, or a later one, came back', async () => {
    await replica.commit({ put: [card(3, { carer: 'aunt' })] })
    await record([edit({ carer: 'uncle' })], now())
    server.state.answer = (op) => ({
      opId: op.opId,
      answer: 'accepted',
      caseId: null,
      version: 4,
      settled: {},
      conflicts: [],
    })
    await run()
    expect(inOutbox()).toHaveLength(1)
    server.put(card(4, { carer: 'uncle' }))
    await run()
    expect(inOutbox()).toHaveLength(0)
  })

  test.each<[string, (op: Op) => Answer]>([
    ['refused', ({ opId }) => ({ opId, answer: 'refused', reason: 'case_closed', details: {} })],
    ['malformed', ({ opId }) => ({ opId, answer: 'malformed', fields: ['startedAt'] })],
    ['not allowed', ({ opId }) => ({ opId, answer: 'not_allowed' })],
  ])(
    'moves what was %s to "needs your attention" in the write that takes it out of the outbox',
    async (_title, answer) => {
      await record([fact('one')], now())
      server.state.answer = answer
      const writes: string[][] = []
      const write = vault.write
      vault.write = (cells) => {
        writes.push(cells.map((cell) => `${cell.store} ${cell.value === null ? 'out' : 'in'}`))
        return write(cells)
      }
      await run()
      expect(writes).toContainEqual(['out out', 'attention in', 'meta in'])
      const again = await reopened()
      expect(again.waiting()).toEqual([])
      expect(again.attention().map((one) => one.op.payload.said)).toEqual(['one'])
    },
  )

  test('shows a difference between two people, and keeps mine', async () => {
    await replica.commit({ put: [card(3, { carer: 'aunt' })] })
    await record([edit({ carer: 'uncle' })], now())
    server.state.answer = ({ opId }) => ({
      opId,
      answer: 'accepted',
      caseId: null,
      version: 5,
      settled: {},
      conflicts: [{ conflictId: 'c1', field: 'carer' }],
    })
    server.put(card(5, { carer: 'grandmother' }))
    await run()
    expect(replica.attention()).toMatchObject([
      { kind: 'difference', id: 'c1', field: 'carer', op: { payload: { set: { carer: 'uncle' } } } },
    ])
    expect(replica.view().get(`card/${caseId}`)?.fields.carer).toBe('grandmother')
  })

  test('stops at an operation that must wait, so that nothing overtakes it', async () => {
    await record([fact('one'), fact('two')], now())
    server.state.answer = ({ opId }) => ({ opId, answer: 'retry', why: 'earlier_missing' })
    expect(await run()).toBe('later')
    expect(inOutbox()).toEqual(['one', 'two'])
    expect(server.sent).toHaveLength(1)
  })

  test('asks to sign in again and loses nothing when the session has ended', async () => {
    await record([fact('one')], now())
    server.state.broken = new ServerSaysNo(401, { error: 'not_signed_in' })
    expect(await run()).toBe('signed_out')
    expect(inOutbox()).toEqual(['one'])
  })

  test('sets aside an operation whose id is taken, and goes on with the others', async () => {
    const [first] = await record([fact('one'), fact('two')], now())
    const push = server.transport.push
    server.transport.push = async (operations) => {
      if (operations.some((op) => op.opId === first?.opId))
        throw new ServerSaysNo(409, { error: 'op_id_reused', opId: first?.opId })
      return push(operations)
    }
    await run()
    await run()
    expect(replica.attention().map((one) => one.op.payload.said)).toEqual(['one'])
    expect(server.sent).toEqual([['two']])
  })

  test('sends smaller batches when one is too large', async () => {
    await record(
      Array.from({ length: 8 }, (_one, at) => fact(`n${at}`)),
      now(),
    )
    const push = server.transport.push
    server.transport.push = async (operations) => {
      if (operations.length > 2) throw new ServerSaysNo(413, { error: 'too_large' })
      return push(operations)
    }
    await run()
    expect(server.sent.flat()).toHaveLength(8)
  })
})

describe('fetching', () => {
  test('keeps each page with its cursor, so that a broken line goes on from there', async () => {
    server.state.pages = [[{ ...factRow('a'), whole: true }], [{ ...factRow('b'), whole: true }]]
    const pull = server.transport.pull
    let asked = 0
    server.transport.pull = async (cursor) => {
      asked += 1
      if (asked === 2) throw new NoConnection()
      return pull(cursor)
    }
    expect(await run()).toBe('no_connection')
    const half = await reopened()
    expect([...half.rows().keys()]).toEqual(['fact/id-a'])
    expect(half.state().cursor).toBe('e1.1')
    await run()
    expect([...replica.rows().keys()]).toEqual(['fact/id-a', 'fact/id-b'])
  })

  test('lays changed fields over the row it has, and a whole row in its place', async () => {
    await replica.commit({
      put: [card(1, { carer: 'aunt', village: 'north' })],
      state: { cursor: 'e1.1', epoch: 'e1', protocol: PROTOCOL },
    })
    server.state.pages = [[{ ...card(2, { carer: 'uncle' }), whole: false }]]
    await run()
    expect(replica.rows().get(`card/${caseId}`)?.fields).toEqual({ carer: 'uncle', village: 'north' })
    server.put(card(3, { carer: 'sister' }))
    await run()
    expect(replica.rows().get(`card/${caseId}`)?.fields).toEqual({ carer: 'sister' })
  })

  test('forgets a case that is no longer hers, on disk too, and keeps what waits', async () => {
    await replica.commit({
      put: [card(1, { carer: 'aunt' }), { ...factRow('other'), caseId: 'another' }],
      state: { cursor: 'e1.1', epoch: 'e1', protocol: PROTOCOL },
    })
    server.state.forget = [caseId]
    await run()
    expect([...(await reopened()).rows().keys()]).toEqual(['fact/id-other'])
  })

  test('starts again after the server was restored, and sends again what may have been lost there', async () => {
    await replica.commit({ put: [factRow('old')], state: { cursor: 'e1.9', epoch: 'e1', protocol: PROTOCOL } })
    await record([fact('mine')], now())
    await run()
    expect(replica.waiting()[0]?.answer?.answer).toBe('accepted')
    server.state.epoch = 'e2'
    server.answered.clear()
    server.put(factRow('new'))
    await run()
    expect([...replica.rows().keys()]).toEqual(['fact/id-new'])
    server.put(factRow('mine'))
    await run()
    expect(server.sent).toEqual([['mine'], ['mine']])
    expect(inOutbox()).toEqual([])
  })
})

describe('the store of this device', () => {
  test('names nothing in its keys but random ids', async () => {
    await replica.commit({ put: [factRow('a')] })
    for (const [cell] of await storage.all('rec')) expect(cell).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('refuses a cell that was moved to another place', async () => {
    await replica.commit({ put: [factRow('a'), factRow('b')] })
    const [a, b] = await storage.all('rec')
    await storage.write([{ store: 'rec', key: b?.[0] ?? '', value: a?.[1] ?? null }])
    await expect(reopened()).rejects.toThrow('another place')
  })
})

describe('the next round', () => {
  test('comes in a minute when all is well, and ever later, with chance in it, when it is not', () => {
    expect(nextRound('done', 0, 0.5)).toBe(60_000)
    expect(nextRound('later', 1, 0)).toBe(5000)
    expect(nextRound('later', 1, 1)).toBe(10_000)
    expect(nextRound('later', 20, 1)).toBe(300_000)
    expect(nextRound('no_connection', 20, 1)).toBe(60_000)
  })
})

describe('after an update of the program', () => {
  /** What is called `said` today was once called `told`; an `old` thing is made no more. */
  const UPGRADES: Upgrades = {
    'test.add': [(payload) => renamed(payload, 'told', 'said')],
    'test.old': [() => null],
  }
  const old = (type: string, words: string) => ({ type, payload: { id: `id-${words}`, told: words } })
  const sentOps: Op[] = []

  async function updated(): Promise<void> {
    replica = await open(vault, UPGRADES)
    record = makeOutbox(replica, device)
    sentOps.length = 0
    const { push } = server.transport
    server.transport.push = async (operations) => {
      sentOps.push(...operations)
      return push(operations)
    }
  }

  test('what an older one left is shown as it is said today, and sent as it was made', async () => {
    const [made] = await record([old('test.add', 'one')], now())
    await updated()
    expect(replica.view().get('fact/id-one')?.fields).toEqual({ said: 'one' })
    await run()
    expect(sentOps).toEqual([made])
    // The server was restored: it is sent again, letter by letter.
    server.state.epoch = 'e2'
    await run()
    await run()
    expect(sentOps).toEqual([made, made])
  })

  test('what is made now says its version to the server, and its plain name here', async () => {
    await updated()
    await record([fact('one')], now())
    expect(replica.waiting().map(({ op }) => op.type)).toEqual(['test.add'])
    await run()
    expect(sentOps.map(({ type }) => type)).toEqual(['test.add@2'])
  })

  test('what can be taken no longer stays here with every word, also over another start', async () => {
    await record([old('test.old', 'one')], now())
    await updated()
    server.state.answer = ({ opId }) => ({ opId, answer: 'refused', reason: 'no_longer_taken', details: {} })
    await run()
    for (const found of [replica, await open(vault, UPGRADES)])
      expect(found.attention()).toMatchObject([
        { kind: 'not_accepted', op: { type: 'test.old', payload: { told: 'one' } }, answer: { answer: 'refused' } },
      ])
  })

  test('everything is fetched anew, and stands until then', async () => {
    server.put(factRow('one'))
    await run()
    await replica.commit({ state: { protocol: PROTOCOL - 1 } })
    server.state.broken = new NoConnection()
    await run()
    expect(replica.rows().has('fact/id-one')).toBe(true)
    server.state.broken = null
    server.put(factRow('two'))
    await run()
    expect([...replica.rows().keys()]).toEqual(['fact/id-two'])
  })
})

describe('before it', () => {
  test('everything is kept, and writing goes on, until the server takes it', async () => {
    await record([fact('one')], now())
    server.state.broken = new ServerSaysNo(426, { error: 'phone_too_old', least: PROTOCOL + 1 })
    expect(await run()).toBe('too_old')
    await record([fact('two')], now())
    expect(await run()).toBe('too_old')
    replica = await reopened()
    expect(inOutbox()).toEqual(['one', 'two'])
    server.state.broken = null
    await run()
    expect(server.sent.at(-1)).toEqual(['one', 'two'])
  })

  test('a row that cannot be read is left to the server, and the others come', async () => {
    // As a program still to come might send it.
    const strange = { thing: 'fact', id: 'id-strange', about: caseId, fields: {} }
    server.state.pages = [[factRow('one'), strange as never, factRow('two')].map((row) => ({ ...row, whole: true }))]
    await run()
    expect([...replica.rows().keys()].sort()).toEqual(['fact/id-one', 'fact/id-two'])
  })

  test('an operation that cannot be laid over waits to be sent, and the others are shown', async () => {
    await record([fact('one'), { type: 'test.edit', payload: { id: caseId, set: null } }], now())
    const stumbling: LayOver = (op) => {
      if (op.payload.set === null) throw new TypeError('no such shape')
      return [factRow(String(op.payload.said))]
    }
    const found = await openReplica({
      vault,
      layOvers: [stumbling],
      upgrades: {},
      drafts: await openDrafts(vault),
      inTurn: inLine(),
    })
    expect([...found.view().keys()]).toEqual(['fact/id-one'])
    expect(found.waiting()).toHaveLength(2)
  })
})
