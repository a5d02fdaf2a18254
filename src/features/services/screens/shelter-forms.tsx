import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { SHEET_LINES } from '../care-sheet.ts'
import { EntryKind, Shift } from '../shelter-entry.ts'

type Props = {
  speech: Speech
  alias: string
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** What a shelter must know: line by line, most of them left out where nothing is to be said. */
export function CareSheetForm({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('services.sheet_title', { alias })} lead={t('services.sheet_form_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <Text name="calledName" label={t('services.sheet_called')} maxLength={80} />
            <Words
              name="childSays"
              label={t('services.sheet_says')}
              hint={t('services.sheet_says_hint')}
              rows={2}
              maxLength={2000}
            />
            <OnDay name="childSaidOn" label={t('services.child_said_on')} />
            {SHEET_LINES.map((line) => (
              <Words
                key={line}
                name={line}
                label={t(`services.sheet.${line}`)}
                hint={t(`services.sheet_hint.${line}`)}
                required={line === 'callFirst'}
                rows={2}
                maxLength={line === 'speaks' ? 200 : line === 'callFirst' ? 500 : 1000}
              />
            ))}
          </>
        )}
      </Form>
    </Screen>
  )
}

/** One entry of the day log: which shift, what it is about, how it was, what the next shift must know. */
export function EntryForm({ speech, alias, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('services.entry_title', { alias })} lead={t('services.entry_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => (
          <>
            <OnDay name="onDay" label={t('services.on_day')} required />
            <Choice
              name="shift"
              label={t('services.shift')}
              required
              across
              options={Shift.options.map((value) => ({ value, label: t(`services.shift.${value}`) }))}
            />
            <Choice
              name="kind"
              label={t('services.entry_kind')}
              required
              options={EntryKind.options.map((value) => ({ value, label: t(`services.entry.${value}`) }))}
            />
            <Words
              name="howItWas"
              label={t('services.how_it_was')}
              hint={t('services.how_it_was_hint')}
              required
              maxLength={2000}
            />
            {one(values, 'kind') === 'incident' && (
              <Words
                name="told"
                label={t('services.told')}
                hint={t('services.told_hint')}
                required
                rows={2}
                maxLength={500}
              />
            )}
            <Words name="childSays" label={t('services.entry_says')} rows={2} maxLength={1000} />
            <Words name="forNext" label={t('services.for_next')} rows={2} maxLength={1000} />
          </>
        )}
      </Form>
    </Screen>
  )
}
