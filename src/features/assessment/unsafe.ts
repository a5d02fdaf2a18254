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

/**
 * Since when a child is said not to be safe, or in great danger; null when nobody says so now. The first answer counts from the
 * beginning. It ends with a check that says safe or a lower risk, never by itself: nobody's silence and no "not known" makes a
 * child safe. Where the danger stays great, a child that was protected is safe once a check after it says so.
 */
export function unsafeSince(first: { safeNow: SafeNow | null; at: Instant }, words: readonly SafetyWord[]) {
  let since: Instant | null = first.safeNow === 'no' ? first.at : null
  let isProtected = false
  for (const word of [...words].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (word.kind === 'protected') {
      isProtected = true
      continue
    }
    const safeNow = word.kind === 'check' ? word.safeNow : 'not_known'
    const isGreat = word.harmToChild === 'emergency'
    if (safeNow === 'no') isProtected = false
    if (safeNow === 'no' || (isGreat && !(isProtected && safeNow === 'yes'))) since ??= word.at
    else if (safeNow === 'yes' || word.harmToChild !== 'high') since = null
  }
  return since
}

/** The same of one case from its rows, on a phone or in the server's answer: codes and moments alone. */
export function unsafeIn(rows: readonly CaseRow[], of: Pick<ChildCase, 'openedAt' | 'takenInAt' | 'state'>) {
  if (of.state === 'closed') return null
  // Rows of other features carry what their own schemas say; codes and a moment are looked at here.
  const fields = (thing: string) => rows.filter((row) => row.thing === thing).map((row) => row.fields as unknown)
  const [steps] = fields('steps') as Answers[]
  const [start] = fields('safe_start') as Answers[]
  const { safeNow } = together(steps ?? {}, start ?? {})
  return unsafeSince({ safeNow: (safeNow ?? null) as SafeNow | null, at: beganHere(of) }, [
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
