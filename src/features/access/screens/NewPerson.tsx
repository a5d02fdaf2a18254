import type { Speech } from '../../../web/language.ts'
import { type Option, Select, Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  offices: readonly Option[]
  /** The roles a body of this office's kind may have at all. */
  rolesOf: (officeId: string) => readonly Option[]
  languages: readonly Option[]
  start: FormValues
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** An account before it has a key: nobody can sign in with it yet, not even who made it. */
export function NewPerson({ speech, offices, rolesOf, languages, start, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('access.person_new')} lead={t('access.person_new_lead')}>
      <Form speech={speech} button={t('access.add')} start={start} submit={submit}>
        {(values) => (
          <>
            <Text name="name" label={t('access.name')} required maxLength={120} />
            <Text
              name="login"
              label={t('access.login')}
              hint={t('access.login_hint')}
              required
              capitals={false}
              maxLength={40}
            />
            <Select name="orgId" label={t('access.office')} required options={offices} empty={t('field.choose')} />
            <Select
              name="role"
              label={t('access.role')}
              required
              options={rolesOf(one(values, 'orgId'))}
              empty={t('field.choose')}
            />
            <Select
              name="language"
              label={t('access.language')}
              required
              options={languages}
              empty={t('field.choose')}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
