import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import type { Instant } from '../../core/time.ts'

export const QuestionId = z.uuid().brand<'QuestionId'>()

/** Whom a question is put to; whoever may open the case can read it and answer. */
export const ForWhom = z.enum(['worker', 'supervisor', 'anybody'])
export type ForWhom = z.infer<typeof ForWhom>

/** A question about a child's case, or an answer to one: a fact that stands in the file and nowhere outside it. */
export const CaseQuestion = thing(
  { part: 'case', class: 'C1', keep: 'case', purpose: 'casework', fieldId: 70, table: 'case_question' },
  { id: QuestionId, caseId: CaseId, answers: QuestionId.nullable(), forWhom: ForWhom, words: words(2000) },
)
export type CaseQuestion = { id: string; caseId: string; answers: string | null; forWhom: ForWhom; words: string }

/** One as it is read: with who wrote it, and when. */
export type ReadQuestion = CaseQuestion & { at: Instant; writtenBy: string; writtenByName: string | null }

/** A question with its answers, oldest first. */
export type Thread = { question: ReadQuestion; answers: ReadQuestion[] }

/** What was asked about a case; what nobody has answered yet stands first, and of two the later one. */
export function threadsOf(all: readonly ReadQuestion[]): Thread[] {
  return all
    .filter((one) => one.answers === null)
    .map((question) => ({
      question,
      answers: all.filter((one) => one.answers === question.id).sort((a, b) => (a.at < b.at ? -1 : 1)),
    }))
    .sort(
      (a, b) => Number(a.answers.length > 0) - Number(b.answers.length > 0) || (a.question.at < b.question.at ? 1 : -1),
    )
}
