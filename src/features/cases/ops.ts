import * as z from 'zod'
import { accept, refuse } from '../../core/decision.ts'
import { CaseId, OrganisationId, PersonId, TeamId } from '../../core/ids.ts'
import type { AnyRefusal, DecideContext, OpDefinition } from '../../core/op.ts'
import { words } from '../../core/schema.ts'
import { addDuration, dayOf, type Instant } from '../../core/time.ts'
import { refuseBasis, type SaidNo } from './basis.ts'
import { AgeBand, Alias, ChildCard, ChildIdentity, SafeStart, Sex } from './case.ts'

export const OpenCase = z.strictObject({
  id: CaseId,
  alias: Alias,
  orgId: OrganisationId,
  teamId: TeamId,
  region: z.string().min(1).max(20),
  sex: Sex,
  ageBand: AgeBand,
  threatened: z.boolean(),
  /** It comes from another system, where it was opened on the day this is claimed for; its steps are counted from today. */
  takenIn: z.literal(true).optional(),
})
export type OpenCase = z.infer<typeof OpenCase>

/** What the gate knows when a case is opened. */
export type KnownToOpen = {
  exists: boolean
  regions: readonly string[]
  teamIsMine: boolean
  orgIsMine: boolean
  /** Whether this is a run of the import: nobody else counts the steps of a case from another day than it was opened on. */
  isImport: boolean
}

/** Registers a child: the alias is made on the phone; if it is taken, the answer says which one stands instead. */
export const openCase: OpDefinition<OpenCase, KnownToOpen, OpenCase, AnyRefusal> = {
  type: 'cases.open_case',
  payload: OpenCase,
  needs: 'case:open',
  decide(payload, known) {
    if (known.exists) return refuse({ reason: 'case_exists' })
    if (!known.regions.includes(payload.region)) return refuse({ reason: 'unknown_region' })
    if (!known.orgIsMine || !known.teamIsMine) return refuse({ reason: 'not_my_office' })
    if (payload.takenIn === true && !known.isImport) return refuse({ reason: 'only_import_takes_in' })
    return accept(payload)
  },
}

type Refused = { ok: false; refusal: AnyRefusal } | null

/** What the gate knows of a case that exists. */
export type KnownCase = {
  closedAt: Instant | null
  /** When the case was opened, where what is decided looks at it. */
  openedAt?: Instant | null
}

/** A year of birth that has not come yet, or in which the child was not there when its file was begun. */
function refuseUnborn(
  birthYear: unknown,
  { now, timeZone }: Pick<DecideContext, 'now' | 'timeZone'>,
  openedAt?: Instant | null,
): Refused {
  if (typeof birthYear !== 'number') return null
  const yearOf = (moment: Instant) => Number(dayOf(moment, timeZone).slice(0, 4))
  if (birthYear > yearOf(now)) return refuse({ reason: 'born_in_the_future' })
  const isAfter = openedAt !== undefined && openedAt !== null && birthYear > yearOf(openedAt)
  return isAfter ? refuse({ reason: 'born_after_opening' }) : null
}

export function refuseWhenClosed(known: KnownCase): { ok: false; refusal: AnyRefusal } | null {
  return known.closedAt === null ? null : refuse({ reason: 'case_closed', closedAt: known.closedAt })
}

const edit = <Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) =>
  z.strictObject({ id: CaseId, caseId: CaseId, set: schema.partial() })

/** An edit of a mutable thing of a case: only the fields that changed, laid over the version the worker saw. */
export type Edit = { id: string; caseId: string; set: Record<string, unknown> }

