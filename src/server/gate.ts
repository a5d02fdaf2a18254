import * as z from 'zod'
import { unknownCodes } from '../core/codes.ts'
import type { Answer, Op } from '../core/op.ts'
import { isToCome, nameOf, todays, upgradesOf } from '../core/upgrade.ts'
import { KeysUnavailable } from '../crypto/provider.ts'
import { asPerson, together } from './as-person.ts'
import { applyOperation, applyWithin, type Readied, type Shared } from './apply-operation.ts'
import { auditDenial } from './audit.ts'
import { workSideBySide } from './gathered.ts'
import { noteDenial } from './note-denial.ts'
import type { AnyHandler } from './feature.ts'
import { NotAllowed, Unreadable } from './key-broker.ts'
import type { Machine } from './machine.ts'
import { deviceHasGap, findAnswer, logAnswer, macOfOp, OpIdReused, USED_BY_ANOTHER } from './op-log.ts'
import { isBusy, isRefusedByDatabase, isReused } from './postgres-errors.ts'

/**
 * The one way in: every form, phone, import and partner system sends operations here (architecture.md, "Writing: one way in").
 * Answers one answer per operation, in the order of the batch; an operation seen before gets its first answer again.
 */
export async function acceptOperations(
  machine: Machine,
  sid: string,
  operations: Op[],
  requestId: string,
): Promise<Answer[]> {
  // One operation alone is looked up in its own transaction; a batch is looked up whole before any of it is applied.
  const answers = operations.length === 1 ? new Map<string, Answer>() : await firstAnswers(machine, sid, operations)
  const inOrder = [...operations].sort((a, b) => (a.device === b.device ? a.seq - b.seq : 0))
  for (const op of inOrder) {
    if (answers.has(op.opId)) continue
    const answer = await acceptOne(machine, sid, op, requestId)
    answers.set(op.opId, answer)
    machine.log.info('operation', { requestId, opId: op.opId, type: op.type, answer: answer.answer })
  }
  return operations.map((op) => {
    const answer = answers.get(op.opId)
    if (answer === undefined) throw new Error('every operation of a batch is answered')
    return answer
  })
}

/** Looks all ids up first: a used id with another payload stops the whole batch before anything is applied. */
function firstAnswers(machine: Machine, sid: string, operations: Op[]): Promise<Map<string, Answer>> {
  return asPerson(machine.db, sid, null, async (tx) => {
    const known = new Map<string, Answer>()
    const macs = new Map<string, Uint8Array>()
    for (const op of operations) {
      const mac = await macOfOp(machine.keys, op)
      const twin = macs.get(op.opId)
      if (twin !== undefined && !same(twin, mac)) throw new OpIdReused(op.opId)
      macs.set(op.opId, mac)
      const before = await findAnswer(tx, op.opId, mac)
      if (before === USED_BY_ANOTHER) throw new OpIdReused(op.opId)
      if (before !== null) known.set(op.opId, before)
    }
    return known
  })
}

/** What stands in the way of operations that stand or fall together: which of them, and its answer. */
export type Stopped = { at: number; answer: Exclude<Answer, { answer: 'accepted' }> }

class NotTogether extends Error {
  readonly stopped: Stopped
  constructor(stopped: Stopped) {
    super('not together')
    this.stopped = stopped
  }
}

/**
 * Operations that stand or fall together, in one transaction: null once all are accepted. Else nothing of them was done and
 * nothing is kept, so that what was corrected may come again under the same ids; a denial is in the ledger all the same.
 */
export async function acceptTogether(
  machine: Machine,
  sid: string,
  operations: readonly Op[],
  requestId: string,
): Promise<Stopped | null> {
  const readied: Readied[] = []
  for (const [at, op] of operations.entries()) {
    const one = ready(machine, op)
    if ('answer' in one) return { at, answer: one }
    readied.push(one)
  }
  return (await allSideBySide(machine, sid, readied, requestId)) ? null : oneByOne(machine, sid, readied, requestId)
}

/**
 * The operations of each case one after the other, all cases beside each other: what they ask of the database in one moment is
 * asked together. False when anything stood in the way, whatever it was: then nothing was done, and `oneByOne` tells which it is.
 */
