import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { rowsOf } from '../../../web/feature.ts'
import { dayText } from '../../../web/moments.ts'
import type { Speech } from '../../../web/language.ts'
import type { Rows } from '../../../web/replica.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import type { CaseClosing, CaseReopening } from '../closing.ts'
import type { LegalHold } from '../hold.ts'
import type { LaterAnswer, LaterRequest } from '../later-request.ts'

type Answer = {
  decision: 'signed' | 'declined'
  answeredAt: Instant
  answeredByName: string | null
  reason: string | null
}
type Answered = { isAnswered: boolean; answer: Answer | null }
export type ShownClosing = CaseClosing &
  Answered & { askedAt: Instant; askedByName?: string | null; contactMadeOn?: Day | null; goesOnAs?: string | null }
export type ShownReopening = CaseReopening & Answered & { reopenedAt: Instant; reopenedByName?: string | null }
export type ShownClock = { class: string; ref: string; startsAt: Instant; endsOn: Day; erasedAt: Instant | null }
export type ShownHold = LegalHold & {
  askedAt: Instant
  askedByName: string | null
  endedAt: Instant | null
  isLive: boolean
  answer: Answer | null
}
/** `dueOn` is counted by the server: what is on this device alone has none yet. */
export type ShownRequest = LaterRequest & {
  dueOn?: Day
  takenUpByName?: string | null
  goesOnAt?: Instant | null
  answer: LaterAnswer | null
}
export type Closure = {
  requests: ShownRequest[]
  closings: ShownClosing[]
  reopenings: ShownReopening[]
  clocks: ShownClock[]
  holds: ShownHold[]
}

/** How a case ends and began again: from this device while it holds the case, else from the server. */
export function useClosure(caseId: string): Closure & { problem: string | null; isAsking: boolean } {
  const { rows, problem, isAsking } = useRows(caseId, 'closure')
  return { ...closureIn(rows, caseId), problem, isAsking }
}

/** The rows of it, oldest first; written by `packs` and `lay-over.ts` only, both from the feature's own schema. */
export function closureIn(rows: Rows, caseId: string): Closure {
  const closings = rowsOf(rows, 'case_closing', caseId).map((row) => ({ ...row.fields, caseId }) as ShownClosing)
  const reopenings = rowsOf(rows, 'case_reopening', caseId).map((row) => ({ ...row.fields, caseId }) as ShownReopening)
  const clocks = rowsOf(rows, 'retention_clock', caseId).map((row) => row.fields as ShownClock)
  const holds = rowsOf(rows, 'legal_hold', caseId).map((row) => ({ ...row.fields, caseId }) as ShownHold)
  const answers = rowsOf(rows, 'later_answer', caseId).map((row) => row.fields as LaterAnswer)
  const requests = rowsOf(rows, 'later_request', caseId).map(({ id, fields }) => {
    const answer = answers.find((one) => one.requestId === id) ?? null
    return { ...fields, id, caseId, answer } as ShownRequest
  })
  return {
    requests: requests.sort((a, b) => (a.askedOn < b.askedOn ? -1 : 1)),
    holds: holds.sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1)),
    closings: closings.sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1)),
    reopenings: reopenings.sort((a, b) => (a.reopenedAt < b.reopenedAt ? -1 : 1)),
    clocks: clocks.sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1)),
  }
}

/** Days of a case told in its own time zone. */
export function useDayText(timeZone: string): (day: Day) => string {
  const { speech, now } = useDesk()
  return (day) => dayText(speech, startOfDay(day, timeZone), timeZone, now)
}

/** Who signed, or that nobody has yet. */
export function signedText({ t }: Pick<Speech, 't'>, answer: Answer | null, onMoment: (at: Instant) => string): string {
  if (answer === null) return t('closure.unsigned')
  const values = { name: answer.answeredByName ?? '–', day: onMoment(answer.answeredAt) }
  return t(answer.decision === 'signed' ? 'closure.signed_by' : 'closure.declined_by', values)
}
