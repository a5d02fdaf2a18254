/** What is asked in each step: the international questions, and what a country adds to them. */
import * as z from 'zod'
import { CaseStep } from '../core/case-steps.ts'
import type { Code } from '../core/country.ts'
import { AnswerPart, Question, QuestionSection } from '../core/questions.ts'
import { Confidence, Labels, Source } from '../core/safeguard-rule.ts'
import type { Yaml } from './countries.ts'

const { id: Id, ask, kind, about, options } = Question.shape

const WrittenQuestion = z
  .strictObject({
    id: Id,
    ask,
    hint: Labels.optional(),
    kind,
    about: about.default('need'),
    folded: z.boolean().default(false),
    options: options.optional(),
    /** A code list of the pack instead of options written here. */
    list: z.string().min(1).optional(),
    validTo: z.iso.date().optional(),
  })
  .superRefine((question, ctx) => {
    const fault = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    const isChoice = question.kind === 'choice' || question.kind === 'choices'
    const written = question.options ?? []
    if (!isChoice && (written.length > 0 || question.list !== undefined))
      fault('kind', `a question of kind ${question.kind} has no options`)
    if (isChoice && question.list === undefined && written.length < 2)
      fault('kind', 'a choice needs two options at least, or a list')
    if (question.list !== undefined && written.length > 0) fault('list', 'options stand here or in a list, not in both')
    written.forEach((option, at) => {
      if (written.findIndex((other) => other.code === option.code) !== at)
        ctx.addIssue({ code: 'custom', path: ['options', at], message: `the option ${option.code} stands twice` })
    })
  })
type WrittenQuestion = z.infer<typeof WrittenQuestion>

const WrittenSection = z.strictObject({
  id: Id,
  step: CaseStep,
  part: AnswerPart.default('services'),
  title: Labels,
  lead: Labels.optional(),
  optional: z.boolean().default(false),
  questions: z.array(WrittenQuestion).min(1),
})

/** `international/questions.yaml`. */
export const QuestionsFile = z.strictObject({
  version: z.int(),
  confidence: Confidence,
  sources: z.array(Source).min(1),
  sections: z.array(WrittenSection).min(1),
})

/** `<CODE>/questions.yaml`: questions a country adds to a section, and sections of its own. */
export const NationalQuestionsFile = z.strictObject({
  adds: z.array(z.strictObject({ section: Id, questions: z.array(WrittenQuestion).min(1) })).default([]),
  sections: z.array(WrittenSection).default([]),
})

type Files = {
  base: Yaml<z.infer<typeof QuestionsFile>>
  own: Yaml<z.infer<typeof NationalQuestionsFile>> | null
  /** The lists that may go to a phone. */
  lists: { [list: string]: readonly Code[] }
  knownSources: ReadonlySet<string>
}

/** The sections of a pack in their order; a fault names the file, the line and what is wrong. */
export function questionsOf({ base, own, lists, knownSources }: Files): QuestionSection[] {
  base.data.sources.forEach(({ id }, at) => {
    if (!knownSources.has(id)) throw base.fault(['sources', at, 'id'], `sources.yaml has no source ${id}`)
  })
  const taken = new Set<string>()
  const compile = (file: Yaml<unknown>, questions: readonly WrittenQuestion[], path: readonly PropertyKey[]) =>
    questions.map((question, at) => compiled(question, lists, taken, (sentence) => file.fault([...path, at], sentence)))
  const sections = new Map<string, QuestionSection>()
  for (const file of [base, ...(own === null ? [] : [own])])
    file.data.sections.forEach((section, at) => {
      if (sections.has(section.id)) throw file.fault(['sections', at, 'id'], `the section ${section.id} stands twice`)
      const questions = compile(file, section.questions, ['sections', at, 'questions'])
      mustBeStrengthsFirst(questions, (nth, sentence) => file.fault(['sections', at, 'questions', nth], sentence))
      sections.set(section.id, { ...section, lead: section.lead ?? null, questions })
    })
  own?.data.adds.forEach(({ section, questions }, at) => {
    const to = sections.get(section)
    if (to === undefined) throw own.fault(['adds', at, 'section'], `there is no section ${section}`)
    const added = compile(own, questions, ['adds', at, 'questions'])
    sections.set(section, { ...to, questions: inOrder([...to.questions, ...added]) })
  })
  return [...sections.values()]
}

function compiled(
  { list, options: written = [], hint, validTo, ...question }: WrittenQuestion,
  lists: Files['lists'],
  taken: Set<string>,
  fault: (sentence: string) => Error,
): Question {
  if (taken.has(question.id))
    throw fault(`the question ${question.id} stands twice; close one with validTo, never reuse it`)
  taken.add(question.id)
  const codes = list === undefined ? null : lists[list]
  if (codes === undefined) throw fault(`there is no list ${list ?? ''} that may go to a phone`)
  const fromList = codes?.filter((one) => one.validTo === null).map(({ code, label }) => ({ code, label }))
  return { ...question, options: fromList ?? written, hint: hint ?? null, validTo: validTo ?? null }
}

/** Strengths and wishes are asked before needs: what a country adds falls into its place. */
function inOrder(questions: readonly Question[]): Question[] {
  const isNeed = (question: Question) => question.about === 'need'
  return [...questions.filter((one) => !isNeed(one)), ...questions.filter(isNeed)]
}

function mustBeStrengthsFirst(questions: readonly Question[], fault: (at: number, sentence: string) => Error): void {
  const firstNeed = questions.findIndex((one) => one.about === 'need')
  const late = questions.findIndex((one, at) => one.about !== 'need' && firstNeed !== -1 && at > firstNeed)
  if (late !== -1)
    throw fault(late, `strengths and wishes are asked before needs: ${questions[late]?.id ?? ''} stands after a need`)
}
