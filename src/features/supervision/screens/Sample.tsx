import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownFile = { caseId: string; alias: string; about: string; isReviewed: boolean }
export type ShownTalks = { id: string; name: string; about: string }

type Props = {
  speech: Speech
  month: string
  /** Null until the server has answered. */
  files: readonly ShownFile[] | null
  talks: readonly ShownTalks[]
  problem: string | null
}

/** The files a supervisor looks at this month, and when she talked with whom: days and names of work, nothing to compare. */
export function Sample({ speech, month, files, talks, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('supervision.sample_title', { month })} lead={t('supervision.sample_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {files === null && problem === null && <p role="status">{t('wait')}</p>}
      {files !== null && files.length === 0 && <p>{t('supervision.sample_empty')}</p>}
      <ul className="plain stack">
        {files?.map(({ caseId, alias, about, isReviewed }) => (
          <li key={caseId} className="card stack">
            <div className="spread">
              <h2 className="lead">
                <To href={`/cases/${caseId}`} className="line">
                  {alias}
                </To>
              </h2>
              {isReviewed && <Status tone="ok">{t('supervision.looked_at')}</Status>}
            </div>
            <p className="small">{about}</p>
            <div className="actions row">
              <To
                href={`/cases/${caseId}/supervision${isReviewed ? '' : '/file'}`}
                className={isReviewed ? 'button second' : 'button'}
              >
                {t(isReviewed ? 'supervision.read_review' : 'supervision.answer_questions')}
              </To>
            </div>
          </li>
        ))}
      </ul>
      {talks.length > 0 && (
        <section className="group">
          <h2>{t('supervision.when_talked')}</h2>
          <dl className="card facts">
            {talks.map(({ id, name, about }) => (
              <div key={id}>
                <dt>{name}</dt>
                <dd>{about}</dd>
              </div>
            ))}
          </dl>
          <p>
            <To href="/more/staff-care" className="line">
              {t('supervision.care')}
            </To>
          </p>
        </section>
      )}
    </Screen>
  )
}
