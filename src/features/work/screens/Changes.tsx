import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownChange = { key: string; field: string; before: string | null; after: string; about: string }

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
      <ol className="path">
        {changes?.map(({ key, field, before, after, about }) => (
          <li key={key}>
            <p>
              <b>{field}</b>
            </p>
            {before !== null && (
              <p className="small">
                {t('work.before')} <del translate="no">{before}</del>
              </p>
            )}
            <p translate="no">{after}</p>
            <p className="tiny">{about}</p>
          </li>
        ))}
      </ol>
    </Screen>
  )
}