function editOp(
  type: string,
  payload: z.ZodType<Edit>,
  needs: OpDefinition<Edit, KnownCase & SaidNo, Edit, AnyRefusal>['needs'],
  refuseMore: (set: Edit['set'], by: DecideContext, known: KnownCase & SaidNo) => Refused = () => null,
) {
  const op: OpDefinition<Edit, KnownCase & SaidNo, Edit, AnyRefusal> = {
    type,
    payload,
    needs,
    decide(wanted, known, by) {
      const closed = refuseWhenClosed(known)
      if (closed !== null) return closed
      // One row a case: its id is the case's, so that two phones that start it offline meet in the same row.
      if (wanted.id !== wanted.caseId) return refuse({ reason: 'wrong_row' })
      if (Object.keys(wanted.set).length === 0) return refuse({ reason: 'nothing_changed' })
      return refuseMore(wanted.set, by, known) ?? accept(wanted)
    },
  }
  return op
}

export const editCard = editOp('cases.edit_card', edit(ChildCard.schema), 'identity:write')
// How long a file is kept is counted from the year of birth: a year that has not come would keep it for good.
export const editIdentity = editOp(
  'cases.edit_identity',
  edit(ChildIdentity.schema),
  'identity:write',
  (set, by, known) => refuseUnborn(set.birthYear, by, known.openedAt),
)
export const editSafeStart = editOp('cases.edit_safe_start', edit(SafeStart.schema), 'services:write', refuseBasis)

export const MatchRequest = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  givenNames: words(200),
  otherNames: words(200),
  birthYear: z.int().min(1980).max(2100),
  sex: Sex,
  origin: words(200),
})
export type MatchRequest = z.infer<typeof MatchRequest>

/** A day's limit, so that asking does not become searching (security.md 2.6). */
export const MATCH_REQUESTS_A_DAY = 20

/** Asks the custodians of other files whether this child may be known; whoever asks always gets the same answer. */
export const requestMatch: OpDefinition<MatchRequest, KnownCase & { today: number }, MatchRequest, AnyRefusal> = {
  type: 'cases.request_match',
  payload: MatchRequest,
  needs: 'identity:write',
  decide(payload, known, by) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    const unborn = refuseUnborn(payload.birthYear, by, known.openedAt)
    if (unborn !== null) return unborn
    if (known.today >= MATCH_REQUESTS_A_DAY) return refuse({ reason: 'too_many_requests', limit: MATCH_REQUESTS_A_DAY })
    // With less than four answers too many children would seem the same one.
    if (payload.givenNames === '' || payload.origin === '') return refuse({ reason: 'too_little_to_match' })
    return accept(payload)
  },
}

export const AnswerMatch = z.strictObject({
  hitId: z.uuid(),
  caseId: CaseId,
  decision: z.enum(['make_contact', 'not_the_same']),
})
export type AnswerMatch = z.infer<typeof AnswerMatch>

/** Whoever keeps a file decides whether to make contact with the office that asked; that office hears nothing from here. */
export const answerMatch: OpDefinition<AnswerMatch, { waiting: boolean }, AnswerMatch, AnyRefusal> = {
  type: 'cases.answer_match',
  payload: AnswerMatch,
  needs: 'case:write',
  decide(payload, known) {
    return known.waiting ? accept(payload) : refuse({ reason: 'already_answered' })
  },
}

export const Assign = z.strictObject({ caseId: CaseId, personId: PersonId, teamId: TeamId })
export type Assign = z.infer<typeof Assign>

export type KnownToAssign = KnownCase & {
  /** The person as a worker of this office, or null when she is none. */
  worker: { id: string; sector: string; role: string } | null
  teamIsOurs: boolean
}

/** Gives a case to a worker and a team; only who supervises the case can (security.md 3.2). */
export const assignCase: OpDefinition<Assign, KnownToAssign, Assign & { sector: string; role: string }, AnyRefusal> = {
  type: 'cases.assign',
  payload: Assign,
  needs: 'case:write',
  decide(payload, known, { role }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (role !== 'supervisor') return refuse({ reason: 'supervisor_decides' })
    if (known.worker === null) return refuse({ reason: 'not_a_worker_of_this_office' })
    if (!known.teamIsOurs) return refuse({ reason: 'not_a_team_of_this_office' })
    return accept({ ...payload, sector: known.worker.sector, role: known.worker.role })
  },
}

