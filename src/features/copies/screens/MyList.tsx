import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import './copies.css'

export type MyLine = { id: string; alias: string; next: string; dueOn: (speech: Speech) => string }

type Props = {
  speech: Speech
  /** Null while they are fetched. */
  lines: readonly MyLine[] | null
  /** Whether it is the list of a supervisor's teams. */
  isTeams: boolean
  /** Fetches what is not here yet; null where everything is. */
  fetchAll: (() => void) | null
  /** Whose paper this is, and from when. */
  head: string
  problem: string | null
  print: () => void
  save: () => void
}

/** A worker's own list in one tap: alias, next step, day; nothing else of a child leaves with it. */
export function MyList({ speech, lines, isTeams, fetchAll, head, problem, print, save }: Props) {
  const { t } = speech
  return (
    <Screen title={t('copies.my_list')} lead={t(isTeams ? 'copies.team_list_lead' : 'copies.my_list_lead')}>
      <p className="only-printed">{head}</p>
      <div className="actions row not-printed">
        <button type="button" className="button" onClick={print}>
          {t('print')}
        </button>
        <button type="button" className="button second" onClick={save}>
          {t('copies.csv')}
        </button>
      </div>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {fetchAll !== null && lines !== null && (
        <div className="stack not-printed">
          <p role="status" className="small">
            {t('copies.team_list_more', { count: lines.length })}
          </p>
          <button type="button" className="button second" onClick={fetchAll}>
            {t('copies.team_list_all')}
          </button>
        </div>
      )}
      {lines === null ? (
        problem === null && <p role="status">{t('wait')}</p>
      ) : lines.length === 0 ? (
        <p>{t(isTeams ? 'copies.team_list_empty' : 'copies.my_list_empty')}</p>
      ) : (
        <table className="sheet to-cards">
          <thead>
            <tr>
              <th scope="col">{t('copies.alias')}</th>
              <th scope="col">{t('copies.next')}</th>
              <th scope="col">{t('copies.due')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ id, alias, next, dueOn }) => (
              <tr key={id}>
                <th scope="row">{alias}</th>
                <td translate="no" dir="auto">
                  {next}
                </td>
                <td data-label={t('copies.due')}>{dueOn(speech)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Screen>
  )
}
