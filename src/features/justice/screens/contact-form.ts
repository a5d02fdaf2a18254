import type { AnyRefusal } from '../../../core/op.ts'
import { Capacity, ContactKind, Question } from '../../../core/safeguard-rule.ts'
import type { Instant } from '../../../core/time.ts'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { type Moment, momentOf } from '../../../web/ui/when.ts'
import { AnswerState, type ContactFacts, type Interview, YesNo } from '../contact.ts'

/** The words a question of a detention asks for, by the field of the contact they go into. */
export const QUESTION_WORDS: { [question in Question]?: string } = {
  legal_basis: 'legalBasis',
  individual_reason: 'reason',
  alternatives_tried: 'alternativesTried',
  place: 'heldAt',
}

/** What a form says of a contact, or the fields that cannot stand: `needed` or `unclear`. */
export type ContactRead =
  | { ok: true; contact: Record<string, unknown> }
  | { ok: false; wrong: { [field: string]: 'needed' | 'unclear' } }

/** Reads the form of a contact; what was not asked for its kind is left out, whatever stands in hidden fields. */
export function readContact(
  values: FormValues,
  of: { id: string; caseId: string; corrects: string | null },
  timeZone: string,
): ContactRead {
  const wrong: { [field: string]: 'needed' | 'unclear' } = {}
  const kind = pick(ContactKind.options, one(values, 'kind'))
  // Until it is said what happened, nothing else is on the page that could be put right.
  if (kind === null) return { ok: false, wrong: { kind: 'needed' } }
  if (one(values, 'authority') === '') wrong.authority = 'needed'
  const at = needed(values, 'at', timeZone, wrong)
  const knownAt = needed(values, 'known', timeZone, wrong)
  const first = kind === 'detention' ? optional(values, 'first', timeZone, wrong) : null
  const answers = kind === 'detention' ? answersOf(values, timeZone, wrong) : {}
  if (Object.keys(wrong).length > 0 || at === null || knownAt === null) return { ok: false, wrong }
  const asks = (...kinds: ContactKind[]) => kinds.includes(kind)
  return {
    ok: true,
    contact: {
      ...of,
      kind,
      capacities: many(values, 'capacities').flatMap((value) => pick(Capacity.options, value) ?? []),
      authority: one(values, 'authority'),
      startedAt: at,
      firstCustodyAt: kind === 'first_custody' ? at : first,
      knownAt,
      detainedAt: kind === 'detention' ? at : null,
      releasedAt: kind === 'release' ? at : null,
      heldAt: wordsOf(values, 'heldAt'),
      toldBy: wordsOf(values, 'toldBy'),
      present: asks('interview', 'hearing', 'handover') ? wordsOf(values, 'present') : null,
      reason: asks('detention') ? wordsOf(values, 'reason') : null,
      alternativesTried: asks('detention') ? wordsOf(values, 'alternativesTried') : null,
      legalBasis: asks('detention') ? wordsOf(values, 'legalBasis') : null,
      courtRef: asks('hearing') ? wordsOf(values, 'courtRef') : null,
      whyAgain: asks('interview') ? wordsOf(values, 'whyAgain') : null,
      interview: asks('interview') ? interviewOf(values) : null,
      victimRemovedWords: many(values, 'capacities').includes('victim') ? null : wordsOf(values, 'victimRemovedWords'),
      answers,
    },
  }
}

function interviewOf(values: FormValues): Interview {
  return {
    trained: pick(YesNo.options, one(values, 'trained')) ?? 'not_known',
    recorded: pick(YesNo.options, one(values, 'recorded')) ?? 'not_known',
    language: wordsOf(values, 'spoken'),
  }
}

function answersOf(values: FormValues, timeZone: string, wrong: { [field: string]: 'needed' | 'unclear' }) {
  return Object.fromEntries(
    Question.options.map((question) => {
      const state = pick(AnswerState.options, one(values, `${question}.state`)) ?? 'not_known'
      if (state === 'not_known') return [question, { state }]
      const said = momentOf(values, `${question}.at`, timeZone)
      // The day stands there already; without a time of its own the answer counts from the detention.
      const at = said.state === 'said' ? { at: said.at } : {}
      if (said.state === 'unclear' && one(values, `${question}.at.time`) !== '') wrong[`${question}.at`] = 'unclear'
      const saidBy = one(values, `${question}.saidBy`) || one(values, 'toldBy')
      return [question, { state, ...(saidBy === '' ? {} : { saidBy: saidBy.slice(0, 120) }), ...at }]
    }),
  )
}

function needed(
  values: FormValues,
  name: string,
  timeZone: string,
  wrong: { [field: string]: 'needed' | 'unclear' },
): Instant | null {
  const said = momentOf(values, name, timeZone)
  if (said.state === 'said') return said.at
  wrong[name] = said.state === 'empty' ? 'needed' : 'unclear'
  return null
}

function optional(
  values: FormValues,
  name: string,
  timeZone: string,
  wrong: { [field: string]: 'needed' | 'unclear' },
): Instant | null {
  const said: Moment = momentOf(values, name, timeZone)
  if (said.state === 'unclear') wrong[name] = 'unclear'
  return said.state === 'said' ? said.at : null
}

/** The field a refusal stands beside, so that its sentence is read where something can be done about it. */
export function fieldOf(refusal: AnyRefusal, contact: Record<string, unknown>): string {
  switch (refusal.reason) {
    case 'in_the_future':
    case 'before_birth':
      if (refusal.moment === contact.startedAt) return 'at'
      return refusal.moment === contact.knownAt ? 'known' : 'first'
    case 'known_before_custody':
      return 'known'
    case 'detained_before_custody':
      return 'first'
    case 'detention_without_time':
    case 'release_without_time':
    case 'released_before_detained':
      return 'at'
    case 'victim_removed_without_reason':
      return 'victimRemovedWords'
    case 'victim_removed_without_supervisor':
      return 'capacities'
    case 'interviewed_before':
      return 'whyAgain'
    case 'who_says_so':
      return `${String(refusal.question)}.saidBy`
    default:
      return ''
  }
}

/** What a correction starts from: the coded half of the account it corrects. */
export function startOf(contact: ContactFacts, fields: (at: Instant) => { day: string; time: string }): FormValues {
  const first = contact.kind === 'detention' ? contact.firstCustodyAt : null
  return {
    kind: [contact.kind],
    authority: [contact.authority],
    capacities: contact.capacities,
    ...when('at', contact.startedAt),
    ...when('known', contact.knownAt),
    ...(first === null ? {} : when('first', first)),
  }
  function when(name: string, at: Instant): FormValues {
    const { day, time } = fields(at)
    return { [`${name}.day`]: [day], [`${name}.time`]: [time] }
  }
}
