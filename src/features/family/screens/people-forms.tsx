import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, type Option, Select, Text, Tick, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { LinkRelation } from '../link.ts'
import { MayBeCalled, PersonRole } from '../person.ts'

type FormProps = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Somebody around the child: what the child calls her, what she is to it, and whether a call does harm. */
export function PersonForm(props: FormProps & { isNew: boolean; relations: Option[]; languages: Option[] }) {
  const { speech, alias, isNew, relations, languages, start, draft, submit } = props
  const { t } = speech
  return (
    <Screen title={t(isNew ? 'family.add_title' : 'family.change_title', { alias })} lead={t('family.form_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <Text name="callName" label={t('family.call_name_field')} required maxLength={80} />
            <Select name="relation" label={t('family.relation')} required options={relations} empty="–" />
            <Choices
              name="roles"
              label={t('family.roles')}
              options={PersonRole.options.map((value) => ({ value, label: t(`family.role.${value}`) }))}
            />
            <Tick name="inHousehold" label={t('family.in_household')} />
            <Text name="phone" label={t('family.phone')} inputMode="numeric" short maxLength={24} />
            <Choice
              name="mayBeCalled"
              label={t('family.may_be_called')}
              hint={t('family.may_be_called_hint')}
              required
              options={MayBeCalled.options.map((value) => ({ value, label: t(`family.called.${value}`) }))}
            />
            {one(values, 'mayBeCalled') !== 'never' && (
              <Text
                name="calledWhen"
                label={t('family.called_when')}
                required={one(values, 'mayBeCalled') === 'at_times'}
                maxLength={300}
              />
            )}
            <Select name="language" label={t('family.language')} options={languages} empty="–" />
            <Words name="about" label={t('family.about')} hint={t('family.about_hint')} rows={2} maxLength={1000} />
            {!isNew && (
              <Choice
                name="state"
                label={t('family.still')}
                required
                options={(['now', 'before'] as const).map((value) => ({ value, label: t(`family.state.${value}`) }))}
              />
            )}
          </>
        )}
      </Form>
    </Screen>
  )
}

/** Asks about another case by its two words; what comes back is an agreement, or nothing. */
export function LinkForm({ speech, alias, start, draft, submit }: FormProps) {
  const { t } = speech
  return (
    <Screen title={t('family.link_title', { alias })} lead={t('family.link_lead')}>
      <Notice>{t('family.link_same_answer')}</Notice>
      <Form speech={speech} button={t('family.link_send')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Text
              name="alias"
              label={t('family.link_alias')}
              hint={t('family.link_alias_hint')}
              required
              maxLength={60}
            />
            <Choice
              name="relation"
              label={t('family.link_relation')}
              required
              options={LinkRelation.options.map((value) => ({ value, label: t(`family.other.${value}`) }))}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}
