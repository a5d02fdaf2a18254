import { type ApprovalState, approvalState } from '../../core/approval.ts'
import { type Answered, isAsked, type Question, type QuestionSection } from '../../core/questions.ts'
import { type Day, type Instant, toMillis } from '../../core/time.ts'
import type { KeptDecision, KeptSubmission } from './round.ts'
import type { KeptSheet, ToldBy } from './sheet.ts'

/** What is known of one question: the latest answer, who gave it and when, and what was answered before it. */
export type KnownAnswer = {
  answer: Answered
  toldBy: ToldBy
  at: Instant
  writtenByName: string | null
  earlier: readonly { answer: Answered; at: Instant }[]
}
export type KnownAnswers = ReadonlyMap<string, KnownAnswer>

/** The latest answer to each question over all sheets of a case, whichever assessment or step it came from: asked once. */
export function knownAnswers(sheets: readonly KeptSheet[]): KnownAnswers {
  const known = new Map<string, KnownAnswer>()
  for (const { at, toldBy, writtenByName, answers } of [...sheets].sort(byMoment))
    for (const [question, answer] of Object.entries(answers)) {
      const before = known.get(question)
      // Nobody un-knows an answer by not asking again.
      if (before !== undefined && isUnasked(answer) && !isUnasked(before.answer)) continue
      const earlier = before === undefined ? [] : [{ answer: before.answer, at: before.at }, ...before.earlier]
      known.set(question, {
        answer,
        toldBy,
        at,
        writtenByName,
        earlier: earlier.filter((one) => !isUnasked(one.answer)),
      })
    }
  return known
}

function byMoment(a: KeptSheet, b: KeptSheet): number {
  return a.at === b.at ? toMillis(a.savedAt) - toMillis(b.savedAt) : toMillis(a.at) - toMillis(b.at)
}

export const isUnasked = (answer: Answered) => 'none' in answer && answer.none === 'not_asked_yet'

/** Whether asking again needs a reason: something was said, or the child did not want to say it. */
export function isSettled(known: KnownAnswer | undefined): known is KnownAnswer {
  return known !== undefined && !('none' in known.answer && known.answer.none !== 'no_answer')
}

export type SectionState = 'not_started' | 'in_progress' | 'done' | 'not_needed'

/**
 * Where a section of an assessment stands. Done: somebody went through it in this assessment and no question of it is
 * open. What an earlier assessment knows need not be asked again, but somebody has to have looked at it.
 */
export function sectionState(
  section: QuestionSection,
  roundId: string | null,
  sheets: readonly KeptSheet[],
  known: KnownAnswers,
  today: Day,
): SectionState {
  const here = sheets.filter((one) => one.section === section.id && one.roundId === roundId).sort(byMoment)
  const last = here.at(-1)
  if (last === undefined) return 'not_started'
  if (last.mark === 'not_needed') return 'not_needed'
  const isOpen = (question: Question) => {
    const answer = known.get(question.id)?.answer
    return isAsked(question, today) && (answer === undefined || isUnasked(answer))
  }
  return section.questions.some(isOpen) ? 'in_progress' : 'done'
}

/** About as many questions as one page of a phone takes. */
export const A_PAGE = 6

export function pagesOf({ questions }: QuestionSection, today: Day): Question[][] {
  const asked = questions.filter((question) => isAsked(question, today))
  const pages: Question[][] = []
  for (let at = 0; at < asked.length; at += A_PAGE) pages.push(asked.slice(at, at + A_PAGE))
  return pages
}

/** The page of a section on which the first open question stands. */
export function pageToGoOn(section: QuestionSection, known: KnownAnswers, today: Day): number {
  const at = pagesOf(section, today).findIndex((page) =>
    page.some((question) => {
      const answer = known.get(question.id)?.answer
      return answer === undefined || isUnasked(answer)
    }),
  )
  return Math.max(at, 0)
}

/** Where somebody stopped for today, and what she left for herself. */
export type Resume = { section: string; at: Instant; next: string | null }

/** The place to go on: where the last sheet of this assessment stopped; null where it went on after that. */
export function resumeOf(roundId: string, sheets: readonly KeptSheet[]): Resume | null {
  const last = sheets
    .filter((one) => one.roundId === roundId)
    .sort(byMoment)
    .at(-1)
  return last === undefined || !last.stops ? null : { section: last.section, at: last.at, next: last.next }
}

/** The last moment at which something of this assessment reached the file: what a supervisor has seen up to. */
export function lastSaved(roundId: string, sheets: readonly KeptSheet[]): Instant | null {
  return sheets.reduce<Instant | null>(
    (last, { roundId: of, savedAt }) => (of === roundId && (last === null || savedAt > last) ? savedAt : last),
    null,
  )
}

export function roundState(
  roundId: string,
  sheets: readonly KeptSheet[],
  submissions: readonly KeptSubmission[],
  decisions: readonly KeptDecision[],
): ApprovalState {
  const saved = lastSaved(roundId, sheets)
  return approvalState(
    submissions.filter((one) => one.roundId === roundId),
    decisions,
    ({ seenAt }) => saved !== null && saved > seenAt,
  )
}

/** The sections of an assessment that its hand-in waits for: those everybody on the case can answer. */
export function neededSections(sections: readonly QuestionSection[]): QuestionSection[] {
  return sections.filter(({ step, part, optional }) => step === 'assessment' && part === 'services' && !optional)
}

export function unfinished(
  sections: readonly QuestionSection[],
  roundId: string,
  sheets: readonly KeptSheet[],
  today: Day,
): QuestionSection[] {
  const known = knownAnswers(sheets)
  return neededSections(sections).filter(
    (section) => !['done', 'not_needed'].includes(sectionState(section, roundId, sheets, known, today)),
  )
}