export const ShieldCase = z.strictObject({ caseId: CaseId, threatened: z.boolean() })
export type ShieldCase = z.infer<typeof ShieldCase>

/**
 * Somebody may look for this child: from now on the alias alone is shown, and where it stays is open to named persons only
 * (security.md 3.4). Whoever works on the case may narrow at once; that the danger is over, a supervisor says.
 */
export const shieldCase: OpDefinition<ShieldCase, KnownCase, ShieldCase, AnyRefusal> = {
  type: 'cases.shield_case',
  payload: ShieldCase,
  needs: 'case:write',
  decide(payload, known, { role }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!payload.threatened && role !== 'supervisor') return refuse({ reason: 'supervisor_decides' })
    return accept(payload)
  },
}

export const TakeAlong = z.strictObject({ caseId: CaseId, take: z.boolean() })
export type TakeAlong = z.infer<typeof TakeAlong>

/** More than a visit needs is more than a lost phone should hold (security.md 5). */
export const TAKEN_ALONG_AT_MOST = 10
const TAKEN_ALONG_FOR = 'P3D'

/** Takes one of her own cases along on this device for three days: it then also holds who the child is. */
export const takeAlong: OpDefinition<
  TakeAlong,
  KnownCase & { isMine: boolean; others: number },
  { caseId: string; endsAt: Instant | null },
  AnyRefusal
> = {
  type: 'cases.take_along',
  payload: TakeAlong,
  needs: 'case:read',
  decide({ caseId, take }, known, { now, timeZone }) {
    if (!take) return accept({ caseId, endsAt: null })
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.isMine) return refuse({ reason: 'not_your_case' })
    if (known.others >= TAKEN_ALONG_AT_MOST) return refuse({ reason: 'enough_taken_along', limit: TAKEN_ALONG_AT_MOST })
    return accept({ caseId, endsAt: addDuration(now, TAKEN_ALONG_FOR, timeZone) })
  },
}

export const SettleDifference = z.strictObject({
  conflictId: z.uuid(),
  caseId: CaseId,
  /** What came later, what stood there, or one text written from both. */
  keep: z.enum(['mine', 'theirs', 'both']),
  both: words(4000).nullable().default(null),
})
export type SettleDifference = z.infer<typeof SettleDifference>

/** Ends a difference between two workers: a person chooses, and the choice is an operation like any other. */
export const settleDifference: OpDefinition<
  SettleDifference,
  KnownCase & { open: boolean; bothFit: boolean },
  SettleDifference,
  AnyRefusal
> = {
  type: 'cases.settle_difference',
  payload: SettleDifference,
  needs: 'case:write',
  decide(payload, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (!known.open) return refuse({ reason: 'already_settled' })
    if (payload.keep !== 'both') return accept({ ...payload, both: null })
    // Of two codes or two numbers only one can stand.
    return known.bothFit ? accept(payload) : refuse({ reason: 'one_of_two' })
  },
}

/** Screens of a case that are printed for a purpose of their own; any other is `other`. */
export const PRINTED = [
  'case',
  'timeline',
  'plan',
  'copy',
  'notes',
  'changes',
  'other_system',
  'letter',
  'assessment',
  'safety',
  'other',
] as const
export type Printed = (typeof PRINTED)[number]

export const NotePrint = z.strictObject({
  id: z.uuid(),
  caseId: CaseId,
  what: z.enum(PRINTED),
  /** Whether the child's name stands on the paper. */
  named: z.boolean(),
})
export type NotePrint = z.infer<typeof NotePrint>

/** Writes down that somebody printed a page of a case; the browser has printed it already, so nothing stands in the way. */
export const notePrint: OpDefinition<NotePrint, null, NotePrint, AnyRefusal> = {
  type: 'cases.note_print',
  payload: NotePrint,
  needs: 'case:read',
  decide: (payload) => accept(payload),
}
