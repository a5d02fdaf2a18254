import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import { anOp, now, type Somebody } from './people.ts'

/** What a child told, as her worker writes it down. */
export function toldOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'association.record', {
    id: newId(),
    caseId,
    toldAt: now(),
    corrects: null,
    saidBy: 'child',
    circumstances: ['brought_by_family'],
    roles: ['domestic_support'],
    wayOut: 'returned_by_family',
    childSays: 'I carried water',
    helpNeeded: null,
    ...over,
  })
}

/** A lawyer is there, and the child was told why it is asked. */
export function readyOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'association.make_ready', {
    id: newId(),
    caseId,
    toldAt: now(),
    language: 'id',
    lawyer: 'The lawyer of the legal aid post',
    toldBy: 'Her worker',
    ...over,
  })
}
