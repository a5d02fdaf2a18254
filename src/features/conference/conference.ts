import * as z from 'zod'
import { CaseId, PersonId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

const SEATS = 12
const DECISIONS = 6

/** Somebody from outside the office, by what she is there for and never by name. */
const OutsideFunction = z.string().max(40).meta({ class: 'C2', codeList: 'recipient_function' })

/** One seat at the table: a colleague, or somebody from outside by function. One of the two is said, never both. */
export const Seat = z.strictObject({ personId: PersonId.nullable(), as: OutsideFunction.nullable() })
export type Seat = { personId: string | null; as: string | null }

export const Presence = z.enum(['came', 'called_in', 'absent'])
export type Presence = z.infer<typeof Presence>
export const Position = z.enum(['agrees', 'dissents', 'no_say'])
export type Position = z.infer<typeof Position>

/** A seat after the talk: whether it was taken, and how whoever sat there decided. */
export const MinuteSeat = z.strictObject({
  ...Seat.shape,
  presence: Presence,
  position: Position,
  seatWords: words(1000).nullable(),
})
export type MinuteSeat = Seat & { presence: Presence; position: Position; seatWords: string | null }

/** Whose voice brought the child's view to the table, and whose the carer's. */
export const ChildVoice = z.enum(['itself', 'trusted_adult', 'lawyer', 'guardian', 'worker', 'not_heard'])
export type ChildVoice = z.infer<typeof ChildVoice>
export const CarerVoice = z.enum(['itself', 'other_family', 'worker', 'not_heard', 'not_safe'])
export type CarerVoice = z.infer<typeof CarerVoice>

/** What was decided, who does it and by when, and what the child says to it. Its id is also that of the task it becomes. */
export const ConferenceDecision = z.strictObject({
  id: z.uuid(),
  what: words(500),
  childSays: words(1000).nullable(),
  childSaidOn: Day.nullable().default(null),
  ownerId: PersonId.nullable(),
  ownerAs: OutsideFunction.nullable(),
  dueOn: Day,
})
export type ConferenceDecision = {
  id: string
  what: string
  childSays: string | null
  childSaidOn: Day | null
  ownerId: string | null
  ownerAs: string | null
  dueOn: Day
}

const sealed = <Of extends z.ZodType>(of: Of) => of.meta({ class: 'C2' })
const meta = { part: 'services', class: 'C1', keep: 'services', purpose: 'casework' } as const

/** A case conference that is called: when, about what, and who is asked to come. One that moves is called anew. */
export const CaseConference = thing(
  { ...meta, fieldId: 90, table: 'case_conference' },
  {
    id: z.uuid(),
    caseId: CaseId,
    at: Instant,
    /** The call that this one stands in the place of. */
    replaces: z.uuid().nullable(),
    agenda: words(2000),
    invited: sealed(z.array(Seat).max(SEATS)),
  },
)
export type CaseConference = {
  id: string
  caseId: string
  at: Instant
  replaces: string | null
  agenda: string
  invited: Seat[]
}

export const MinutesKind = z.enum(['held', 'called_off'])
export type MinutesKind = z.infer<typeof MinutesKind>

/** What came of a conference: a fact. A correction names the minutes in whose place it stands. */
export const ConferenceMinutes = thing(
  { ...meta, fieldId: 91, table: 'conference_minutes' },
  {
    id: z.uuid(),
    caseId: CaseId,
    conferenceId: z.uuid(),
    kind: MinutesKind,
    at: Instant,
    corrects: z.uuid().nullable(),
    /** Why it was called off. */
    why: words(1000).nullable(),
    seats: sealed(z.array(MinuteSeat).max(SEATS)),
    childVoice: sealed(ChildVoice),
    childView: words(4000).nullable(),
    /** The day the child said it; that of the conference where nobody wrote another. */
    childSaidOn: sealed(Day.nullable().default(null)),
    /** Why the child was not heard. */
    childNotHeard: words(1000).nullable(),
    carerVoice: sealed(CarerVoice),
    carerView: words(4000).nullable(),
    talked: words(4000).nullable(),
    decisions: sealed(z.array(ConferenceDecision).max(DECISIONS)),
    /** Who tells the child what was decided, and how. */
    childTold: words(500).nullable(),
  },
)
export type ConferenceMinutes = {
  id: string
  caseId: string
  conferenceId: string
  kind: MinutesKind
  at: Instant
  corrects: string | null
  why: string | null
  seats: MinuteSeat[]
  childVoice: ChildVoice
  childView: string | null
  childSaidOn: Day | null
  childNotHeard: string | null
  carerVoice: CarerVoice
  carerView: string | null
  talked: string | null
  decisions: ConferenceDecision[]
  childTold: string | null
}

/** Calls that stand: no later one has taken their place. */
export function standing<Of extends Pick<CaseConference, 'id' | 'replaces'>>(calls: readonly Of[]): Of[] {
  return calls.filter((one) => !calls.some((later) => later.replaces === one.id))
}

/** The minutes of a conference that count: those nobody has put right. */
export function minutesOf<Of extends Pick<ConferenceMinutes, 'id' | 'conferenceId' | 'corrects'>>(
  all: readonly Of[],
  conferenceId: string,
): Of | null {
  const of = all.filter((one) => one.conferenceId === conferenceId)
  return of.find((one) => !of.some((later) => later.corrects === one.id)) ?? null
}