async function allSideBySide(
  machine: Machine,
  sid: string,
  readied: readonly Readied[],
  requestId: string,
): Promise<boolean> {
  const byCase = new Map<string, Readied[]>()
  for (const one of readied) {
    const caseId = one.handler.caseOf(one.payload)
    byCase.set(caseId, [...(byCase.get(caseId) ?? []), one])
  }
  try {
    await asPerson(machine.db, sid, null, async (tx, me) => {
      workSideBySide(tx)
      const shared: Shared = new Map()
      await together(
        [...byCase.values()].map(async (ofCase) => {
          for (const one of ofCase) {
            const { answer } = await applyWithin(machine, tx, me, one, requestId, shared)
            if (answer !== 'accepted') throw new Error('it does not stand, and so nothing does')
          }
        }),
      )
    })
    return true
  } catch {
    return false
  }
}

/** The same in one order, up to the first that does not stand. */
async function oneByOne(
  machine: Machine,
  sid: string,
  readied: readonly Readied[],
  requestId: string,
): Promise<Stopped | null> {
  let at = 0
  try {
    await asPerson(machine.db, sid, null, async (tx, me) => {
      const shared: Shared = new Map()
      for (at = 0; at < readied.length; at += 1) {
        const one = readied[at]
        if (one === undefined) throw new Error('there are as many as there were')
        const answer = await applyWithin(machine, tx, me, one, requestId, shared)
        if (answer.answer !== 'accepted') throw new NotTogether({ at, answer })
      }
    })
    return null
  } catch (error) {
    if (error instanceof NotTogether) return error.stopped
    const one = readied[at]
    const opId = one?.op.opId
    if (one === undefined || opId === undefined) throw error
    if (error instanceof KeysUnavailable) return { at, answer: { opId, answer: 'retry', why: 'keys_unavailable' } }
    if (isBusy(error) || isReused(error, 'child_case_alias_key'))
      return { at, answer: { opId, answer: 'retry', why: 'busy' } }
    if (!(error instanceof NotAllowed) && !isRefusedByDatabase(error)) throw error
    const caseId = one.handler.caseOf(one.payload)
    const denied = {
      action: one.handler.op.type,
      caseId,
      part: error instanceof NotAllowed ? error.part : ('case' as const),
    }
    await asPerson(machine.db, sid, null, (tx, me) => auditDenial(tx, machine.keys, me, denied, requestId))
    return { at, answer: { opId, answer: 'not_allowed' } }
  }
}

/**
 * The handler and the payload of an operation as it is said today, or the answer that says which of its fields do not fit.
 * The operation itself stays as it was sent: by that it is known again.
 */
function ready(machine: Machine, op: Op): Readied | Extract<Answer, { answer: 'malformed' | 'refused' | 'retry' }> {
  const malformed = (fields: string[]) => ({ opId: op.opId, answer: 'malformed' as const, fields })
  const upgrades = upgradesOf(machine.features)
  // Another server may be newer already, or this one an older one again: what it cannot read yet waits, and is not answered for good.
  if (isToCome(op, upgrades)) return { opId: op.opId, answer: 'retry', why: 'server_older' }
  const said = todays(op, upgrades)
  if (said === null) return { opId: op.opId, answer: 'refused', reason: 'no_longer_taken', details: {} }
  const handler = handlerOf(machine, said.type)
  if (handler === null) return malformed(['type'])
  const payload = handler.op.payload.safeParse(said.payload)
  if (!payload.success) return malformed(fieldsOf(payload.error, handler.op.payload))
  const codes = unknownCodes(handler.op.payload, payload.data, machine.pack)
  return codes.length > 0 ? malformed(codes) : { op, handler, payload: payload.data }
}

