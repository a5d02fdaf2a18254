import type { CaseStep } from '../../../core/case-steps.ts'
import type { Instant } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import type { StepNeed } from '../steps.ts'

/** What a step lacks, who must act and by when, in one line. */
export function needText(
  { need, who, dueAt, count }: StepNeed,
  speech: Speech,
  timeZone: string,
  now: Instant,
): string {
  const { t } = speech
  const what = t(`assessment.need.${need}`, { count })
  // Nobody is late with what may not be done yet.
  if (need === 'not_yet') return what
  if (dueAt === null) return `${what} ${t(`assessment.who.${who}`)}`
  return `${what} ${t(`assessment.who_by.${who}`, { when: momentText(speech, dueAt, timeZone, now) })}`
}

/** Where that work is done. */
export function needHref(
  caseId: string,
  step: CaseStep,
  { need, firstStep }: Pick<StepNeed, 'need' | 'firstStep'>,
): string | null {
  const at = (path: string) => `/cases/${caseId}/${path}`
  switch (need) {
    case 'first_steps':
      return at(`start/${firstStep ?? 'safe_now'}`)
    case 'risk':
      return at('safety/new')
    case 'first_contact':
    case 'contact':
      return at('note')
    case 'begin':
    case 'sections':
    case 'hand_in':
    case 'returned':
    case 'approval':
      return at(step === 'plan' ? 'plan' : 'assessment')
    case 'write_plan':
    case 'no_action':
    case 'actions':
      return at('plan')
    case 'goals_met':
      return at('close')
    case 'questions':
      return at(`questions/${step}`)
    case 'not_yet':
      return null
  }
}
