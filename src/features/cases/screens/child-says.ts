import type { ChildVoice } from '../../../core/child-voice.ts'
import { NonAnswer } from '../../../core/questions.ts'
import type { Day } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'

/** What a form holds of the child's own words. */
export function readChildSays(values: FormValues): ChildVoice {
  const childSays = wordsOf(values, 'childSays')
  return {
    childSays,
    childSaidOn: childSays === null ? null : dayIn(one(values, 'childSaidOn')),
    childSilent: childSays === null ? pick(NonAnswer.options, one(values, 'childSilent')) : null,
  }
}

/** The field a form must still ask for; null where the words have their day, or it is said why there are none. */
export function childSaysLacks({ childSays, childSaidOn, childSilent }: ChildVoice): string | null {
  if (childSays !== null) return childSaidOn === null ? 'childSaidOn' : null
  return childSilent === null ? 'childSilent' : null
}

/** The child's words with their day, or why there are none; null for a row from before anybody asked. */
export function childSaysText({ t }: Speech, said: Partial<ChildVoice>, dayText: (day: Day) => string): string | null {
  if ((said.childSays ?? '') !== '') {
    const day = (said.childSaidOn ?? null) === null ? '' : ` · ${dayText(said.childSaidOn as Day)}` // just asked
    return `“${said.childSays}”${day}`
  }
  const silent = said.childSilent ?? null
  return silent === null ? null : t(`cases.silent.${silent}`)
}
