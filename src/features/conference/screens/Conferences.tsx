import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { TONES } from './ConferenceStrip.tsx'
import type { ConferenceState } from './view.ts'

export type ShownConference = {
  id: string
  when: string
  agenda: string
  people: string
  decided: string | null
  state: ConferenceState
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  conferences: readonly ShownConference[]
  canWrite: boolean
  problem: string | null
}

/** The case conferences about one child: what comes, what was decided. */
export function Conferences({ speech, caseId, alias, conferences, canWrite, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('conference.title', { alias })} lead={t('conference.lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {canWrite && (
        <div className="actions row not-printed">
          <To href={`/cases/${caseId}/conferences/new`} className="button">
            {t('conference.new')}
          </To>
        </div>
      )}
      {conferences.length === 0 && problem === null && <p>{t('conference.none_lead')}</p>}
      <ul className="plain stack">
        {conferences.map(({ id, when, agenda, people, decided, state }) => (
          <li key={id} className="card stack has-link">
            <div className="spread">
              <h2 className="lead">
                <To href={`/cases/${caseId}/conferences/${id}`} className="cover-link">
                  {when}
                </To>
              </h2>
              <Status tone={TONES[state]}>{t(`conference.state.${state}`)}</Status>
            </div>
            <p className="words" translate="no">
              {agenda}
            </p>
            <p className="small">{people}</p>
            {decided !== null && <p className="tiny">{decided}</p>}
          </li>
        ))}
      </ul>
    </Screen>
  )
}
