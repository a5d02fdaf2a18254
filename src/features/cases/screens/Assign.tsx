import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  workers: readonly Option[] | null
  teams: readonly Option[]
  /** Who is away and is not offered it. */
  away: ReactNode
  start: FormValues
  draft: DraftKeeper
  problem: string | null
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** A supervisor gives a case to a worker and a team; whoever had it before no longer sees it. */
export function Assign({ speech, alias, workers, teams, away, start, draft, problem, submit }: Props) {
  const { t } = speech
  return (
    <Screen title={t('cases.assign_title', { alias })} lead={t('cases.assign_lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {workers !== null && (
        <Form speech={speech} button={t('cases.assign_button')} start={start} draft={draft} submit={submit}>
          {() => (
            <>
              <Choice name="personId" label={t('cases.assign_worker')} required options={workers} />
              {away}
              <Choice name="teamId" label={t('cases.assign_team')} required options={teams} />
            </>
          )}
        </Form>
      )}
    </Screen>
  )
}
