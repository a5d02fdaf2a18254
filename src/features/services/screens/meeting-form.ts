import type { Day } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import type { Said } from '../../../web/ui/Facts.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import type { Came } from '../service.ts'
import { Afraid, type Meeting, MeetingOutcome, TookPart, Yes } from '../meeting.ts'

/** A talk as its form holds it, or the field that is still to be answered. */
export function readMeeting(values: FormValues): { meeting: Meeting } | { lacks: string } {
  const afraid = pick(Afraid.options, one(values, 'afraid'))
  const together = pick(['yes', 'no'] as const, one(values, 'isTogether'))
  const childYes = pick(Yes.options, one(values, 'childYes'))
  const carerYes = pick(Yes.options, one(values, 'carerYes'))
  const outcome = pick(MeetingOutcome.options, one(values, 'outcome'))
  if (afraid === null) return { lacks: 'afraid' }
  if (together === null) return { lacks: 'isTogether' }
  if (childYes === null) return { lacks: 'childYes' }
  if (carerYes === null) return { lacks: 'carerYes' }
  if (outcome === null) return { lacks: 'outcome' }
  const meeting = {
    afraid,
    isTogether: together === 'yes',
    tookPart: TookPart.options.filter((each) => many(values, 'tookPart').includes(each)),
    childYes,
    carerYes,
    ledBy: wordsOf(values, 'ledBy'),
    said: one(values, 'said'),
    answered: wordsOf(values, 'answered'),
    agreed: wordsOf(values, 'agreed'),
    next: wordsOf(values, 'next'),
    nextOn: dayIn(one(values, 'nextOn')),
    outcome,
  }
  return { meeting }
}

/** How a session went: of a talk nobody says that the child was there, for it may have been with others alone. */
export function cameText({ t }: Pick<Speech, 't'>, came: Came, isTalk: boolean): string {
  return isTalk && came !== 'given' && came !== 'was_not_held' ? t(`services.met.${came}`) : t(`services.came.${came}`)
}

/** A talk as it is read again, line by line. */
export function meetingFacts({ t }: Speech, of: Meeting, dayText: (day: Day) => string): Said[] {
  const facts: [label: string, text: string | null][] = [
    [t('services.afraid'), t(`services.afraid.${of.afraid}`)],
    [t('services.together'), t(`services.together.${of.isTogether ? 'yes' : 'no'}`)],
    [t('services.took_part'), of.tookPart.map((each) => t(`services.took_part.${each}`)).join(' · ')],
    [t('services.child_yes'), t(`services.yes.${of.childYes}`)],
    [t('services.carer_yes'), t(`services.yes.${of.carerYes}`)],
    [t('services.led_by'), of.ledBy],
    [t('services.meeting_said'), of.said],
    [t('services.meeting_answered'), of.answered],
    [t('services.meeting_agreed'), of.agreed],
    [t('services.meeting_outcome'), t(`services.meeting_outcome.${of.outcome}`)],
    [
      t('services.meeting_next'),
      [of.next ?? '', of.nextOn === null ? '' : dayText(of.nextOn)].filter(Boolean).join(' · '),
    ],
  ]
  return facts.flatMap(([label, text]) => ((text ?? '') === '' ? [] : [{ label, text: text ?? '' }]))
}
