import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { type Day, dayOf } from '../../core/time.ts'
import { after, type KnownRow, refuseEdit, type RowEdit, rowEdit, said } from '../cases/edits.ts'
import { refuseUnweighed } from '../cases/major-decision.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { AnswerLink, EndLink, type FamilyLink, RequestLink } from './link.ts'
import { FamilyPerson } from './person.ts'
import {
  FamilyReunification,
  FamilyTracing,
  FamilyVerification,
  goesBack,
  isVerified,
  staysApart,
  TracingStep,
  visitedBy,
} from './tracing.ts'

/** Writes down somebody around the child, or changes what is known of her. */
export const editPerson: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal> = {
  type: 'family.edit_person',
  payload: rowEdit(FamilyPerson.schema),
  needs: 'family:write',
  decide(edit, known) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const person = after<FamilyPerson>(known, edit)
    if (!said(person.callName)) return refuse({ reason: 'person_without_name' })
    if (
      person.relation === undefined ||
      person.mayBeCalled === undefined ||
      person.roles === undefined ||
      person.inHousehold === undefined ||
      person.state === undefined
    )
      return refuse({ reason: 'person_without_relation' })
    if (person.mayBeCalled === 'at_times' && !said(person.calledWhen)) return refuse({ reason: 'called_when' })
    return accept(edit)
  },
}

/** A day's limit, so that asking does not become searching. */
export const LINKS_A_DAY = 20

export type KnownLinks = KnownCase & { ownAlias: string | null; links: readonly FamilyLink[]; today: number }

/** Asks whether two cases belong together; the answer to whoever asks is the same whether there is such a case or not. */
export const requestLink: OpDefinition<RequestLink, KnownLinks, RequestLink, AnyRefusal> = {
  type: 'family.request_link',
  payload: RequestLink,
  needs: 'family:write',
  decide(request, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const alias = fold(request.alias)
    if (alias === '') return refuse({ reason: 'link_without_alias' })
    if (known.ownAlias !== null && fold(known.ownAlias) === alias) return refuse({ reason: 'circular_family' })
    const there = known.links.find((one) => one.state === 'agreed' && fold(one.alias ?? '') === alias)
    if (there !== undefined && there.relation === request.relation) return refuse({ reason: 'linked_already' })
    // A child is not the mother of its own mother.
    if (there !== undefined) return refuse({ reason: 'circular_family' })
    if (known.today >= LINKS_A_DAY) return refuse({ reason: 'too_many_requests', limit: LINKS_A_DAY })
    return accept(request)
  },
}

const fold = (text: string) => text.trim().toLowerCase()

export type KnownLink = KnownCase & { link: Pick<FamilyLink, 'side' | 'state'> | null; isCircular: boolean }

/** The worker of the other case agrees, or does not. A circle in a family is refused, over however many generations. */
export const answerLink: OpDefinition<AnswerLink, KnownLink, AnswerLink, AnyRefusal> = {
  type: 'family.answer_link',
  payload: AnswerLink,
  needs: 'family:write',
  decide(answer, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (known.link === null || known.link.side !== 'was_asked' || known.link.state !== 'waiting')
      return refuse({ reason: 'link_does_not_wait' })
    if (answer.decision === 'agreed' && known.isCircular) return refuse({ reason: 'circular_family' })
    return accept(answer)
  },
}

/** `isLeanedOn`: one of the two files waits to be closed because the other goes on. */
export type KnownEnd = Omit<KnownLink, 'isCircular'> & { isLeanedOn: boolean }

/** Either side ends a link, for both. */
export const endLink: OpDefinition<EndLink, KnownEnd, EndLink, AnyRefusal> = {
  type: 'family.end_link',
  payload: EndLink,
  needs: 'family:write',
  decide(payload, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const isThere = known.link !== null && (known.link.state === 'agreed' || known.link.state === 'waiting')
    if (!isThere) return refuse({ reason: 'link_does_not_wait' })
    return known.isLeanedOn ? refuse({ reason: 'duplicate_waits' }) : accept(payload)
  },
}

/** States in which somebody is looking. */
const LOOKS = ['open', 'in_progress', 'verified', 'reunified']

