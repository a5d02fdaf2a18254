import type { Answered, Question } from '../../../core/questions.ts'
import { type Instant, startOfDay } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'
import type { KnownAnswer } from '../sections.ts'

type Around = { speech: Speech; timeZone: string; now: Instant }

/** An answer in words: what was said, or which of the three ways of having none. */
export function answerText({ options }: Pick<Question, 'options'>, answer: Answered, around: Around): string {
  const { speech, timeZone, now } = around
  if ('none' in answer) return speech.t(`assessment.none.${answer.none}`)
  if ('words' in answer) return answer.words
  if ('on' in answer) return dayText(speech, startOfDay(answer.on, timeZone), timeZone, now)
  if (answer.codes.length === 0) return speech.t('assessment.none_of_these')
  return answer.codes
    .map((code) => {
      const found = options.find((one) => one.code === code)
      return found === undefined ? code.replaceAll('_', ' ') : speech.label(found.label)
    })
    .join(' · ')
}

/** Who said it and when: stands beside everything that is known. */
export function whoText(
  { toldBy, at, writtenByName }: Pick<KnownAnswer, 'toldBy' | 'at' | 'writtenByName'>,
  around: Around,
): string {
  const { speech, timeZone, now } = around
  const who = speech.t(`assessment.told_by.${toldBy}`)
  const when = dayText(speech, at, timeZone, now)
  return writtenByName === null
    ? speech.t('assessment.known_from', { who, when })
    : speech.t('assessment.known_by', { who, when, name: writtenByName })
}
