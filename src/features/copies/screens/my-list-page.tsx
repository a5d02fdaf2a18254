import { csvText } from '../../../core/csv.ts'
import { useDesk } from '../../../web/app-context.ts'
import { onPaper } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { listText, nextOf } from '../../cases/screens/group-tasks.ts'
import { useTaskRules } from '../../cases/screens/shown-tasks.ts'
import { useCasePages } from '../../cases/screens/use-case-pages.ts'
import { MyList, type MyLine } from './MyList.tsx'
import { saveFile } from './save-file.ts'
import { useLeave } from './use-leave.ts'

export function MyListPage() {
  const { speech, pack, now, rows, person } = useDesk()
  const { t } = speech
  const supervises = person.role === 'supervisor'
  // She carries none herself: her list is her teams', as the server says it.
  const pages = useCasePages(supervises ? { scope: 'team', show: 'open' } : null)
  const due = useTaskRules()
  const tasks = supervises ? pages.rows.flatMap(due) : due(rows)
  const [problem, leave] = useLeave()
  const cases = supervises ? pages.cases : ownCases(rows).map((own) => own.case)
  const lines = cases.map((row): MyLine => {
    const next = nextOf(tasks, row.id, now)
    return {
      id: row.id,
      alias: row.alias,
      // What leaves holds no word that somebody typed about a child.
      next: next === null ? '' : listText(next),
      dueOn: (said) => (next === null ? '' : momentText(said, next.dueAt, next.timeZone, now)),
    }
  })

  return (
    <MyList
      speech={speech}
      lines={pages.isFetching && supervises ? null : lines}
      isTeams={supervises}
      fetchAll={pages.fetchAll}
      head={t('copies.head', { when: momentText(onPaper(speech), now, pack.timeZone, now), name: person.name })}
      problem={problem ?? (pages.problem === null ? null : errorText(speech, pages.problem))}
      print={() => void leave({ what: 'my_list', as: 'paper', lines: lines.length }, () => window.print())}
      save={() =>
        void leave({ what: 'my_list', as: 'csv', lines: lines.length }, () =>
          saveFile(
            'list.csv',
            'text/csv',
            csvText([
              [t('copies.alias'), t('copies.next'), t('copies.due')],
              ...lines.map(({ alias, next, dueOn }) => [alias, next, dueOn(onPaper(speech))]),
            ]),
          ),
        )
      }
    />
  )
}