/** Begins or changes a search; nobody is looked for against a child's word. */
export const editTracing: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal> = {
  type: 'family.edit_tracing',
  payload: rowEdit(FamilyTracing.schema),
  needs: 'family:write',
  decide(edit, known) {
    const no = refuseEdit(edit, known)
    if (no !== null) return no
    const { whom, state, childWants, relation } = after<FamilyTracing>(known, edit)
    if (!said(whom)) return refuse({ reason: 'tracing_without_person' })
    if (state === undefined || childWants === undefined || relation === undefined)
      return refuse({ reason: 'person_without_relation' })
    // These two follow from what was recorded, and are not set by hand.
    if ((edit.set.state === 'verified' || edit.set.state === 'reunified') && known.row?.state !== edit.set.state)
      return refuse({ reason: 'tracing_state_follows' })
    return LOOKS.includes(state) && childWants !== 'yes' ? refuse({ reason: 'tracing_not_wanted' }) : accept(edit)
  },
}

export type KnownTracing = KnownCase & {
  tracings: readonly ({ id: string } & Pick<FamilyTracing, 'childWants'>)[]
  verifications: readonly Pick<FamilyVerification, 'tracingId' | 'isFamily' | 'doneOn'>[]
}

function refuseUnknown(known: KnownTracing, of: { tracingId: string; days: readonly Day[] }, today: Day) {
  const closed = refuseWhenClosed(known)
  if (closed !== null) return closed
  const tracing = known.tracings.find((one) => one.id === of.tracingId)
  if (tracing === undefined) return refuse({ reason: 'unknown_tracing' })
  if (tracing.childWants !== 'yes') return refuse({ reason: 'tracing_not_wanted' })
  const ahead = of.days.find((day) => day > today)
  return ahead === undefined ? null : refuse({ reason: 'in_the_future', moment: ahead })
}

/** Records one step of a search. */
export const addStep: OpDefinition<TracingStep, KnownTracing, TracingStep, AnyRefusal> = {
  type: 'family.add_step',
  payload: TracingStep.schema,
  needs: 'family:write',
  decide(step, known, { now, timeZone }) {
    return refuseUnknown(known, { ...step, days: [step.doneOn] }, dayOf(now, timeZone)) ?? accept(step)
  },
}

/** Records that people are a child's family, or are not: both were asked, apart. */
export const verify: OpDefinition<FamilyVerification, KnownTracing, FamilyVerification, AnyRefusal> = {
  type: 'family.verify',
  payload: FamilyVerification.schema,
  needs: 'family:write',
  decide(verification, known, { now, timeZone }) {
    const no = refuseUnknown(known, { ...verification, days: [verification.doneOn] }, dayOf(now, timeZone))
    if (no !== null) return no
    if (!said(verification.how)) return refuse({ reason: 'verified_without_how' })
    if (verification.isFamily && (!said(verification.childSays) || !said(verification.familySays)))
      return refuse({ reason: 'verified_one_side' })
    return accept(verification)
  },
}

/** What a return is decided with besides: whether it was weighed before, and when the country wants a first visit. */
export type KnownReturn = KnownTracing & { isWeighed: boolean; followUpAfter: readonly string[] }

/**
 * A child goes back: never before its family was verified, nor before it was weighed whether that is best for the child, nor
 * without a day on which somebody sees how it is.
 */
export const reunify: OpDefinition<FamilyReunification, KnownReturn, FamilyReunification, AnyRefusal> = {
  type: 'family.reunify',
  payload: FamilyReunification.schema,
  needs: 'family:write',
  decide(reunification, known, { now, timeZone }) {
    const { tracingId, kind, fromOn, firstVisitOn, childAgrees, agreed } = reunification
    const no = refuseUnknown(known, { tracingId, days: [] }, dayOf(now, timeZone))
    if (no !== null) return no
    if (!staysApart(kind)) {
      if (!isVerified(known.verifications, tracingId, fromOn)) return refuse({ reason: 'not_verified_yet' })
      if (childAgrees === 'not_asked_yet') return refuse({ reason: 'child_not_asked' })
    }
    const unweighed = goesBack(kind) ? refuseUnweighed('return', known) : null
    if (unweighed !== null) return unweighed
    if (!said(agreed)) return refuse({ reason: 'reunified_without_words' })
    if (firstVisitOn < fromOn) return refuse({ reason: 'visit_before_return' })
    const latest = visitedBy(fromOn, known.followUpAfter, timeZone)
    if (goesBack(kind) && firstVisitOn > latest) return refuse({ reason: 'visit_too_late', day: latest })
    return accept(reunification)
  },
}
