import { refuse } from '../../core/decision.ts'
import type { AnyRefusal, DecideContext } from '../../core/op.ts'

/** The ledger's last answer to this record was a no: asked where somebody writes a yes, and not known on a phone. */
export type SaidNo = { saidNoToRecord?: boolean }

export const isAgreed = (basis: unknown) => basis === 'consent' || basis === 'assent'

/** Who agrees to the record, as somebody writes it who may not. */
export function refuseBasis(
  { basis }: Record<string, unknown>,
  { role }: Pick<DecideContext, 'role'>,
  known: SaidNo,
): { ok: false; refusal: AnyRefusal } | null {
  // A second person reads why nobody could be asked where a shelter does not: the child's own worker writes it.
  if (basis === 'lawful_basis' && role !== 'case_worker') return refuse({ reason: 'worker_says_why_not_asked' })
  // A no is taken back by whoever said it, in the ledger, and by nobody else.
  return isAgreed(basis) && known.saidNoToRecord === true ? refuse({ reason: 'said_no_to_record' }) : null
}
