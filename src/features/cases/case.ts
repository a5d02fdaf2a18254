import * as z from 'zod'
import { CaseId, OrganisationId, PersonId, TeamId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'

export const Sex = z.enum(['female', 'male', 'other', 'not_known'])
export const AgeBand = z.enum(['0_5', '6_11', '12_14', '15_17', '18_plus', 'not_known'])
export const CaseState = z.enum(['open', 'closed'])

/** Two words from the country's lists, never derived from personal data (security.md 3.4). */
export const Alias = z
  .string()
  .max(60)
  .regex(/^\p{L}[\p{L}\p{M}' -]*[\p{L}\p{M}]$/u)
  .meta({ codeList: 'alias_words' })

/** The case's own row: an alias, an office, a team, codes. Nothing here says what kind of case it is. */
export const ChildCase = thing(
  { part: 'case', class: 'C1', keep: 'case', purpose: 'casework', fieldId: 10, table: 'child_case' },
  {
    id: CaseId,
    alias: Alias,
    orgId: OrganisationId,
    teamId: TeamId,
    workerId: PersonId,
    region: z.string().min(1).max(20).meta({ codeList: 'regions' }),
    state: CaseState,
    sex: Sex,
    ageBand: AgeBand,
    /** Location goes to named persons only, and lists show the alias alone. */
    threatened: z.boolean(),
    openedAt: Instant,
    /** When its file came here, from another system or taken over from another office; null where it was opened here. */
    takenInAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    version: z.int(),
  },
)
export type ChildCase = {
  id: string
  alias: string
  orgId: string
  teamId: string
  workerId: string
  region: string
  state: z.infer<typeof CaseState>
  sex: z.infer<typeof Sex>
  ageBand: z.infer<typeof AgeBand>
  threatened: boolean
  openedAt: Instant
  takenInAt: Instant | null
  closedAt: Instant | null
  version: number
}

/** From when the steps of a case are counted: what another system or office let lie is not late here on the day it comes. */
export function beganHere({ takenInAt, openedAt }: Pick<ChildCase, 'takenInAt' | 'openedAt'>): Instant {
  return takenInAt ?? openedAt
}

/** What a worker's own unlocked screen shows beside the alias, and what her in-memory search looks through. */
export const ChildCard = thing(
  { part: 'identity', class: 'C1', keep: 'identity', purpose: 'casework', fieldId: 11, table: 'child_card' },
  {
    callName: words(80).nullable(),
    carer: words(120).nullable(),
    village: words(120).nullable(),
    /** The last digits of a phone, enough to recognise who is calling. */
    phoneLast: z
      .string()
      .max(6)
      .regex(/^\d{2,6}$/)
      .nullable()
      .meta({ class: 'C2' }),
  },
)

/** Who the child is, as far as it is known; an approximate age with its basis is enough. */
export const ChildIdentity = thing(
  { part: 'identity', class: 'C1', keep: 'identity', purpose: 'casework', fieldId: 12, table: 'child_identity' },
  {
    fullName: words(200).nullable(),
    approxAge: z.int().min(0).max(25).nullable().meta({ class: 'C2' }),
    /** Follows from the age on the day it was told: an age grows old, a year does not. */
    birthYear: z.int().min(1980).max(2100).nullable().meta({ class: 'C2' }),
    /** The village or district the child comes from. */
    origin: words(200).nullable(),
    ageBasis: z.string().max(40).nullable().meta({ codeList: 'age_basis' }),
    language: z.string().max(40).nullable().meta({ codeList: 'languages' }),
  },
)

/** The first answers of a case: is the child safe now, how did we learn, who agrees to this record. */
export const SafeStart = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 13, table: 'safe_start' },
  {
    safeNow: z.enum(['yes', 'no', 'not_known']).nullable(),
    safeWords: words(4000).nullable(),
    howKnown: z.string().max(40).nullable().meta({ codeList: 'case_source' }),
    howKnownWords: words(4000).nullable(),
    basis: z.enum(['consent', 'assent', 'lawful_basis', 'not_yet']).nullable(),
    basisWords: words(4000).nullable(),
  },
)

/** The same answers by whoever opened the case and hands it over: facts, each a page of that first talk. */
export const FirstAnswers = thing(
  { part: 'narrative', class: 'C1', keep: 'narrative', purpose: 'casework', fieldId: 14, table: 'first_answers' },
  { id: z.uuid(), caseId: CaseId, ...SafeStart.schema.shape },
)
export type FirstAnswers = {
  id: string
  caseId: string
  safeNow: 'yes' | 'no' | 'not_known' | null
  safeWords: string | null
  howKnown: string | null
  howKnownWords: string | null
  basis: 'consent' | 'assent' | 'lawful_basis' | 'not_yet' | null
  basisWords: string | null
}

/** The mutable things of this feature, by the name operations and devices know them by. */
export const MUTABLE = { child_card: ChildCard, child_identity: ChildIdentity, safe_start: SafeStart } as const
export type MutableName = keyof typeof MUTABLE
