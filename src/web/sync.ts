import type { Answer, Op } from '../core/op.ts'
import { PROTOCOL } from '../core/protocol.ts'
import type { Instant } from '../core/time.ts'
import { type Api, NoConnection, ServerSaysNo } from './api.ts'
import type { Attention, Replica, Row, Step, Waiting } from './replica.ts'

/** The two questions a device asks its server. */
export type Transport = {
  push: (operations: readonly Op[]) => Promise<Answer[]>
  pull: (cursor: string | null) => Promise<Pulled>
}

export type Pulled = {
  epoch: string
  cursor: string
  more: boolean
  put: (Row & { whole: boolean })[]
  /** Cases to forget; one that is put again in the same page only begins anew. */
  forget: string[]
  /** Cases put again without their names: what was typed about them goes as well. */
  hide: string[]
  answeredBelow: string
  sentBelow: string
}

/**
 * How a round ended. `later`: the server asks for patience, or something earlier is still on its way. `too_old`: it speaks no
 * longer with this program, and everything waits here for a newer one.
 */
export type SyncResult = 'done' | 'no_connection' | 'signed_out' | 'later' | 'too_old'

/** The most operations in one batch; the gate takes no more. */
const BATCH = 100

/** One round: send what waits, oldest first, then fetch what changed. Everything is kept page by page, so that a broken line costs one page. */
export async function syncOnce(replica: Replica, transport: Transport, now: () => Instant): Promise<SyncResult> {
  try {
    await replica.reload()
    const pushed = await pushAll(replica, transport, now)
    const pulled = await pullAll(replica, transport, now)
    return pushed === 'done' ? pulled : pushed
  } catch (error) {
    if (error instanceof NoConnection) return 'no_connection'
    if (error instanceof ServerSaysNo)
      return error.status === 401 ? 'signed_out' : error.status === 426 ? 'too_old' : 'later'
    throw error
  }
}

async function pushAll(replica: Replica, transport: Transport, now: () => Instant): Promise<SyncResult> {
  let size = BATCH
  for (;;) {
    const batch = replica
      .waiting()
      .filter((one) => one.answer === null)
      .slice(0, size)
    if (batch.length === 0) return 'done'
    const answers = await pushBatch(batch, transport)
    if (answers === 'too_large') {
      if (batch.length === 1) return 'later'
      size = Math.ceil(batch.length / 2)
      continue
    }
    const moved = await keepAnswers(replica, batch, answers, now())
    // An operation that has to wait holds back those after it, which may rest on it.
    if (moved < batch.length) return 'later'
  }
}

async function pushBatch(batch: readonly Waiting[], transport: Transport): Promise<Answer[] | 'too_large'> {
  try {
    return await transport.push(batch.map(({ op, made }) => made ?? op))
  } catch (error) {
    if (!(error instanceof ServerSaysNo)) throw error
    if (error.status === 413) return 'too_large'
    // The id stands for something else there. The rest of the batch was not looked at; this one needs a person.
    const { opId } = error.body
    const one = error.code === 'op_id_reused' ? batch.find(({ op }) => op.opId === opId) : undefined
    if (one !== undefined) return [{ opId: one.op.opId, answer: 'malformed', fields: ['opId'] }]
    throw error
  }
}

/** Stores answers and takes operations out of the outbox in the same write; answers how many moved on. */
async function keepAnswers(
  replica: Replica,
  batch: readonly Waiting[],
  answers: readonly Answer[],
  at: Instant,
): Promise<number> {
  const waiting: Waiting[] = []
  const sent: string[] = []
  const attention: Attention[] = []
  for (const one of batch) {
    const { op, made } = one
    const answer = answers.find(({ opId }) => opId === op.opId)
    if (answer === undefined || answer.answer === 'retry') continue
    if (answer.answer === 'accepted') {
      // Stays laid over the rows until the server has sent back what it made of it.
      waiting.push({ ...one, answer })
      for (const { conflictId, field } of answer.conflicts)
        attention.push({ kind: 'difference', id: conflictId, op: made ?? op, field, at })
    } else {
      sent.push(op.opId)
      attention.push({ kind: 'not_accepted', id: op.opId, op: made ?? op, answer, at })
    }
  }
  if (waiting.length + sent.length > 0) await replica.commit({ waiting, sent, attention })
  return waiting.length + sent.length
}

