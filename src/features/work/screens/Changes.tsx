import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import './work.css'

export type ShownField = { key: string; field: string; before: string | null; after: string; isName: boolean }
/** What one person wrote in one go. */
export type ShownChange = { key: string; about: string; fields: readonly ShownField[] }

type Props = {
  speech: Speech
  alias: string
  caseId: string
  changes: readonly ShownChange[] | null
  problem: string | null
}

/** Who changed which field of a case, when, and what stood there before. */
export function Changes({ speech: { t }, alias, caseId, changes, problem }: Props) {
  return (
    <Screen title={t('work.changes_title', { alias })} lead={t('work.changes_lead')}>
      <p className="small row not-printed">
        <To href={`/cases/${caseId}/opened`} className="line">
          {t('work.opened')}
        </To>
      </p>
      {problem !== null && <p role="status">{problem}</p>}
      {changes === null && problem === null && <p role="status">{t('wait')}</p>}
      {changes?.length === 0 && <p>{t('work.no_changes')}</p>}
      <ol className="plain stack">
        {changes?.map(({ key, about, fields }) => (
          <li key={key} className="card">
            <p className="small">{about}</p>
            <dl className="changes">
              {fields.map((one) => (
                <div key={one.key} {...(one.isName ? { className: 'not-printed' } : {})}>
                  <dt>{one.field}</dt>
                  <dd translate="no" dir="auto">
                    {one.before !== null && (
                      <>
                        <span className="small">{t('work.before')} </span>
                        <del>{one.before}</del>
                        <br />
                      </>
                    )}
                    {one.after}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </Screen>
  )
}
