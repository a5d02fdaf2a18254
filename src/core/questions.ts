import * as z from 'zod'
import { CaseStep } from './case-steps.ts'
import { Labels } from './safeguard-rule.ts'
import { words } from './schema.ts'
import { Day } from './time.ts'

/** The parts in which answers lie; a section lies in one, so that one operation and one table hold it. */
export const AnswerPart = z.enum(['services', 'narrative', 'health'])
export type AnswerPart = z.infer<typeof AnswerPart>

const Id = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)

/** One question of a country pack: what is asked, how it is answered, and whether it is about a strength, a wish or a need. */
export const Question = z.strictObject({
  id: Id,
  ask: Labels,
  hint: Labels.nullable(),
  kind: z.enum(['words', 'text', 'choice', 'choices', 'date']),
  about: z.enum(['strength', 'wish', 'need']),
  /** May hold details of harm: the answer stays closed until somebody opens it. */
  folded: z.boolean(),
  options: z.array(z.strictObject({ code: z.string().regex(/^[a-z0-9_]{1,40}$/), label: Labels })),
  /** A question is never deleted; after this day it is not asked any more. */
  validTo: z.iso.date().nullable(),
})
export type Question = z.infer<typeof Question>

/** What is asked together, in one step of a case. */
export const QuestionSection = z.strictObject({
  id: Id,
  step: CaseStep,
  part: AnswerPart,
  title: Labels,
  lead: Labels.nullable(),
  /** Nothing waits for it: whoever may answer it does, or nobody. */
  optional: z.boolean(),
  questions: z.array(Question).min(1),
})
export type QuestionSection = z.infer<typeof QuestionSection>

/** Three ways of having no answer; each is kept as what it is. */
export const NonAnswer = z.enum(['not_asked_yet', 'no_answer', 'not_known'])
export type NonAnswer = z.infer<typeof NonAnswer>

/** An answer as it is kept: something said, in the form its question wants, or one of three ways of having none. */
export const Answered = z.union([
  z.strictObject({ none: NonAnswer }),
  z.strictObject({ words: words(4000) }),
  z.strictObject({ codes: z.array(z.string().max(40).meta({ class: 'C2' })).max(40) }),
  z.strictObject({ on: Day }),
])
export type Answered = { none: NonAnswer } | { words: string } | { codes: string[] } | { on: Day }

/** Whether an answer is of the form its question asks for. */
export function fitsQuestion({ kind, options }: Question, answer: Answered): boolean {
  if ('none' in answer) return true
  if ('words' in answer) return answer.words !== '' && (kind === 'words' || kind === 'text')
  if ('on' in answer) return kind === 'date'
  const isKnown = answer.codes.every((code) => options.some((one) => one.code === code))
  return isKnown && (kind === 'choices' || (kind === 'choice' && answer.codes.length === 1))
}

/** Whether a question is still put to somebody on this day; what was answered before stays shown. */
export function isAsked({ validTo }: Question, today: Day): boolean {
  return validTo === null || today <= validTo
}
