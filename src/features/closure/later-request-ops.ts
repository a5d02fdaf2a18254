import { said } from '../cases/edits.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { addDuration, type Day, dayOf, startOfDay } from '../../core/time.ts'
import type { ChildCase } from '../cases/case.ts'
import { firstDayAfter } from './closing-rules.ts'
import { LaterAnswer, LaterRequest } from './later-request.ts'

/** The house's own limit, to be confirmed by each country: no source that the packs carry names one. */
const ANSWERED_WITHIN = 'P30D'

/** By when what was asked on a day is to be answered. */
export function answerDue(askedOn: Day, timeZone: string): Day {
  return dayOf(addDuration(startOfDay(askedOn, timeZone), ANSWERED_WITHIN, timeZone), timeZone)
}

const isHers = (role: string) => role === 'case_worker' || role === 'supervisor'

/** What a request is held against: whether and when its case was closed, and since when it is kept here at all. */
export type KnownFile = Pick<ChildCase, 'openedAt' | 'closedAt' | 'region'>

/** Writes down what a former child asks: on a closed case as on one that is open again. */
export const noteRequest: OpDefinition<LaterRequest, KnownFile, LaterRequest, AnyRefusal> = {
  type: 'closure.note_request',
  payload: LaterRequest.schema,
  // Not to write, so that a supervisor may too: the database lets only those do it who may change the case itself.
  needs: 'services:read',
  decide(request, known, { now, timeZone, role }) {
    if (!isHers(role)) return refuse({ reason: 'worker_notes_contact' })
    if (request.askedOn > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: request.askedOn })
    // Of a file that is open again it may have been asked while it was closed, but of none before there was one.
    if (request.askedOn < firstDayAfter(known.closedAt ?? known.openedAt, timeZone))
      return refuse({ reason: 'asked_before_closing' })
    if (!said(request.asks)) return refuse({ reason: 'request_without_words' })
    if (!said(request.safely)) return refuse({ reason: 'request_without_way' })
    return accept(request)
  },
}

/** A request as it stands: the day it was asked, and whether it has its answer. */
export type KnownRequest = { askedOn: Day; isAnswered: boolean } | null

/** Writes down what the former child was answered: once, in words, with the day. */
export const answerRequest: OpDefinition<LaterAnswer, KnownRequest, LaterAnswer, AnyRefusal> = {
  type: 'closure.answer_request',
  payload: LaterAnswer.schema,
  needs: 'services:read',
  decide(answer, known, { now, timeZone, role }) {
    if (!isHers(role)) return refuse({ reason: 'worker_notes_contact' })
    if (known === null || known.isAnswered) return refuse({ reason: 'no_request_waits' })
    if (!said(answer.answer)) return refuse({ reason: 'answer_without_words' })
    if (answer.answeredOn > dayOf(now, timeZone)) return refuse({ reason: 'in_the_future', moment: answer.answeredOn })
    return answer.answeredOn < known.askedOn ? refuse({ reason: 'answered_before_asked' }) : accept(answer)
  },
}
