import type { Instant } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import {
  type CodedProtection,
  type CodedRecord,
  isWeighed,
  type MajorDecision,
  type SignedAbout,
  weighed,
} from '../major-decision.ts'

type Request = NonNullable<ReturnType<SignedAbout>> & { aboutId: string; askedAt: Instant }

/** Whether a major decision was weighed before it, from the rows of its case: any feature's screen asks before it saves one. */
export function isWeighedHere(rows: Rows, caseId: string, decision: MajorDecision, at: Instant): boolean {
  // Rows of these kinds are written by the feature that weighs and by the store of signatures only.
  const fields = <Of>(thing: string) => rowsOf(rows, thing, caseId).map((row) => row.fields as Of)
  const requests = fields<Request>('second_signature').sort((a, b) => (a.askedAt < b.askedAt ? 1 : -1))
  const signed: SignedAbout = (act, aboutId) =>
    requests.find((one) => one.act === act && one.aboutId === aboutId) ?? null
  const records = fields<CodedRecord>('best_interests_record')
  return isWeighed(weighed(records, fields<CodedProtection>('urgent_protection'), signed, at), decision, at)
}
