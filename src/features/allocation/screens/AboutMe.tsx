import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, type Option } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { WorkerSays } from '../wish.ts'

type Props = {
  speech: Speech
  languages: readonly Option[]
  /** Null until it is there. */
  start: FormValues | null
  draft: DraftKeeper
  problem: string | null
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** What a worker says of herself, so that a child's wish can be met. */
export function AboutMe({ speech, languages, start, draft, problem, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('allocation.about_me')} lead={t('allocation.about_me_lead')}>
      {problem !== null && <p role="status">{problem}</p>}
      {start === null && problem === null && <p role="status">{t('wait')}</p>}
      {start !== null && (
        <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
          {() => (
            <>
              <Choices name="languages" label={t('allocation.i_speak')} across options={languages} />
              <Choice
                name="gender"
                label={t('allocation.i_am')}
                across
                options={WorkerSays.shape.gender.options.map((value) => ({
                  value,
                  label: t(`allocation.gender.${value}`),
                }))}
              />
            </>
          )}
        </Form>
      )}
    </Screen>
  )
}
