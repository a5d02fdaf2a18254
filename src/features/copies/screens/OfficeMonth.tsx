import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import './copies.css'

export type MonthSection = {
  label: string
  rows: readonly { ref: string; label: string; values: readonly number[] }[]
}

type Props = {
  speech: Speech
  title: string
  months: readonly { value: string; label: string }[]
  month: string
  choose: (month: string) => void
  columns: readonly string[]
  sections: readonly MonthSection[]
  head: string
  isFetching: boolean
  problem: string | null
  isGuess: boolean
  print: () => void
  save: () => void
}

/** The office's month in the ministry's own layout: exact, for the supervisor who may open every record counted. */
export function OfficeMonth(props: Props) {
  const { speech, title, months, month, choose, columns, sections, head, isFetching, problem, isGuess, print, save } =
    props
  const { t } = speech
  return (
    <Screen title={title} lead={t('copies.month_lead')}>
      <p className="only-printed">{head}</p>
      {isGuess && <p className="small">{t('copies.month_guess')}</p>}
      <div className="row not-printed">
        <label className="field">
          <span className="small">{t('copies.which_month')}</span>
          <select value={month} onChange={(event) => choose(event.target.value)}>
            {months.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
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
      {isFetching && problem === null && <p role="status">{t('wait')}</p>}
      <div className="month stack wide">
        {sections.map(({ label, rows }) => (
          <section key={label} className="group">
            <h2>{label}</h2>
            <table className="sheet figures to-cards">
              <thead>
                <tr>
                  <th scope="col">{t('copies.row')}</th>
                  {columns.map((column) => (
                    <th key={column} scope="col" className="number">
                      {whole(column)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.ref}>
                    <th scope="row">
                      {row.ref}. {row.label}
                    </th>
                    {columns.map((column, at) => (
                      <td key={column} className="number" data-label={column}>
                        {row.values[at] ?? 0}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </Screen>
  )
}

/** Ages “12–14” on one line: no break before or after what joins them. */
function whole(ages: string): string {
  return ages.replaceAll('–', '\u2060–\u2060')
}
