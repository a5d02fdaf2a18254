import type { Risk } from '../../core/case-steps.ts'
import type { Instant } from '../../core/time.ts'
import { beganHere, type ChildCase } from '../cases/case.ts'
import { type Answers, type SaidUnsafe, together } from '../cases/safe-start.ts'
import { type CaseRow, facts } from './case-rows.ts'

type SafeNow = 'yes' | 'no' | 'not_known'

/**
 * When something was so and who said it; when others could hear of it, where that was later. Without a person it is of this very
 * phone, which has sent nothing of it yet. `knewAt`: until when its writer could hear of others, where she wrote it before it counts.
 */
type Spoken = {
  at: Instant
  by?: string | null | undefined
  heardAt?: Instant | null | undefined
  knewAt?: Instant | null | undefined
}

/** What somebody said or did about a child's safety: a check, the risk at the end of an assessment, a protection. */
export type SafetyWord =
  | (Spoken & { kind: 'check'; safeNow: SafeNow; harmToChild: Risk })
  | (Spoken & { kind: 'assessed'; harmToChild: Risk })
  | (Spoken & { kind: 'protected' })

type Word = SafetyWord | (Spoken & { kind: 'first' })

/** Whoever says that a child is safe ends what she said herself, and what was heard of before. */
const knewOf = (safe: Spoken, unsafe: Spoken) =>
  !safe.by || safe.by === unsafe.by || (safe.knewAt ?? safe.at) > (unsafe.heardAt ?? unsafe.at)

/**
 * Since when a child is said not to be safe, or in great danger; null when nobody says so now. Each ends only with a word about
 * itself, never by itself: "not safe" with a check that says safe, whatever an assessment or hearsay says of the risk; a great
 * danger with a check that says safe, or a risk that is said to be lower. Where the danger stays great, a child that was protected
 * is safe once a check after it says so. A word that came late, from a phone without a line, is not ended by what others said
 * after its moment and before they could hear of it.
 */
export function unsafeSince(first: Spoken & { safeNow: SafeNow | null }, words: readonly SafetyWord[]): Instant | null {
  let notSafe: Spoken[] = []
  let inDanger: Spoken[] = []
  let isProtected = false
  const began: Word[] = first.safeNow === 'no' ? [{ ...first, kind: 'first' }] : []
  for (const word of [...began, ...words].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (word.kind === 'protected') isProtected = true
    if (word.kind === 'first') notSafe.push(word)
    if (word.kind === 'protected' || word.kind === 'first') continue
    const stays = (unsafe: Spoken) => !knewOf(word, unsafe)
    const safeNow = word.kind === 'check' ? word.safeNow : 'not_known'
    if (safeNow === 'no') {
      notSafe.push(word)
      isProtected = false
    } else if (safeNow === 'yes') notSafe = notSafe.filter(stays)
    if (word.harmToChild === 'emergency' && !(isProtected && safeNow === 'yes')) inDanger.push(word)
    else if (safeNow === 'yes' || word.harmToChild !== 'high') inDanger = inDanger.filter(stays)
  }
  return [...notSafe, ...inDanger].map(({ at }) => at).sort()[0] ?? null
}

/** The same of one case from its rows, on a phone or in the server's answer: codes and moments alone. */
export function unsafeIn(rows: readonly CaseRow[], of: Pick<ChildCase, 'openedAt' | 'takenInAt' | 'state'>) {
  if (of.state === 'closed') return null
  // Rows of other features carry what their own schemas say; codes and a moment are looked at here.
  const fields = (thing: string) => rows.filter((row) => row.thing === thing).map((row) => row.fields as unknown)
  const [steps] = fields('steps') as (Answers & SaidUnsafe)[]
  const [start] = fields('safe_start') as Answers[]
  const { safeNow } = together(steps ?? {}, start ?? {})
  const first = {
    safeNow: (safeNow ?? null) as SafeNow | null,
    at: steps?.saidUnsafeAt ?? beganHere(of),
    by: steps?.saidUnsafeBy,
    heardAt: steps?.saidUnsafeHeardAt,
  }
  return unsafeSince(first, [
    ...facts(rows, 'safety_check').map(
      ({ at, safeNow: now, harmToChild, writtenBy: by, heardAt }) =>
        ({ kind: 'check', at, safeNow: now, harmToChild, by, heardAt }) as const,
    ),
    ...facts(rows, 'assessment_submission').map(
      ({ submittedAt: at, submittedBy: by, writtenAt: knewAt, harmToChild }) =>
        ({ kind: 'assessed', at, harmToChild, by, knewAt }) as const,
    ),
    ...(fields('urgent_protection') as { protectedAt: Instant }[]).map(
      ({ protectedAt }) => ({ kind: 'protected', at: protectedAt }) as const,
    ),
  ])
}

/**
 * The date of a check that says safe, came after it was said that the child is not, and ended nothing: by its date its writer could not
 * know of it. That is so of a phone whose clock is behind, and of one that had no line.
 */
export function safeDatedBefore(rows: readonly CaseRow[], since: Instant): Instant | null {
  return (
    facts(rows, 'safety_check')
      .filter(({ safeNow, harmToChild }) => safeNow === 'yes' && harmToChild !== 'emergency')
      .filter(({ heardAt }) => (heardAt ?? null) === null || (heardAt ?? since) > since)
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? null
  )
}
