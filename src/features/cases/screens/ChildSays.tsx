import { NonAnswer } from '../../../core/questions.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, Words } from '../../../web/ui/Field.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'

type Props = {
  speech: Speech
  values: FormValues
  label: string
  hint: string
  /** Where not having asked is no answer, it is not offered. */
  silences?: readonly NonAnswer[]
}

/** The child's own words beside a decision, with the day they were said; where there are none, why. */
export function ChildSays({ speech: { t }, values, label, hint, silences = NonAnswer.options }: Props) {
  return (
    <div className="voice stack">
      <Words name="childSays" label={label} hint={hint} maxLength={2000} />
      {one(values, 'childSays') === '' ? (
        <Choice
          name="childSilent"
          label={t('cases.child_silent')}
          options={silences.map((value) => ({ value, label: t(`cases.silent.${value}`) }))}
        />
      ) : (
        <OnDay name="childSaidOn" label={t('cases.child_said_on')} />
      )}
    </div>
  )
}
