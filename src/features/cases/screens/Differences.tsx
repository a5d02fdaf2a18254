import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

export type ShownDifference = { id: string; field: string; mine: string; theirs: string; when: string }

type Props = {
  speech: Speech
  alias: string
  /** One at a time; null while they are fetched. */
  difference: ShownDifference | null
  left: number
  problem: string | null
  settle: (id: string, keep: 'mine' | 'theirs') => void
}

/** Two people wrote something different: a person chooses, and neither is lost before that. */
export function Differences({ speech: { t }, alias, difference, left, problem, settle }: Props) {
  return (
    <Screen title={t('cases.differences', { alias, count: left })} lead={t('cases.differences_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {difference === null && problem === null && <p>{t(left === 0 ? 'cases.differences_none' : 'wait')}</p>}
      {difference !== null && (
        <section className="stack" aria-label={difference.field}>
          <h2>{difference.field}</h2>
          <p className="small">{difference.when}</p>
          <div className="says">
            <div className="card stack">
              <h3>{t('cases.difference_mine')}</h3>
              <p className="words">{difference.mine}</p>
              <button type="button" className="button" onClick={() => settle(difference.id, 'mine')}>
                {t('cases.keep_mine')}
              </button>
            </div>
            <div className="card stack">
              <h3>{t('cases.difference_theirs')}</h3>
              <p className="words">{difference.theirs}</p>
              <button type="button" className="button second" onClick={() => settle(difference.id, 'theirs')}>
                {t('cases.keep_theirs')}
              </button>
            </div>
          </div>
        </section>
      )}
    </Screen>
  )
}
