import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

export const ReturnId = z.uuid().brand<'ReturnId'>()

/** A child's way back that is followed for years: from which day, after what, and until when. */
export const CareReturn = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 37, table: 'care_return' },
  {
    kind: z.string().min(1).max(40).meta({ codeList: 'followup_type' }),
    startsOn: Day,
    endsOn: Day.nullable(),
    /** Why it ended, or what changed. */
    outcome: words(1000).nullable(),
  },
)
export type CareReturn = { kind: string; startsOn: Day; endsOn: Day | null; outcome: string | null }

export const FollowUpHow = z.enum(['home_visit', 'call', 'office_visit', 'school_visit', 'message', 'not_reached'])
export type FollowUpHow = z.infer<typeof FollowUpHow>

/**
 * What was said to being asked later how the help was (consent purpose `research_follow_up`). A no holds for the questions;
 * whoever said it is still seen, and may still say what it likes.
 */
export type AskedLater = 'yes' | 'no' | 'not_asked_yet'

/** The last answer counts; one that was taken back is a no. */
export function askedLaterOf(
  answers: readonly { id: string; askedAt: Instant; refused: boolean }[],
  takenBack: readonly string[],
): AskedLater {
  const last = answers.reduce<(typeof answers)[number] | null>(
    (found, one) => (found === null || one.askedAt >= found.askedAt ? one : found),
    null,
  )
  if (last === null) return 'not_asked_yet'
  return last.refused || takenBack.includes(last.id) ? 'no' : 'yes'
}

/** Three ways of having no answer; each is kept as what it is. */
export const NON_ANSWERS = ['not_asked_yet', 'no_answer', 'not_known'] as const

/**
 * One contact on the way back, a fact. How the child says it is, domain by domain, is sealed with the words: steps have
 * names and no numbers, and nothing adds them up.
 */
export const CareFollowUp = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 38, table: 'care_follow_up' },
  {
    id: z.uuid(),
    caseId: CaseId,
    returnId: ReturnId,
    how: FollowUpHow,
    at: Instant,
    outcomes: z.record(z.string().max(40), z.string().max(40)).meta({ class: 'C2' }),
    childSays: words(2000).nullable(),
    needs: words(2000).nullable(),
  },
)
export type CareFollowUp = {
  id: string
  caseId: string
  returnId: string
  how: FollowUpHow
  at: Instant
  outcomes: { [domain: string]: string }
  childSays: string | null
  needs: string | null
}

/** The list a domain's steps are taken from: neighbours have a list of their own. */
export function stepsOf(domain: string): string {
  return domain === 'community' ? 'community_acceptance_scale' : 'outcome_step'
}
