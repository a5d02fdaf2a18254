import type { Part } from '../../../core/part.ts'
import type { Instant } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import { type Rows, keyOf } from '../../../web/replica.ts'
import type { ChildCase } from '../case.ts'
import { type Answers, together } from '../safe-start.ts'

export type Card = {
  callName?: string | null
  carer?: string | null
  village?: string | null
  phoneLast?: string | null
}
export type Identity = {
  fullName?: string | null
  approxAge?: number | null
  birthYear?: number | null
  origin?: string | null
  ageBasis?: string | null
  language?: string | null
}
export type Start = Answers
export type Entry = {
  opId: string
  type: string
  at: Instant
  claimedAt: Instant
  actorName: string | null
  clear: Record<string, unknown>
  flagged: boolean
}
/** Who wrote one of two accounts. */
export type Author = { id: string; name: string | null; at: Instant }

/** What two people wrote; `mine` is what came later, `theirs` what stood there. */
export type DifferenceRow = {
  id: string
  thing: string
  madeAt: Instant
  field?: string
  mine?: unknown
  theirs?: unknown
  late: Author | null
  early: Author | null
  lateIsMine: boolean
}

/** A request of another office that this file may be about. */
export type Hit = { id: string; dueAt: Instant; state: string }

type Kept<Fields> = { version: number; fields: Fields } | null

/** One opened case as the server gives it. */
export type CaseFile = {
  case: ChildCase
  card: Kept<Card>
  identity: Kept<Identity>
  safeStart: Kept<Start>
  /** What whoever took the call learned, before a worker had the case. */
  firstAnswers?: Start | null
  steps?: Steps
  hits: Hit[]
  conflicts: DifferenceRow[]
  /** What of the file whoever opened it may read; an older server does not say it. */
  parts?: Part[]
  timeline: Entry[]
}

export type OwnCase = {
  case: ChildCase
  card: Card | null
  safeStart: Start | null
  steps: Steps | null
  /** Who the child is, where the case is taken along; null when this device holds the card alone. */
  identity: Identity | null
  /** Until when this device takes the case along on a visit; null when it holds the card alone. */
  takenUntil: Instant | null
  hits: Hit[]
}

/** First steps that leave nothing else on a device, and the codes of what was answered in the first talk. */
export type Steps = { who: boolean; match: boolean } & Pick<Answers, 'safeNow' | 'howKnown' | 'basis'>

/** A case this device holds, or null. */
export function ownCase(rows: Rows, caseId: string): OwnCase | null {
  const found = rows.get(keyOf({ thing: 'case', id: caseId }))
  if (found === undefined) return null
  // Rows of these kinds are written by `pull` and `lay-over.ts` only, both from the feature's own schema.
  const fields = (thing: string) => rows.get(keyOf({ thing, id: caseId }))?.fields ?? null
  return {
    case: found.fields as unknown as ChildCase,
    card: fields('child_card') as Card | null,
    safeStart: fields('safe_start') as Start | null,
    steps: fields('steps') as Steps | null,
    identity: fields('child_identity') as Identity | null,
    takenUntil: (fields('visit') as { endsAt: Instant | null } | null)?.endsAt ?? null,
    hits: rowsOf(rows, 'match_hit', caseId).map((row) => ({ ...row.fields, id: row.id }) as Hit),
  }
}

/** What is known of the safe start: the worker's answers over those of the first talk, with its words where the server gave them. */
export function startOf(steps: Steps | null, start: Start | null, first: Start | null = null): Start | null {
  if (steps === null && start === null && first === null) return null
  const { who: _who, match: _match, ...codes } = steps ?? { who: false, match: false }
  return together({ ...first, ...codes }, start ?? {})
}

/** All cases of this device, the newest first. */
export function ownCases(rows: Rows): OwnCase[] {
  return [...rows.values()]
    .filter((row) => row.thing === 'case')
    .flatMap((row) => ownCase(rows, row.id) ?? [])
    .sort((a, b) => (a.case.openedAt < b.case.openedAt ? 1 : -1))
}

/** Two letters for the round mark beside an alias. */
export function initials(alias: string): string {
  return alias
    .split(/[\s-]+/)
    .map((word) => Array.from(word)[0] ?? '')
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase()
}

/** The name beside the alias, on a worker's own screen only, and never of a threatened child (security.md 3.4). */
export function callNameOf({ case: { threatened }, card }: Pick<OwnCase, 'case' | 'card'>): string | null {
  return threatened ? null : (card?.callName ?? null)
}

/** Whether a case answers to a search: by alias, call name, carer, village, or the last digits of a phone. */
export function answersTo({ case: { alias, threatened }, card }: OwnCase, search: string): boolean {
  const wanted = fold(search)
  if (wanted === '') return true
  const seen = threatened ? [alias] : [alias, card?.callName, card?.carer, card?.village]
  const digits = wanted.replaceAll(/\D/g, '')
  // A few digits of it, or the whole number of whoever is calling.
  const phone = threatened ? '' : (card?.phoneLast ?? '')
  const byPhone = phone !== '' && digits.length >= 2 && (phone.endsWith(digits) || digits.endsWith(phone))
  return byPhone || seen.some((text) => fold(text ?? '').includes(wanted))
}

/** Case and accents make no difference to somebody who searches. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().trim()
}
