import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { AssociationReady, AssociationRecord } from './association.ts'

export type KnownAssociation = KnownCase & {
  /** Codes that may stand in each field. */
  circumstances: readonly string[]
  roles: readonly string[]
  waysOut: readonly string[]
  /** Accounts that are there already. */
  records: readonly string[]
  /** Whether it may be asked now: no authority deals with the child, or a lawyer is there and the child was told why. */
  mayBeAsked: boolean
}

/** Writes down what was told. Never needed for any help; never asked while it may be turned against the child. */
export const recordAssociation: OpDefinition<AssociationRecord, KnownAssociation, AssociationRecord, AnyRefusal> = {
  type: 'association.record',
  payload: AssociationRecord.schema,
  needs: 'association:write',
  decide(told, known, { now }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.mayBeAsked) return refuse({ reason: 'lawyer_first' })
    const impossible = refuseImpossible([told.toldAt], now)
    if (impossible !== null) return impossible
    if (
      told.circumstances.length === 0 &&
      (told.helpNeeded ?? '').trim() === '' &&
      (told.childSays ?? '').trim() === ''
    )
      return refuse({ reason: 'nothing_told' })
    const inLists =
      told.circumstances.every((code) => known.circumstances.includes(code)) &&
      told.roles.every((code) => known.roles.includes(code)) &&
      (told.wayOut === null || known.waysOut.includes(told.wayOut))
    if (!inLists) return refuse({ reason: 'unknown_code' })
    if (told.corrects !== null && !known.records.includes(told.corrects)) return refuse({ reason: 'corrects_unknown' })
    return accept(told)
  },
}

/** Says that a lawyer is there for the child and that it was told why it is asked. */
export const makeReady: OpDefinition<AssociationReady, KnownCase, AssociationReady, AnyRefusal> = {
  type: 'association.make_ready',
  payload: AssociationReady.schema,
  needs: 'association:write',
  decide(ready, known, { now }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (ready.lawyer.trim() === '') return refuse({ reason: 'lawyer_not_named' })
    if (ready.toldBy.trim() === '') return refuse({ reason: 'nobody_told_why' })
    return refuseImpossible([ready.toldAt], now) ?? accept(ready)
  },
}
