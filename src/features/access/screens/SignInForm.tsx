import type { Speech } from '../../../web/language.ts'
import { Text, Tick } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'

type Props = {
  speech: Speech
  byPasskey: () => void
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** The door of a real office: a passkey first, a password with a code second, and no list of who works here. */
export function SignInForm({ speech, byPasskey, submit }: Props) {
  const { t } = speech
  return (
    <>
      <section className="stack">
        <div>
          <button type="button" className="button" onClick={byPasskey}>
            {t('access.passkey_sign_in')}
          </button>
        </div>
        <p className="small">{t('access.passkey_about')}</p>
      </section>
      <section className="stack">
        <h2>{t('access.or_password')}</h2>
        <Form speech={speech} button={t('access.sign_in')} submit={submit}>
          {() => (
            <>
              <Text name="login" label={t('access.login')} required capitals={false} autoComplete="username" />
              <Text
                name="password"
                label={t('access.password')}
                type="password"
                required
                autoComplete="current-password"
              />
              <Text
                name="code"
                label={t('access.code')}
                hint={t('access.code_hint')}
                required
                short
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={8}
              />
              <Tick name="shared" label={t('access.shared')} />
            </>
          )}
        </Form>
      </section>
    </>
  )
}
