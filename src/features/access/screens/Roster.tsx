import type { Speech } from '../../../web/language.ts'
import { OnDay, type Option, Select } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { Outcome } from './Outcome.tsx'

export type RosterLine = {
  id: string
  name: string
  organisation: string
  days: string
  /** Null where it waits for a second person, who says yes on the first page. */
  takeOff: (() => void) | null
}

type Props = {
  speech: Speech
  office: string
  lines: readonly RosterLine[]
  problem: string | null
  said: string | null
  /** Null where nobody of another office can be put there. */
  add: {
    people: readonly Option[]
    start: FormValues
    submit: (values: FormValues) => Promise<FormErrors | null>
  } | null
}

/** Who of another office is called for the signatures of this one when it has nobody, or all of it is silent. */
export function Roster({ speech, office, lines, problem, said, add }: Props) {
  const { t } = speech
  return (
    <Screen title={t('access.roster')} lead={office}>
      <Outcome problem={problem} said={said} />
      <p className="small">{t('access.roster_lead')}</p>
      {lines.length === 0 && <p>{t('access.roster_none')}</p>}
      <ul className="plain stack">
        {lines.map(({ id, name, organisation, days, takeOff }) => (
          <li key={id} className="card stack">
            <div>
              <h2>{name}</h2>
              <p className="small">{organisation}</p>
              <p className="small">{days}</p>
            </div>
            {takeOff === null ? (
              <Status tone="due">{t('access.waits')}</Status>
            ) : (
              <div className="row">
                <button type="button" className="button second small-target" onClick={takeOff}>
                  {t('access.roster_take_off')}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {add === null ? (
        <p className="small">{t('access.roster_nobody')}</p>
      ) : (
        <section className="group stack">
          <h2>{t('access.roster_new')}</h2>
          <Form speech={speech} button={t('access.roster_ask')} start={add.start} submit={add.submit}>
            {() => (
              <>
                <Select
                  name="personId"
                  label={t('access.roster_person')}
                  hint={t('access.roster_person_hint')}
                  required
                  options={add.people}
                  empty={t('field.choose')}
                />
                <OnDay name="fromOn" label={t('access.roster_from')} required />
                <OnDay name="untilOn" label={t('access.roster_until')} hint={t('access.roster_until_hint')} required />
              </>
            )}
          </Form>
        </section>
      )}
    </Screen>
  )
}