async function acceptOne(machine: Machine, sid: string, op: Op, requestId: string): Promise<Answer> {
  const readied = ready(machine, op)
  if ('answer' in readied) return readied.answer === 'retry' ? readied : keep(machine, sid, op, readied)
  try {
    return await applyOperation(machine, sid, readied, requestId)
  } catch (error) {
    if (error instanceof NotAllowed) return deny(machine, sid, op, error, requestId)
    if (error instanceof Unreadable) {
      await noteDenial(machine, sid, { action: 'unreadable', caseId: error.caseId, part: error.part }, requestId)
      throw error
    }
    if (error instanceof KeysUnavailable) return { opId: op.opId, answer: 'retry', why: 'keys_unavailable' }
    // Two people took the same alias in the same moment: the second one tries again and gets another.
    if (isBusy(error) || isReused(error, 'child_case_alias_key')) return { opId: op.opId, answer: 'retry', why: 'busy' }
    if (isReused(error, 'op_log_pkey')) return replay(machine, sid, op)
    // A policy, the firewall, or an id that is somebody else's: one answer for all, so that none of them speaks.
    if (isRefusedByDatabase(error))
      return deny(machine, sid, op, new NotAllowed(readied.handler.caseOf(readied.payload), 'case'), requestId)
    throw error
  }
}

function handlerOf(machine: Machine, type: string): AnyHandler | null {
  for (const feature of machine.features) {
    const found = feature.ops.find((handler) => handler.op.type === type)
    if (found !== undefined) return found
  }
  return null
}

/** Names of the fields that do not fit, as the schema names them: never what was in them, nor a key somebody made up. */
function fieldsOf(error: z.ZodError, schema: z.ZodType): string[] {
  const declared = declaredNames(schema)
  const names = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return ['unknown_field']
    const steps = issue.path.filter((step): step is string => typeof step === 'string')
    const foreign = steps.findIndex((step) => !declared.has(step))
    return [(foreign === -1 ? steps : steps.slice(0, foreign)).join('.') || 'payload']
  })
  return [...new Set(names)].slice(0, 20)
}

const declaredBy = new WeakMap<z.ZodType, ReadonlySet<string>>()

/** Every property name a schema declares, at any depth; the keys of a record are not among them. */
function declaredNames(schema: z.ZodType): ReadonlySet<string> {
  const known = declaredBy.get(schema)
  if (known !== undefined) return known
  const names = new Set<string>()
  JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }), (key, value: unknown) => {
    if (key === 'properties' && typeof value === 'object' && value !== null)
      for (const name of Object.keys(value)) names.add(name)
    return value
  })
  declaredBy.set(schema, names)
  return names
}

/** Keeps an answer that changed nothing, so that the same operation gets it again. */
async function keep(machine: Machine, sid: string, op: Op, answer: Answer): Promise<Answer> {
  try {
    return await asPerson(machine.db, sid, null, async (tx, me) => {
      await logAnswer(tx, machine.keys, me, op, answer)
      return answer
    })
  } catch (error) {
    if (isReused(error, 'op_log_pkey')) return replay(machine, sid, op)
    throw error
  }
}

/** A denial is written in a transaction of its own, since its act rolled back. The same for foreign, erased and unknown cases. */
async function deny(machine: Machine, sid: string, op: Op, denied: NotAllowed, requestId: string): Promise<Answer> {
  const answer = await asPerson(machine.db, sid, null, async (tx, me): Promise<Answer> => {
    // It may be here first: an operation this device made earlier, perhaps the one that opens the case, is still on its way.
    if (await deviceHasGap(tx, op)) return { opId: op.opId, answer: 'retry', why: 'earlier_missing' }
    await auditDenial(
      tx,
      machine.keys,
      me,
      { action: nameOf(op.type), caseId: denied.caseId, part: denied.part },
      requestId,
    )
    return { opId: op.opId, answer: 'not_allowed' }
  })
  return answer.answer === 'retry' ? answer : keep(machine, sid, op, answer)
}

/** Another connection was first with this very operation: its answer is the answer. */
function replay(machine: Machine, sid: string, op: Op): Promise<Answer> {
  return asPerson(machine.db, sid, null, async (tx) => {
    const before = await findAnswer(tx, op.opId, await macOfOp(machine.keys, op))
    if (before === null) return { opId: op.opId, answer: 'retry', why: 'busy' }
    if (before === USED_BY_ANOTHER) throw new OpIdReused(op.opId)
    return before
  })
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
