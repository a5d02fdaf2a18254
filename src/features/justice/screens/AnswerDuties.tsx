import type { Speech } from '../../../web/language.ts'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { AnswerFields } from './AnswerFields.tsx'

type Props = {
  speech: Speech
  title: string
  lead: string
  duties: readonly { id: string; title: string; rule: string | null }[]
  today: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** One call, all answers: each safeguard met, not met, or still not known. */
export function AnswerDuties({ speech, title, lead, duties, today, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={title} lead={lead}>
      <Form speech={speech} button={t('justice.save')} start={start} draft={draft} submit={submit}>
        {(values) =>
          duties.map((duty) => (
            <AnswerFields
              key={duty.id}
              speech={speech}
              id={duty.id}
              title={duty.title}
              rule={duty.rule}
              values={values}
              today={today}
              wordsName={`${duty.id}.words`}
              wordsLabel={t('justice.answer_words')}
            />
          ))
        }
      </Form>
    </Screen>
  )
}
