import * as z from 'zod'
import { refuse } from '../../core/decision.ts'
import { isInForce, type SignatureAsked } from '../../core/second-signature.ts'
import { addDuration, addMillis, type Instant } from '../../core/time.ts'

/** Decisions that turn a child's life: none of them is saved without a best-interests record dated before it. */
export const MajorDecision = z.enum(['separation', 'return', 'transfer', 'detention_handover', 'closure'])
export type MajorDecision = z.infer<typeof MajorDecision>

/** What may be done at once where a child is in danger, before anything is weighed; the others can wait for the weighing. */
export const URGENT_DECISIONS: readonly MajorDecision[] = ['separation', 'transfer']

/** Ends of a case that decide nothing about the child: there is no child's interest to weigh. */
export const ENDS_WITHOUT_WEIGHING: readonly string[] = ['duplicate', 'death']

/** What is known of one record: which decisions it weighs, and whether it says yes and holds. */
export type WeighedRecord = { about: readonly MajorDecision[]; decidedAt: Instant; permits: boolean }

/** Whether a decision was weighed before it; `kembali.is_weighed` says the same in the database. */
export function isWeighed(records: readonly WeighedRecord[], decision: MajorDecision, at: Instant): boolean {
  return records.some((record) => record.permits && record.about.includes(decision) && record.decidedAt < at)
}

/** The rule every feature asks before it saves a major decision: its sentence says what to do next. */
export function refuseUnweighed(decision: MajorDecision, known: { isWeighed: boolean }) {
  return known.isWeighed ? null : refuse({ reason: 'needs_best_interests', decision })
}

/** The coded half of a best-interests record, as every device that holds the case knows it. */
export type CodedRecord = {
  id: string
  kind: string
  about: readonly MajorDecision[]
  outcome: string
  decidedAt: Instant
  reviews: string | null
}
/** A child protected at once, and which major decision that stands in for. */
export type CodedProtection = { id: string; decision: MajorDecision | null; protectedAt: Instant }
/** The newest request about a row, with its answer; null where nobody was asked. */
export type SignedAbout = (act: SignatureAsked['act'], aboutId: string) => Pick<SignatureAsked, 'act' | 'answer'> | null

/** A determination is made by a panel and signed by a second person; an assessment is a worker's own. */
export const isDetermination = (kind: string) => kind === 'bid' || kind === 'bid_review'

/** Whether a record holds: an assessment from when it is recorded, a determination once a second person has signed it. */
export function holds({ id, kind }: Pick<CodedRecord, 'id' | 'kind'>, signed: SignedAbout): boolean {
  if (!isDetermination(kind)) return true
  const request = signed('best_interests_determination', id)
  return request !== null && isInForce(request)
}

/** The record that stands in the place of another one, or null. */
export function laterOf<One extends CodedRecord>(records: readonly One[], id: string, signed: SignedAbout): One | null {
  return records.find((one) => one.reviews === id && holds(one, signed)) ?? null
}

/** Urgent protection stands in for a weighing this long. */
const STANDS_IN_FOR = 'PT72H'

/**
 * What the rule of major decisions is asked with: every record, and what was done at once, which counts from its first moment
 * on, so that the decision it is made of need not wait.
 */
export function weighed(
  records: readonly CodedRecord[],
  urgent: readonly CodedProtection[],
  signed: SignedAbout,
  at: Instant,
): WeighedRecord[] {
  const written = records.map((one) => ({
    about: one.about,
    decidedAt: one.decidedAt,
    permits: one.outcome === 'act' && holds(one, signed) && laterOf(records, one.id, signed) === null,
  }))
  const atOnce = urgent
    .filter(({ protectedAt }) => at < addDuration(protectedAt, STANDS_IN_FOR, 'UTC'))
    .map(({ id, decision, protectedAt }) => ({
      about: URGENT_DECISIONS.filter((one) => one === decision),
      decidedAt: addMillis(protectedAt, -1),
      permits: signed('urgent_protection', id)?.answer?.decision !== 'declined',
    }))
  return [...written, ...atOnce]
}
