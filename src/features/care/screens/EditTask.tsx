import type { Speech } from '../../../web/language.ts'
import { Choice, OnDay, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { TaskState, WaitsFor } from '../task.ts'

type Props = {
  speech: Speech
  alias: string
  isNew: boolean
  /** Who else works on the case; null where this device cannot know it now. */
  owners: readonly Option[] | null
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Begins a task, moves it, or ends it: done, or cancelled with a reason. */
export function EditTask({ speech, alias, isNew, owners, start, draft, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t(isNew ? 'care.task_new' : 'care.task_title', { alias })}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const state = one(values, 'state')
          return (
            <>
              {!isNew && (
                <Choice
                  name="state"
                  label={t('care.task_how')}
                  required
                  options={TaskState.options.map((value) => ({ value, label: t(`care.task.${value}`) }))}
                />
              )}
              {state !== 'open' && (
                <Words
                  name="outcome"
                  label={t(state === 'cancelled' ? 'care.task_reason' : 'care.task_outcome')}
                  required={state === 'cancelled'}
                  rows={2}
                  maxLength={1000}
                />
              )}
              <Text name="title" label={t('care.task_what')} hint={t('care.task_what_hint')} required />
              <OnDay
                name="dueOn"
                label={t(one(values, 'waitsFor') === '' ? 'care.task_due' : 'care.task_ask_again')}
                required
              />
              <Select
                name="waitsFor"
                label={t('care.task_waits')}
                hint={t('care.task_waits_hint')}
                empty={t('care.waits_nobody')}
                options={WaitsFor.options.map((value) => ({ value, label: t(`care.waits.${value}`) }))}
              />
              {owners !== null && owners.length > 0 && (
                <Select name="ownerId" label={t('care.task_owner')} empty={t('care.task_owner_me')} options={owners} />
              )}
            </>
          )
        }}
      </Form>
    </Screen>
  )
}
