import type { Op } from '../core/op.ts'
import { signatureDue, type SignedAct } from '../core/second-signature.ts'
import type { Row } from './replica.ts'

/** How a request for a second signature looks on this device before the server has it: asked, and nobody has answered. */
export function askedRow(
  { payload, claimedAt }: Op,
  { id, act, aboutId, why }: { id: string; act: SignedAct; aboutId: string; why: string | null },
): Row {
  const moments = { askedAt: claimedAt, dueAt: signatureDue(claimedAt) }
  const fields = {
    id,
    act,
    aboutId,
    askedBy: '',
    askedByName: null,
    ...moments,
    why,
    called: [],
    signers: [],
    talks: [],
    answer: null,
  }
  return { thing: 'second_signature', id, caseId: String(payload.caseId), version: null, fields }
}
