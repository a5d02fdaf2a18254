import { rowsOf } from '../../../web/feature.ts'
import type { Rows } from '../../../web/replica.ts'
import type { SignatureAsked } from '../../../core/second-signature.ts'
import { holds, laterOf } from '../../cases/major-decision.ts'
import type { BestInterestsAppeal, BestInterestsRecord, MajorDecisionTaken, UrgentProtection } from '../record.ts'

type Recorded = { recordedByName?: string | null }
type Request = SignatureAsked & { id: string; aboutId: string }

/** What was weighed for one child, as screens look at it, from the rows of its case; the newest first. */
export type View = {
  records: (BestInterestsRecord & Recorded)[]
  appeals: (BestInterestsAppeal & Recorded)[]
  urgent: (UrgentProtection & Recorded)[]
  decisions: (MajorDecisionTaken & Recorded)[]
  requests: Request[]
}

export function viewOf(rows: Rows, caseId: string): View {
  // Rows of these kinds are written by `packs.ts`, `api.ts` and `lay-over.ts` only, all from the feature's own schema.
  const fields = <Of>(thing: string) => rowsOf(rows, thing, caseId).map((row) => row.fields as Of)
  const newest = <Of>(of: Of[], at: (one: Of) => string) => of.sort((a, b) => (at(a) < at(b) ? 1 : -1))
  return {
    records: newest(fields<View['records'][number]>('best_interests_record'), (one) => one.decidedAt),
    appeals: newest(fields<View['appeals'][number]>('best_interests_appeal'), (one) => one.askedAt),
    urgent: newest(fields<View['urgent'][number]>('urgent_protection'), (one) => one.protectedAt),
    decisions: newest(fields<View['decisions'][number]>('major_decision'), (one) => one.decidedAt),
    requests: newest(fields<Request>('second_signature'), (one) => one.askedAt),
  }
}

/** What a second person was asked about a row, and what she said: the newest request. */
export function requestAbout({ requests }: View, aboutId: string): Request | null {
  return requests.find((one) => one.aboutId === aboutId) ?? null
}

const signedIn = (view: View) => (act: SignatureAsked['act'], aboutId: string) =>
  view.requests.find((one) => one.act === act && one.aboutId === aboutId) ?? null

export type RecordState = 'holds' | 'waits' | 'declined' | 'replaced'

/** Where a record stands: it holds, waits for its second signature, was not signed, or another one stands in its place. */
export function stateOf(view: View, record: BestInterestsRecord): RecordState {
  const signed = signedIn(view)
  if (laterOf(view.records, record.id, signed) !== null) return 'replaced'
  if (requestAbout(view, record.id)?.answer?.decision === 'declined') return 'declined'
  return holds(record, signed) ? 'holds' : 'waits'
}

/** Appeals nobody has answered: no later record looks at what they are about. */
export function openAppeals({ appeals, records }: View): BestInterestsAppeal[] {
  return appeals.filter((one) => !records.some((record) => record.reviews === one.recordId))
}
