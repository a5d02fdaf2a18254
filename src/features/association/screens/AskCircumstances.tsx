import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, type Option, Select, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  lists: { circumstances: Option[]; roles: Option[]; waysOut: Option[] }
  /** What belongs to this part lies on no device, not even sealed. */
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/**
 * Asked of girls and of boys alike, in the same words, and of no child twice. Nothing here is needed for any help, and
 * nothing asks for names, places, weapons or what somebody believes.
 */
export function AskCircumstances({ speech, alias, lists, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('association.add_title', { alias })} lead={t('association.add_lead')}>
      <Notice>
        <p>{t('association.everybody')}</p>
        <p>{t('association.never')}</p>
      </Notice>
      <Form speech={speech} button={t('save.button')} draft={draft} submit={submit}>
        {() => (
          <>
            <Choice
              name="saidBy"
              label={t('association.said_by')}
              required
              options={(['child', 'family', 'authority', 'worker'] as const).map((value) => ({
                value,
                label: t(`association.said_by.${value}`),
              }))}
            />
            <Choices
              name="circumstances"
              label={t('association.circumstances')}
              hint={t('association.circumstances_hint')}
              options={lists.circumstances}
            />
            <Choices
              name="roles"
              label={t('association.roles')}
              hint={t('association.roles_hint')}
              options={lists.roles}
            />
            <Select name="wayOut" label={t('association.way_out')} options={lists.waysOut} empty={t('field.choose')} />
            <Words name="childSays" label={t('association.child_says')} hint={t('notice.no_intelligence')} />
            <Words name="helpNeeded" label={t('association.help')} hint={t('association.help_hint')} />
          </>
        )}
      </Form>
    </Screen>
  )
}
