import { TALK_SAID } from '../../../core/second-signature.ts'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Text, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  title: string
  alias: string
  /** What a word on the telephone does and does not do to this act. */
  rule: string
  /** Who can sign, as far as this phone knows. */
  people: readonly Option[]
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** The choice for somebody this phone does not know. */
export const SOMEBODY_ELSE = 'else'

/** Whom a worker called for a signature, when, and what was said. */
export function NoteTalk({ speech, title, alias, rule, people, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={title} lead={alias}>
      <Notice>{rule}</Notice>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            {people.length > 0 && (
              <Choice
                name="person"
                label={t('signatures.talk_whom')}
                required
                options={[...people, { value: SOMEBODY_ELSE, label: t('signatures.talk_other') }]}
              />
            )}
            {(people.length === 0 || one(values, 'person') === SOMEBODY_ELSE) && (
              <Text name="who" label={t('signatures.talk_who')} required maxLength={120} />
            )}
            <Choice
              name="said"
              label={t('signatures.talk_said')}
              required
              options={TALK_SAID.map((value) => ({ value, label: t(`signatures.said.${value}`) }))}
            />
            <Words name="words" label={t('signatures.talk_words')} rows={3} maxLength={1000} />
            <When
              name="at"
              label={t('signatures.talk_when')}
              dayLabel={t('signatures.talk_day')}
              timeLabel={t('signatures.talk_time')}
              required
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
