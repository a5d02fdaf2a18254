import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import type { SignatureDecision, SignedAct, Signer, TalkSaid } from '../../../core/second-signature.ts'
import type { Instant } from '../../../core/time.ts'

/** A request for a second signature as this device or the server gives it. */
export type SignatureRow = {
  id: string
  act: SignedAct
  aboutId: string
  askedBy: string
  askedByName: string | null
  askedAt: Instant
  dueAt: Instant
  why: string | null
  called: string[]
  /** Who can sign, in the order in which they are called; none once it is answered, or where this device has not heard yet. */
  signers: Signer[]
  /** What was said on the telephone, oldest first. */
  talks: {
    id: string
    name: string | null
    at: Instant
    said: TalkSaid
    words: string | null
    writtenByName: string | null
    answeredToo: boolean
  }[]
  answer: {
    decision: SignatureDecision
    answeredAt: Instant
    answeredByName: string | null
    reason: string | null
  } | null
}

/** The requests of one case, oldest first; rows of this kind are written by `packs.ts` and `api.ts` only, by an older server without whom to call. */
export function signatureRows(rows: Rows, caseId: string): SignatureRow[] {
  return rowsOf(rows, 'second_signature', caseId)
    .map((row) => ({ signers: [], talks: [], ...(row.fields as Partial<SignatureRow>) }) as SignatureRow)
    .sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1))
}