async function pullAll(replica: Replica, transport: Transport, now: () => Instant): Promise<SyncResult> {
  // What an earlier program fetched stands until this one has fetched it anew, in the shape it knows.
  if (replica.state().protocol !== PROTOCOL) await replica.commit({ state: { cursor: null, protocol: PROTOCOL } })
  for (;;) {
    const { cursor } = replica.state()
    const page = await transport.pull(cursor)
    await replica.commit(() => stepOf(page, cursor, replica))
    // Emptied from another tab meanwhile: what was fetched for another beginning is not kept.
    if (replica.state().cursor !== page.cursor) continue
    if (page.more) continue
    await replica.commit(() => ({ ...settled(replica, page), state: { syncedAt: now() } }))
    return 'done'
  }
}

function stepOf(page: Pulled, asked: string | null, replica: Replica): Step {
  const { epoch, cursor } = replica.state()
  if (cursor !== asked) return {}
  const isNewEpoch = epoch !== null && page.epoch !== epoch
  const back = new Set(page.put.map((row) => row.caseId))
  return {
    startAgain: isNewEpoch || cursor === null,
    // The server was restored: what it had accepted may be gone again, and sending twice does no harm.
    ...(isNewEpoch
      ? {
          waiting: replica
            .waiting()
            .map(({ op, made }) => ({ op, answer: null, ...(made === undefined ? {} : { made }) })),
        }
      : {}),
    put: page.put.filter(isRow),
    forgetCases: page.forget,
    forgetWords: [...page.forget.filter((caseId) => !back.has(caseId)), ...page.hide],
    state: { epoch: page.epoch, cursor: page.cursor },
  }
}

/** Whether this program can tell whose a row is. Another one is left to the server: a newer program fetches everything anew. */
function isRow({ thing, id, caseId, fields }: Partial<Row>): boolean {
  return [thing, id, caseId].every((text) => typeof text === 'string') && typeof fields === 'object' && fields !== null
}

/**
 * What need no longer be laid over the rows: it has come back, or all has come that ever will. A row may be kept from
 * this device, as a threatened child's name is, and then it must not stay in the outbox either.
 */
function settled(replica: Replica, { answeredBelow, sentBelow }: Pulled): Step {
  const accepted = replica.waiting().filter(({ answer }) => answer !== null)
  const isSettled = (one: Waiting) =>
    replica.hasBeenSeen(one) || BigInt(one.below ?? answeredBelow) <= BigInt(sentBelow)
  return {
    sent: accepted.filter(isSettled).map(({ op }) => op.opId),
    waiting: accepted
      .filter((one) => !isSettled(one) && one.below === undefined)
      .map((one) => ({ ...one, below: answeredBelow })),
  }
}

/** `isAttended`: whether somebody uses the page; a round nobody was there for keeps no session alive. */
export function httpTransport(api: Api, device: string, isAttended: () => boolean): Transport {
  return {
    // Our own server of our own release answers in its own schema.
    push: async (operations) => ((await api.post('/api/operations', { operations })) as { answers: Answer[] }).answers,
    pull: async (cursor) => (await api.post('/api/pull', { device, cursor, attended: isAttended() })) as Pulled,
  }
}

/**
 * How long to wait before the next round, in milliseconds: a minute when all is well; while it is not, doubling, with chance
 * in it. Nobody is spared by a longer wait than a minute where there is no line; a server that asks for patience is.
 */
export function nextRound(result: SyncResult, failures: number, chance: number): number {
  if (result === 'done') return 60_000
  const longest = result === 'no_connection' ? 60_000 : 300_000
  return Math.min(longest, 5000 * 2 ** Math.min(failures, 6)) * (0.5 + chance / 2)
}
