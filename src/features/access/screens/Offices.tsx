import type { Speech } from '../../../web/language.ts'
import { type Option, Select, Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Submit = (values: FormValues) => Promise<FormErrors | null>
export type OfficeRow = {
  id: string
  name: string
  about: string
  /** Whether children's files are kept there, so that somebody must be able to sign. */
  hasRoster: boolean
  teams: readonly { id: string; name: string }[]
}

/** Offices and their teams. */
export function Offices({
  speech: { t },
  offices,
  mayAdd,
  problem,
}: {
  speech: Speech
  offices: readonly OfficeRow[]
  mayAdd: boolean
  problem: string | null
}) {
  return (
    <Screen title={t('access.offices')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {mayAdd && (
        <div className="actions">
          <To href="/admin/offices/new" className="button">
            {t('access.office_new')}
          </To>
        </div>
      )}
      <ul className="plain stack">
        {offices.map(({ id, name, about, teams, hasRoster }) => (
          <li key={id} className="card stack">
            <div>
              <h2>{name}</h2>
              <p className="small">{about}</p>
            </div>
            <ul className="plain">
              {teams.map((team) => (
                <li key={team.id}>{team.name}</li>
              ))}
            </ul>
            {mayAdd && (
              <To href={`/admin/offices/${id}/team`} className="line">
                {t('access.team_new')}
              </To>
            )}
            {hasRoster && (
              <To href={`/admin/offices/${id}/roster`} className="line">
                {t('access.roster')}
              </To>
            )}
          </li>
        ))}
      </ul>
    </Screen>
  )
}

/** A new office; what it is for decides for good what its people may ever see. */
export function NewOffice({
  speech,
  sectors,
  regions,
  submit,
}: {
  speech: Speech
  sectors: readonly Option[]
  regions: readonly Option[]
  submit: Submit
}) {
  const { t } = speech
  return (
    <Screen title={t('access.office_new')}>
      <Form speech={speech} button={t('access.add')} submit={submit}>
        {() => (
          <>
            <Text name="name" label={t('access.office_name')} required maxLength={120} />
            <Select
              name="sector"
              label={t('access.sector')}
              hint={t('access.sector_hint')}
              required
              options={sectors}
              empty={t('field.choose')}
            />
            <Select name="region" label={t('access.region')} options={regions} empty={t('access.region_none')} />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** A team of an office. */
export function NewTeam({ speech, office, submit }: { speech: Speech; office: string; submit: Submit }) {
  const { t } = speech
  return (
    <Screen title={t('access.team_new')} lead={office}>
      <Form speech={speech} button={t('access.add')} submit={submit}>
        {() => <Text name="name" label={t('access.team_name')} required maxLength={120} />}
      </Form>
    </Screen>
  )
}
