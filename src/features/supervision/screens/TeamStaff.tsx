import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { type LeaveLine, Leaves } from './Leaves.tsx'

export type ShownMember = {
  id: string
  name: string
  talks: string
  /** Hours of work, where this person carries cases. */
  hours: string | null
  heavy: string
  leaves: readonly LeaveLine[]
}

type Props = {
  speech: Speech
  /** Null until the server has answered. */
  members: readonly ShownMember[] | null
  drop: (leaveId: string) => void
  problem: string | null
}

/** How the people of a supervisor's teams are: talks, leave, and how much of their work was heavy. By name; nobody is compared. */
export function TeamStaff({ speech, members, drop, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('supervision.staff')} lead={t('supervision.staff_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {members === null && problem === null && <p role="status">{t('wait')}</p>}
      {members?.length === 0 && <p>{t('supervision.staff_none')}</p>}
      <ul className="plain stack">
        {members?.map(({ id, name, talks, hours, heavy, leaves }) => (
          <li key={id} className="card stack">
            <h2>{name}</h2>
            <dl className="facts">
              <div>
                <dt>{t('supervision.talks')}</dt>
                <dd>{talks}</dd>
              </div>
              {hours !== null && (
                <div>
                  <dt>{t('supervision.hours')}</dt>
                  <dd>{hours}</dd>
                </div>
              )}
              <div>
                <dt>{t('supervision.heavy')}</dt>
                <dd>{heavy}</dd>
              </div>
              <div>
                <dt>{t('supervision.away')}</dt>
                <dd>
                  <Leaves speech={speech} leaves={leaves} drop={drop} />
                </dd>
              </div>
            </dl>
            <div className="actions row">
              <To href={`/team/staff/${id}/talks`} className="button second">
                {t('supervision.work_talks')}
              </To>
              <To href={`/team/staff/${id}/leave`} className="button second">
                {t('supervision.keep_leave')}
              </To>
            </div>
          </li>
        ))}
      </ul>
      <p className="small">{t('supervision.heavy_what')}</p>
      <p className="small">{t('supervision.cover_opens_nothing')}</p>
    </Screen>
  )
}
