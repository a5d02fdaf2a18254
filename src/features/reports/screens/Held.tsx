import type { PublicPack } from '../../../core/country.ts'
import type { Instant } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'
import type { Note } from '../explain.ts'
import type { ReleasedRow, ReleasedTable } from '../release.ts'
import type { SignsAs } from '../signing.ts'
import { countText, dutySentence, headline, shareText } from './figure-texts.ts'

export type ShownRelease = {
  id: string
  period: string
  madeAt: Instant
  hash: string
  table: ReleasedTable
  signatures: { as: SignsAs; at: Instant }[]
  notes: Note[]
}

type Props = { speech: Speech; pack: PublicPack; now: Instant; release: ShownRelease }

/** The heading of a release, for the page it stands on. */
export function headlineOf({ t }: Speech, release: ShownRelease): string {
  return headline(t, release.table.together)
}

/** One released table: sentences first, then the table, then why there is no more. */
export function Held({ speech, pack, now, release }: Props) {
  const { t } = speech
  const { table, notes } = release
  const { together, coverage } = table
  return (
    <div className="two">
      <div className="stack wide">
        <div className="stack">
          {together !== null && (
            <>
              <p>{dutySentence(t, 'heard', together.heardInTime)}</p>
              <p>{dutySentence(t, 'handed_over', together.handedOverInTime)}</p>
            </>
          )}
          <p>{t('reports.coverage', coverage)}</p>
        </div>
        <section className="group">
          <h2>{t('reports.by_year')}</h2>
          <Rows speech={speech} first={t('reports.year')} rows={table.years} />
        </section>
        {table.quarters.map(({ year, rows }) => (
          <details key={year}>
            <summary>{t('reports.by_quarter', { year })}</summary>
            <Rows speech={speech} first={t('reports.quarter')} rows={rows} />
          </details>
        ))}
        <Areas speech={speech} pack={pack} table={table} />
      </div>
      <div className="stack wide">
        <section className="group">
          <h2>{t('reports.why_no_more')}</h2>
          <ul className="stack points">
            {notes.map((note) => (
              <li key={note} className="small">
                {t(`reports.note.${note}`)}
              </li>
            ))}
          </ul>
        </section>
        <section className="group">
          <h2>{t('reports.about_table')}</h2>
          <dl className="facts">
            <div>
              <dt>{t('reports.period')}</dt>
              <dd>{t('reports.period_until', { period: table.period.replace('-', ' ') })}</dd>
            </div>
            <div>
              <dt>{t('reports.source')}</dt>
              <dd>{t('reports.source_text', { country: speech.label(pack.name) })}</dd>
            </div>
            <div>
              <dt>{t('reports.limits')}</dt>
              <dd>{t('reports.limits_text')}</dd>
            </div>
            <div>
              <dt>{t('reports.rules')}</dt>
              <dd>{t('reports.rules_text')}</dd>
            </div>
            <div>
              <dt>{t('reports.made')}</dt>
              <dd>
                {dayText(speech, release.madeAt, pack.timeZone, now)}
                {release.signatures.map((signature) => (
                  <p key={signature.as} className="small">
                    {t('reports.signed_as', {
                      as: t(`reports.signs.${signature.as}`),
                      day: dayText(speech, signature.at, pack.timeZone, now),
                    })}
                  </p>
                ))}
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </div>
  )
}

function Rows({ speech: { t }, first, rows }: { speech: Speech; first: string; rows: readonly ReleasedRow[] }) {
  return (
    <div className="table-hold">
      <table className="to-cards">
        <caption className="unseen">{t('reports.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col">{t('reports.held')}</th>
            <th scope="col">{t('reports.heard')}</th>
            <th scope="col">{t('reports.handed_over')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.cell}>
              <th scope="row">{row.cell.split('-').at(-1)}</th>
              <td data-label={t('reports.held')}>{countText(t, row.held)}</td>
              <td data-label={t('reports.heard')}>{shareText(t, row.heardInTime)}</td>
              <td data-label={t('reports.handed_over')}>{shareText(t, row.handedOverInTime)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Districts by closed year; one that is withheld says why, and is never a zero. */
function Areas({ speech, pack, table }: { speech: Speech; pack: PublicPack; table: ReleasedTable }) {
  const { t, label } = speech
  const years = [...new Set(table.areas.map((area) => area.year))]
  const shown = years.filter((year) => table.areas.some((area) => area.year === year && area.row !== null))
  if (shown.length === 0) return null
  return (
    <section className="group">
      <h2>{t('reports.by_area')}</h2>
      {shown.map((year, index) => (
        <details key={year} open={index === 0}>
          <summary>{year}</summary>
          <div className="table-hold">
            <table className="to-cards">
              <caption className="unseen">{t('reports.caption')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('reports.area')}</th>
                  <th scope="col">{t('reports.held')}</th>
                  <th scope="col">{t('reports.heard')}</th>
                  <th scope="col">{t('reports.handed_over')}</th>
                </tr>
              </thead>
              <tbody>
                {table.areas
                  .filter((area) => area.year === year)
                  .map(({ region, row, why }) => (
                    <tr key={region}>
                      <th scope="row">
                        {label(pack.regions.find((one) => one.code === region)?.label ?? { en: region })}
                      </th>
                      {row === null ? (
                        <td colSpan={3} className="small">
                          {t('reports.withheld_area', { why: t(`reports.why_area.${why ?? 'too_few_children'}`) })}
                        </td>
                      ) : (
                        <>
                          <td data-label={t('reports.held')}>{countText(t, row.held)}</td>
                          <td data-label={t('reports.heard')}>{shareText(t, row.heardInTime)}</td>
                          <td data-label={t('reports.handed_over')}>{shareText(t, row.handedOverInTime)}</td>
                        </>
                      )}
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </section>
  )
}
