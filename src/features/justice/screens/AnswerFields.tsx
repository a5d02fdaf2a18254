import type { Speech } from '../../../web/language.ts'
import { Choice, Text, When, Words } from '../../../web/ui/Field.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { AnswerState } from '../contact.ts'

type Props = {
  speech: Pick<Speech, 't'>
  /** A `DutyId`; the names of the fields begin with it. */
  id: string
  title: string
  /** What the safeguard asks for, in plain words. */
  rule: string | null
  values: FormValues
  /** A field for what goes with the answer: which basis, which reason. */
  wordsName?: string
  wordsLabel?: string
  today: string
}

/** One safeguard answered: met, not met, or not known yet; who says so and when come only with an answer. */
export function AnswerFields({ speech: { t }, id, title, rule, values, wordsName, wordsLabel, today }: Props) {
  const state = one(values, `${id}.state`)
  const isAnswered = state === 'met' || state === 'not_met'
  return (
    <div className="question">
      <Choice
        name={`${id}.state`}
        label={title}
        required
        across
        {...(rule === null ? {} : { hint: rule })}
        options={AnswerState.options.map((value) => ({ value, label: t(`justice.answer.${value}`) }))}
      />
      {isAnswered && (
        <>
          <Text
            name={`${id}.saidBy`}
            label={t('justice.said_by')}
            hint={t('justice.said_by_hint')}
            required={state === 'not_met'}
          />
          <When
            name={`${id}.at`}
            label={t(state === 'met' ? 'justice.met_when' : 'justice.not_met_when')}
            dayLabel={t('justice.day')}
            timeLabel={t('justice.time')}
            required
            start={{ day: today, time: '' }}
          />
          {wordsName !== undefined && wordsLabel !== undefined && (
            <Words name={wordsName} label={wordsLabel} hint={t('notice.no_intelligence')} rows={2} />
          )}
        </>
      )}
    </div>
  )
}
