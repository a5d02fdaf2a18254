import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Select, Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  /** How long this phone holds what; null where it holds nothing. */
  held: { met: string; packs: string; cards: string } | null
  /** Tells the office before leaving; needs a line. */
  tell: (values: FormValues) => Promise<FormErrors | null>
  /** The number her supervisor asks for; null until it is there. */
  number: string | null
  enter: (values: FormValues) => Promise<FormErrors | null>
  /** What was done on this page. */
  done: string | null
  /** For whoever supervises people: whom she may give a code, and until when they have told that they are away. */
  people: readonly Option[]
  give: (values: FormValues) => Promise<string | FormErrors>
}

/** Days without signal: told before leaving, or lengthened on the telephone. */
export function Lease({ speech, held, tell, number, enter, done, people, give }: Props) {
  const { t } = speech
  return (
    <Screen title={t('phone.lease')} lead={t('phone.lease_lead')} plain>
      {done !== null && (
        <Notice tone="ok" live>
          {done}
        </Notice>
      )}
      {held === null && people.length === 0 && <p>{t('access.device_keeps_nothing')}</p>}
      {held !== null && (
        <>
          <dl className="facts card">
            {(['met', 'packs', 'cards'] as const).map((name) => (
              <div key={name}>
                <dt>{t(`phone.lease_${name}`)}</dt>
                <dd>{held[name]}</dd>
              </div>
            ))}
          </dl>
          <section className="group">
            <h2>{t('phone.trip')}</h2>
            <Form speech={speech} button={t('phone.trip_tell')} start={{ days: ['21'] }} submit={tell}>
              {() => (
                <Choice
                  name="days"
                  label={t('phone.trip_days')}
                  required
                  across
                  options={['21', '30'].map((value) => ({ value, label: t('phone.days', { count: Number(value) }) }))}
                />
              )}
            </Form>
          </section>
          {number !== null && (
            <section className="group">
              <h2>{t('phone.spoken')}</h2>
              <div className="stack">
                <p>{t('phone.spoken_lead')}</p>
                <p className="figure" dir="ltr">
                  {grouped(number)}
                </p>
                <Form key={number} speech={speech} button={t('phone.spoken_enter')} submit={enter}>
                  {() => (
                    <Text
                      name="code"
                      label={t('phone.spoken_code')}
                      inputMode="numeric"
                      short
                      required
                      maxLength={12}
                    />
                  )}
                </Form>
              </div>
            </section>
          )}
        </>
      )}
      {people.length > 0 && <Give speech={speech} people={people} give={give} />}
    </Screen>
  )
}

function Give({ speech, people, give }: Pick<Props, 'speech' | 'people' | 'give'>) {
  const { t } = speech
  const [code, setCode] = useState<string | null>(null)
  return (
    <section className="group">
      <h2>{t('phone.give')}</h2>
      <div className="stack">
        <p>{t('phone.give_lead')}</p>
        <Form
          speech={speech}
          button={t('phone.give_button')}
          submit={async (values) => {
            const said = await give(values)
            setCode(typeof said === 'string' ? said : null)
            return typeof said === 'string' ? null : said
          }}
        >
          {() => (
            <>
              <Select
                name="personId"
                label={t('phone.give_whom')}
                options={people}
                empty={t('field.choose')}
                required
              />
              <Text name="number" label={t('phone.give_number')} inputMode="numeric" short required maxLength={8} />
            </>
          )}
        </Form>
        {code !== null && (
          <Notice tone="ok" live>
            {t('phone.give_code')}{' '}
            <b className="figure" dir="ltr">
              {grouped(code)}
            </b>
          </Notice>
        )}
      </div>
    </section>
  )
}

/** Digits as people say them: a few at a time. */
export function grouped(digits: string): string {
  return digits.replaceAll(/(\d{2})(?=\d)/g, '$1 ')
}

/** What somebody typed who wrote them in groups. */
export function digitsOf(values: FormValues, name: string): string {
  return one(values, name).replaceAll(/\D/g, '')
}
