import { refuseSaidOn, refuseVoice } from '../../core/child-voice.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { BestInterestsRules } from '../../core/country.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { refuseImpossible } from '../../core/possible.ts'
import { dayOf } from '../../core/time.ts'
import { isDetermination, refuseUnweighed } from '../cases/major-decision.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import {
  BestInterestsAppeal,
  BestInterestsRecord,
  MajorDecisionTaken,
  type RecordKind,
  UrgentProtection,
} from './record.ts'
import { missingOf } from './weighing.ts'

export type KnownRecords = KnownCase & {
  records: readonly { id: string; kind: RecordKind }[]
  rules: BestInterestsRules
}

/** Writes down what is best for a child, once everything that must be weighed is there. */
export const recordBestInterests: OpDefinition<BestInterestsRecord, KnownRecords, BestInterestsRecord, AnyRefusal> = {
  type: 'best_interests.record',
  payload: BestInterestsRecord.schema,
  needs: 'services:write',
  decide(record, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([record.decidedAt], now)
    if (impossible !== null) return impossible
    if (record.appealToldOn !== null && record.appealToldOn > dayOf(now, timeZone))
      return refuse({ reason: 'in_the_future', moment: record.appealToldOn })
    if (record.reviews !== null && !known.records.some((one) => one.id === record.reviews))
      return refuse({ reason: 'unknown_record' })
    const said = refuseSaidOn([record.childSaidOn], now, timeZone)
    if (said !== null) return said
    const [missing] = missingOf(record, known.rules, timeZone)
    return missing === undefined ? accept(record) : refuse({ reason: 'best_interests_incomplete', missing })
  },
}

/** Notes that somebody asks for a determination to be looked at again; late or not, it is written down. */
export const recordAppeal: OpDefinition<BestInterestsAppeal, KnownRecords, BestInterestsAppeal, AnyRefusal> = {
  type: 'best_interests.appeal',
  payload: BestInterestsAppeal.schema,
  needs: 'services:write',
  decide(appeal, known, { now }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([appeal.askedAt], now)
    if (impossible !== null) return impossible
    const record = known.records.find((one) => one.id === appeal.recordId)
    if (record === undefined) return refuse({ reason: 'unknown_record' })
    if (!isDetermination(record.kind)) return refuse({ reason: 'assess_again' })
    return appeal.why.trim() === '' ? refuse({ reason: 'appeal_without_words' }) : accept(appeal)
  },
}

/** Protects a child at once: nothing has to be weighed or signed before. */
export const protectNow: OpDefinition<UrgentProtection, KnownCase, UrgentProtection, AnyRefusal> = {
  type: 'best_interests.protect_now',
  payload: UrgentProtection.schema,
  needs: 'services:write',
  decide(protection, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([protection.protectedAt], now)
    if (impossible !== null) return impossible
    if (protection.what.trim() === '' || protection.why.trim() === '')
      return refuse({ reason: 'protected_without_words' })
    return refuseVoice(protection, now, timeZone) ?? accept(protection)
  },
}

/** Whether the decision was weighed before it. */
export type KnownWeighing = KnownCase & { isWeighed: boolean }

/** Writes a major decision down; never without a best-interests record dated before it. */
export const decideMajor: OpDefinition<MajorDecisionTaken, KnownWeighing, MajorDecisionTaken, AnyRefusal> = {
  type: 'best_interests.decide',
  payload: MajorDecisionTaken.schema,
  needs: 'services:write',
  decide(taken, known, { now, timeZone }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const impossible = refuseImpossible([taken.decidedAt], now)
    if (impossible !== null) return impossible
    const unweighed = refuseUnweighed(taken.decision, known)
    if (unweighed !== null) return unweighed
    if (taken.what.trim() === '') return refuse({ reason: 'decided_without_words' })
    return refuseVoice(taken, now, timeZone) ?? accept(taken)
  },
}
