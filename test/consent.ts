import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import type { Machine } from '../src/server/machine.ts'
import { anOp, now, send, type Somebody } from './people.ts'

/** A yes of a child of 16 and her guardian to one school, as her worker writes it down. */
export function consentOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'referrals.record_consent', {
    id: newId(),
    caseId,
    purpose: 'referral_specific',
    recipient: 'school_focal',
    text: 'referral_specific_1',
    language: 'id',
    capacity: '15_17',
    child: 'agrees',
    adult: 'agrees',
    adultIs: 'guardian',
    withheld: null,
    askedAt: now(),
    endsOn: null,
    organisation: 'The school by the river',
    explainedBy: 'Her worker',
    childSaid: 'You may tell the school that I want to come back',
    ...over,
  })
}

export function withdrawOp(by: Somebody, caseId: string, consentId: unknown, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'referrals.withdraw_consent', {
    id: newId(),
    caseId,
    consentId,
    by: 'child',
    withdrawnAt: now(),
    said: null,
    ...over,
  })
}

/** A yes that was accepted; answers its id. */
export async function aConsent(
  machine: Machine,
  by: Somebody,
  caseId: string,
  over: Record<string, unknown> = {},
): Promise<string> {
  const op = consentOp(by, caseId, over)
  const [answer] = await send(machine, by, op)
  if (answer?.answer !== 'accepted') throw new Error(`a yes is written down: ${JSON.stringify(answer)}`)
  return String(op.payload.id)
}
