import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import type { Machine } from '../src/server/machine.ts'
import { aRecordOp } from './best-interests.ts'
import { anOp, ownerRows, send, type Somebody } from './people.ts'

/** What a worker asks to close a case by: goals met, the child told and asked, later contact agreed. */
export function closingPayload(caseId: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: newId(),
    caseId,
    reason: 'goals_met',
    told: 'told',
    toldOn: '2026-01-05',
    toldLanguage: 'id',
    feedback: 'given',
    contact: 'agreed',
    contactWay: 'call',
    contactOn: '2199-01-05',
    contactUntil: '2199-06-05',
    asksToKeep: false,
    toldBy: 'His worker, at home',
    toldWords: 'He asked whether he may still call',
    feedbackWords: 'They came when they said they would come',
    contactSafely: 'Call in the morning, say you are from the school',
    reasonWords: null,
    attempts: [],
    ...over,
  }
}

/** The supervisor's signature under what a worker asked. */
export function signOp(
  by: Somebody,
  caseId: string,
  act: string,
  signatureId: unknown,
  over: Record<string, unknown> = {},
): Op {
  return anOp(by, 'signatures.answer', {
    id: newId(),
    caseId,
    signatureId,
    act,
    decision: 'signed',
    reason: null,
    ...over,
  })
}

/** Closes a case as it is closed: it is weighed, the worker asks, the supervisor signs. */
export async function closeCase(
  machine: Machine,
  worker: Somebody,
  supervisor: Somebody,
  caseId: string,
  over: Record<string, unknown> = {},
): Promise<void> {
  await send(machine, worker, aRecordOp(worker, caseId))
  const ask = anOp(worker, 'closure.ask_to_close', closingPayload(caseId, over))
  const [asked] = await send(machine, worker, ask)
  const [signed] = await send(machine, supervisor, signOp(supervisor, caseId, 'close_case', ask.payload.id))
  if (asked?.answer !== 'accepted' || signed?.answer !== 'accepted')
    throw new Error(`a case is closed: ${JSON.stringify([asked, signed])}`)
  const [row] = await ownerRows(machine, `select state from child_case where id = '${caseId}'`)
  if (row?.state !== 'closed') throw new Error('a case that was signed for is closed')
}

/** Two workers say of two files that they are of the same child. */
export async function sayTheSameChild(
  machine: Machine,
  [mine, mineBy]: readonly [string, Somebody],
  [other, otherBy]: readonly [string, Somebody],
): Promise<void> {
  const [found] = await ownerRows(machine, `select alias from child_case where id = '${other}'`)
  await send(
    machine,
    mineBy,
    anOp(mineBy, 'family.request_link', { id: newId(), caseId: mine, alias: found?.alias, relation: 'same_child' }),
  )
  const [link] = await ownerRows(machine, `select id from family_link where case_id = '${other}' and state = 'waiting'`)
  await send(
    machine,
    otherBy,
    anOp(otherBy, 'family.answer_link', { caseId: other, linkId: link?.id, decision: 'agreed' }),
  )
}
