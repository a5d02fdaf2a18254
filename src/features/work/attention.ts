import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, type Instant } from '../../core/time.ts'

export const AttentionId = z.uuid().brand<'AttentionId'>()

/** Why the work on a case needs somebody's eyes. Each is about work; none is about what a child is or may do. */
export const AttentionReason = z.enum([
  'no_contact',
  'limit_near',
  'paper_missing',
  'worker_away',
  'put_right',
  'other',
])
export type AttentionReason = z.infer<typeof AttentionReason>

/** A colleague asks for attention to the work on a case: with a reason, her words, and a day on which it ends by itself. */
export const CaseAttention = thing(
  { part: 'case', class: 'C1', keep: 'case', purpose: 'casework', fieldId: 71, table: 'case_attention' },
  { id: AttentionId, caseId: CaseId, reason: AttentionReason, untilOn: Day, words: words(500) },
)
export type CaseAttention = { id: string; caseId: string; reason: AttentionReason; untilOn: Day; words: string }

/** One as it is read. */
export type ReadAttention = CaseAttention & {
  raisedBy: string
  raisedByName: string | null
  raisedAt: Instant
  endedAt: Instant | null
}

/** Whether it still stands on a day. */
export function stands(of: Pick<ReadAttention, 'endedAt' | 'untilOn'>, today: Day): boolean {
  return of.endedAt === null && of.untilOn >= today
}
