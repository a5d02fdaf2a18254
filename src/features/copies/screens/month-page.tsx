import { useState } from 'react'
import { csvText } from '../../../core/csv.ts'
import { type Day, dayOf, startOfDay, toMillis } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { onPaper } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { OfficeMonth } from './OfficeMonth.tsx'
import { saveFile } from './save-file.ts'
import { useLeave } from './use-leave.ts'

/** A year back is enough for a form that is late. */
const MONTHS_BACK = 12

type FromServer = { month: string; rows: { ref: string; values: number[] }[] }

export function OfficeMonthPage() {
  const { app, speech, pack, now, person } = useDesk()
  const { t, label } = speech
  const [month, choose] = useState(dayOf(now, pack.timeZone).slice(0, 7))
  const [problem, leave] = useLeave()
  // Our own server answers in its own schema.
  const asked = useAnswer(
    `office-month|${month}`,
    async () => (await app.api.get(`/api/office-month?month=${month}`)) as FromServer,
  )
  const { monthly } = pack
  const rows = asked.state === 'answered' ? asked.value.rows : null
  const columns = monthly.columns.map((column) => t(`copies.column.${column}`))
  const sections =
    rows === null
      ? []
      : monthly.sections.map((section) => ({
          label: label(section.label),
          rows: section.rows.map((row) => ({
            ref: row.ref,
            label: label(row.label),
            values: rows.find((one) => one.ref === row.ref)?.values ?? [],
          })),
        }))
  const monthText = (of: string) =>
    new Intl.DateTimeFormat(speech.format, { timeZone: pack.timeZone, month: 'long', year: 'numeric' }).format(
      toMillis(startOfDay(`${of}-15` as Day, pack.timeZone)), // the middle of a month of our own
    )
  const lines = sections.reduce((sum, section) => sum + section.rows.length, 0)

  const save = () =>
    saveFile(
      `month-${month}.csv`,
      'text/csv',
      csvText([
        [label(monthly.title), monthText(month), person.organisation.name],
        [t('copies.row_number'), t('copies.row'), ...columns],
        ...sections.flatMap((section) =>
          section.rows.map((row) => [row.ref, row.label, ...row.values.map((value) => String(value))]),
        ),
      ]),
    )

  return (
    <OfficeMonth
      speech={speech}
      title={`${label(monthly.title)} · ${monthText(month)}`}
      months={monthsBack(dayOf(now, pack.timeZone).slice(0, 7), MONTHS_BACK).map((value) => ({
        value,
        label: monthText(value),
      }))}
      month={month}
      choose={choose}
      columns={columns}
      sections={sections}
      head={t('copies.head', { when: momentText(onPaper(speech), now, pack.timeZone, now), name: person.name })}
      isFetching={asked.state === 'asking'}
      problem={problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
      isGuess={monthly.confidence !== 'confirmed_by_counsel'}
      print={() => void leave({ what: 'office_month', as: 'paper', lines }, () => window.print())}
      save={() => void leave({ what: 'office_month', as: 'csv', lines }, save)}
    />
  )
}

/** This month and those before it, the latest first. */
function monthsBack(thisMonth: string, count: number): string[] {
  const [year = 0, month = 1] = thisMonth.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + (month - 1) - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
