import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownFile = { caseId: string; alias: string; about: string; isReviewed: boolean }

type Props = {
  speech: Speech
  month: string
  /** Null until the server has answered. */
  files: readonly ShownFile[] | null
  problem: string | null
}

/** The files a supervisor looks at this month; the month alone has drawn them. */
export function Sample({ speech, month, files, problem }: Props) {
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
      <p>
        <To href="/team/staff" className="line">
          {t('supervision.staff')}
        </To>
      </p>
    </Screen>
  )
}
