import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Select, Text, Tick, When } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  /** Where one looks first whether the child has a case already. */
  known: ReactNode
  regions: Option[]
  authorities: Option[]
  teams: Option[]
  sexes: Option[]
  ages: Option[]
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** Clock before file: four answers make an alias and running clocks; everything else is asked later. */
export function NewCase(props: Props) {
  const { speech } = props
  const { t } = speech
  return (
    <Screen title={t('justice.new_case')} lead={t('justice.new_case_lead')}>
      {props.known}
      <Form
        speech={speech}
        button={t('justice.new_case_button')}
        start={props.start}
        draft={props.draft}
        submit={props.submit}
      >
        {(values) => <Fields {...props} values={values} />}
      </Form>
    </Screen>
  )
}

function Fields({ speech: { t }, regions, authorities, teams, sexes, ages, values }: Props & { values: FormValues }) {
  const held = one(values, 'held')
  const empty = t('field.choose')
  return (
    <>
      <Choice
        name="held"
        label={t('justice.held_question')}
        required
        options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`justice.held.${value}`) }))}
      />
      {held === 'yes' && (
        <>
          <When
            name="at"
            label={t('justice.when.first_custody')}
            hint={t('justice.first_by_anyone')}
            required
            dayLabel={t('justice.day')}
            timeLabel={t('justice.time')}
          />
          <Select name="authority" label={t('justice.held_by')} required options={authorities} empty={empty} />
          <Text name="heldAt" label={t('justice.where')} hint={t('justice.where_hint')} maxLength={300} />
          <Text name="toldBy" label={t('justice.caller')} hint={t('justice.told_by_hint')} maxLength={300} />
        </>
      )}
      {held !== '' && (
        <>
          <Select name="region" label={t('justice.region')} required options={regions} empty={empty} />
          {teams.length > 1 && <Select name="team" label={t('justice.team')} required options={teams} empty={empty} />}
          <details open={held === 'no'}>
            <summary>{t('justice.about_child')}</summary>
            <div className="stack">
              <Choice name="sex" label={t('justice.sex')} options={sexes} across />
              <Choice name="ageBand" label={t('justice.age')} options={ages} across />
              <Tick name="threatened" label={t('justice.threatened')} />
            </div>
          </details>
        </>
      )}
    </>
  )
}
