import type { Speech } from '../../../web/language.ts'
import { PrintButton } from '../../../web/ui/PrintButton.tsx'
import { dial } from '../../cases/screens/dial.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { type LeaveLine, Leaves } from './Leaves.tsx'
import { TalkList } from './staff-forms.tsx'
import type { ShownTalk } from './Supervision.tsx'

type Props = {
  speech: Speech
  /** Who supervises this person, by name; empty where nobody does or the server has not answered. */
  /** Null: she is one herself, and none stands above her here. */
  supervisors: readonly string[] | null
  /** When they last talked and will again. */
  talks: string | null
  phones: readonly { label: string; phone: string }[]
  /** What is known of this person's own work and days; null until the server has answered. */
  mine: {
    heavy: string
    leaves: readonly LeaveLine[]
    /** Whom she covers for, and when. */
    covers: readonly LeaveLine[]
    talked: readonly ShownTalk[]
  } | null
  drop: (leaveId: string) => void
  problem: string | null
}

/** After a hard day: what helps now, whom to call, what one may ask for. How somebody feels is asked and kept nowhere. */
export function StaffCare({ speech, supervisors, talks, phones, mine, drop, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('supervision.care')} lead={t('supervision.care_lead')}>
      <Notice>{t('supervision.care_kept')}</Notice>
      <section className="group">
        <h2>{t('supervision.care_now')}</h2>
        <div className="card">
          <ol className="stack points">
            {(['stop', 'safe', 'tell', 'water', 'hand_over'] as const).map((one) => (
              <li key={one}>{t(`supervision.care_now.${one}`)}</li>
            ))}
          </ol>
        </div>
      </section>
      <section className="group">
        <h2>{t('supervision.care_call')}</h2>
        <dl className="card facts">
          {supervisors !== null && (
            <div>
              <dt>{t('supervision.care_supervisor')}</dt>
              <dd>{supervisors.length === 0 ? t('supervision.care_no_supervisor') : supervisors.join(', ')}</dd>
            </div>
          )}
          {talks !== null && (
            <div>
              <dt>{t('supervision.care_talks')}</dt>
              <dd>{talks}</dd>
            </div>
          )}
          {phones.map(({ label, phone }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <a href={dial(phone)} className="line" dir="ltr">
                  {phone}
                </a>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="group">
        <h2>{t('supervision.care_debrief')}</h2>
        <p className="small">{t('supervision.care_debrief_lead')}</p>
        <div className="card">
          <ol className="stack points">
            {(['within', 'facts', 'feel', 'need', 'plan'] as const).map((one) => (
              <li key={one}>{t(`supervision.care_debrief.${one}`)}</li>
            ))}
          </ol>
        </div>
      </section>
      <section className="group">
        <h2>{t('supervision.care_ask')}</h2>
        <div className="card">
          <ul className="stack points">
            {(['pair', 'give', 'leave', 'outside'] as const).map((one) => (
              <li key={one}>{t(`supervision.care_ask.${one}`)}</li>
            ))}
          </ul>
        </div>
      </section>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {mine !== null && (
        <section className="group">
          <h2>{t('supervision.mine')}</h2>
          <dl className="card facts">
            <div>
              <dt>{t('supervision.away')}</dt>
              <dd>
                <Leaves speech={speech} leaves={mine.leaves} drop={drop} />
              </dd>
            </div>
            {mine.covers.length > 0 && (
              <div>
                <dt>{t('supervision.covers')}</dt>
                <dd>
                  {mine.covers.map(({ id, text }) => (
                    <p key={id}>{text}</p>
                  ))}
                  <p className="small">{t('supervision.cover_opens_nothing')}</p>
                </dd>
              </div>
            )}
            <div>
              <dt>{t('supervision.heavy')}</dt>
              <dd>
                <p>{mine.heavy}</p>
                <p className="small">{t('supervision.heavy_what')}</p>
              </dd>
            </div>
          </dl>
          {mine.talked.length > 0 && <TalkList speech={speech} talks={mine.talked} />}
        </section>
      )}
      <div className="actions row not-printed">
        <To href="/more/staff-care/leave" className="button second">
          {t('supervision.my_leave')}
        </To>
        <PrintButton speech={speech} />
      </div>
    </Screen>
  )
}
