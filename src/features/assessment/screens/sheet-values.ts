import { type Answered, NonAnswer, type Question } from '../../../core/questions.ts'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { isSettled, type KnownAnswers } from '../sections.ts'

/** What a page says to one question; what was said goes before a way of having no answer. */
export function answerIn(values: FormValues, { id, kind }: Question): Answered {
  const name = `q.${id}`
  const none = pick(NonAnswer.options, one(values, `none.${id}`)) ?? 'not_asked_yet'
  switch (kind) {
    case 'words':
    case 'text': {
      const words = wordsOf(values, name)
      return words === null ? { none } : { words }
    }
    case 'date': {
      const on = dayIn(one(values, name))
      return on === null ? { none } : { on }
    }
    case 'choice':
    case 'choices': {
      const codes = many(values, name).filter((code) => code !== '')
      return codes.length === 0 ? { none } : { codes }
    }
  }
}

/** The answers of a page that say something new: what is known and stands as it was is not said twice. */
export function newAnswers(
  values: FormValues,
  questions: readonly Question[],
  known: KnownAnswers,
): { [question: string]: Answered } {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const before = known.get(question.id)
      const given = answerIn(values, question)
      return before !== undefined && same(before.answer, given) ? [] : [[question.id, given]]
    }),
  )
}

/** Whether a page asks again what is settled. */
export function asksAgain(values: FormValues, questions: readonly Question[], known: KnownAnswers): boolean {
  return Object.keys(newAnswers(values, questions, known)).some((id) => isSettled(known.get(id)))
}

/** The fields of a page from answers: what is known, or what was not accepted and comes back. */
export function valuesOf(answers: { readonly [question: string]: Answered }): FormValues {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => {
      if ('none' in answer) return [`none.${id}`, [answer.none === 'not_asked_yet' ? '' : answer.none]]
      if ('words' in answer) return [`q.${id}`, [answer.words]]
      return [`q.${id}`, 'on' in answer ? [answer.on] : answer.codes]
    }),
  )
}

function same(a: Answered, b: Answered): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The name of the draft of one page, so that words which were not accepted come back to it. */
export function draftOf(caseId: string, section: string, page: number): string {
  return `sheet/${caseId}/${section}/${page}`
}
