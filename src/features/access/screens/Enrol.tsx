import type { Sector } from '../../../core/part.ts'
import type { Speech } from '../../../web/language.ts'
import { type Option, Select, Text, Tick } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'

export type Submit = (values: FormValues) => Promise<FormErrors | null>

/** Sectors that may run a deployment; the database refuses the others. */
const RUNNING: readonly Sector[] = ['child_protection', 'oversight', 'coordination']

/** The first administrator says who she is: nobody is there who could have said it for her. */
export function WhoIsFirst({ speech, submit }: { speech: Speech; submit: Submit }) {
  const { t, find } = speech
  const sectors: Option[] = RUNNING.map((value) => ({ value, label: find(`access.sector.${value}`) ?? value }))
  return (
    <Form speech={speech} button={t('access.go_on')} start={{ sector: ['child_protection'] }} submit={submit}>
      {() => (
        <>
          <Text name="name" label={t('access.name')} required />
          <Text
            name="login"
            label={t('access.login')}
            hint={t('access.login_hint')}
            required
            capitals={false}
            maxLength={40}
          />
          <Text name="office" label={t('access.office_name')} required />
          <Select name="sector" label={t('access.sector')} required options={sectors} empty={t('field.choose')} />
        </>
      )}
    </Form>
  )
}

/** The number that somebody who knows her told her. */
export function SpokenNumber({ speech, submit }: { speech: Speech; submit: Submit }) {
  const { t } = speech
  return (
    <Form speech={speech} button={t('access.go_on')} submit={submit}>
      {() => (
        <Text
          name="code"
          label={t('access.enrol_code')}
          hint={t('access.enrol_code_hint')}
          required
          short
          inputMode="numeric"
          maxLength={12}
        />
      )}
    </Form>
  )
}

/** A passkey of this device; for roles that open doors to others the only key there is. */
export function MakeKey({
  speech: { t },
  make,
  other,
}: {
  speech: Speech
  make: () => void
  /** Leads to the password; null where there is none. */
  other: (() => void) | null
}) {
  return (
    <section className="stack">
      <p>{t('access.enrol_passkey_lead')}</p>
      <div className="row actions">
        <button type="button" className="button" onClick={make}>
          {t('access.enrol_passkey')}
        </button>
        {other !== null && (
          <button type="button" className="button second" onClick={other}>
            {t('access.enrol_password')}
          </button>
        )}
      </div>
    </section>
  )
}

/** A password she chooses and an authenticator app that knows the key; nobody else ever sees either. */
export function ChoosePassword({
  speech,
  login,
  secret,
  uri,
  submit,
}: {
  speech: Speech
  login: string
  secret: string
  uri: string
  submit: Submit
}) {
  const { t } = speech
  return (
    <section className="stack">
      <Notice>
        <p>{t('access.enrol_secret')}</p>
        <p>
          <code className="secret">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
        <p>
          <a className="line" href={uri}>
            {t('access.enrol_open_app')}
          </a>
        </p>
      </Notice>
      <Form speech={speech} button={t('access.enrol_button')} submit={submit}>
        {() => (
          <>
            {/* For the browser's own keeper of passwords: whose this one is. */}
            <input name="username" autoComplete="username" defaultValue={login} readOnly hidden />
            <Text
              name="totp"
              label={t('access.code')}
              hint={t('access.code_hint')}
              required
              short
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
            />
            <Text
              name="password"
              label={t('access.new_password')}
              hint={t('access.new_password_hint')}
              type="password"
              required
              autoComplete="new-password"
            />
            <Tick name="shared" label={t('access.shared')} />
          </>
        )}
      </Form>
    </section>
  )
}
