import type { Risk } from '../../core/case-steps.ts'
import type { Instant } from '../../core/time.ts'
import { beganHere, type ChildCase } from '../cases/case.ts'
import { type Answers, together } from '../cases/safe-start.ts'
import { type CaseRow, facts } from './case-rows.ts'

type SafeNow = 'yes' | 'no' | 'not_known'

/** What somebody said or did about a child's safety: a check, the risk at the end of an assessment, a protection. */
export type SafetyWord =
  | { at: Instant; kind: 'check'; safeNow: SafeNow; harmToChild: Risk }
  | { at: Instant; kind: 'assessed'; harmToChild: Risk }
  | { at: Instant; kind: 'protected' }

type Word = SafetyWord | { at: Instant; kind: 'first' }

/**
 * Since when a child is said not to be safe, or in great danger; null when nobody says so now. Each ends only with a word about
 * itself, never by itself: "not safe" with a check that says safe, whatever an assessment or hearsay says of the risk; a great
 * danger with a check that says safe, or a risk that is said to be lower. Where the danger stays great, a child that was protected
 * is safe once a check after it says so.
 */
export function unsafeSince(first: { safeNow: SafeNow | null; at: Instant }, words: readonly SafetyWord[]) {
  let notSafe: Instant | null = null
  let inDanger: Instant | null = null
  let isProtected = false
  const began: Word[] = first.safeNow === 'no' ? [{ at: first.at, kind: 'first' }] : []
  for (const word of [...began, ...words].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (word.kind === 'protected') isProtected = true
    if (word.kind === 'first') notSafe ??= word.at
    if (word.kind === 'protected' || word.kind === 'first') continue
    const safeNow = word.kind === 'check' ? word.safeNow : 'not_known'
    if (safeNow === 'no') {
      notSafe ??= word.at
      isProtected = false
    } else if (safeNow === 'yes') notSafe = null
    if (word.harmToChild === 'emergency') inDanger = isProtected && safeNow === 'yes' ? null : (inDanger ?? word.at)
    else if (safeNow === 'yes' || word.harmToChild !== 'high') inDanger = null
  }
  return notSafe !== null && inDanger !== null && inDanger < notSafe ? inDanger : (notSafe ?? inDanger)
}

/** The same of one case from its rows, on a phone or in the server's answer: codes and moments alone. */
export function unsafeIn(rows: readonly CaseRow[], of: Pick<ChildCase, 'openedAt' | 'takenInAt' | 'state'>) {
  if (of.state === 'closed') return null
  // Rows of other features carry what their own schemas say; codes and a moment are looked at here.
  const fields = (thing: string) => rows.filter((row) => row.thing === thing).map((row) => row.fields as unknown)
  const [steps] = fields('steps') as (Answers & { saidUnsafeAt?: Instant })[]
  const [start] = fields('safe_start') as Answers[]
  const { safeNow } = together(steps ?? {}, start ?? {})
  return unsafeSince({ safeNow: (safeNow ?? null) as SafeNow | null, at: steps?.saidUnsafeAt ?? beganHere(of) }, [
    ...facts(rows, 'safety_check').map(
      ({ at, safeNow: now, harmToChild }) => ({ kind: 'check', at, safeNow: now, harmToChild }) as const,
    ),
    ...facts(rows, 'assessment_submission').map(
      ({ submittedAt, harmToChild }) => ({ kind: 'assessed', at: submittedAt, harmToChild }) as const,
    ),
    ...(fields('urgent_protection') as { protectedAt: Instant }[]).map(
      ({ protectedAt }) => ({ kind: 'protected', at: protectedAt }) as const,
    ),
  ])
}
