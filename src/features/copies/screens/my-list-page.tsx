import { csvText } from '../../../core/csv.ts'
import { useDesk } from '../../../web/app-context.ts'
import { onPaper } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { listText, nextOf } from '../../cases/screens/group-tasks.ts'
import { useTasks } from '../../cases/screens/shown-tasks.ts'
import { MyList, type MyLine } from './MyList.tsx'
import { saveFile } from './save-file.ts'
import { useLeave } from './use-leave.ts'

export function MyListPage() {
  const { speech, pack, now, rows, person } = useDesk()
  const { t } = speech
  const tasks = useTasks()
  const [problem, leave] = useLeave()
  const lines = ownCases(rows).map(({ case: row }): MyLine => {
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
      lines={lines}
      head={t('copies.head', { when: momentText(onPaper(speech), now, pack.timeZone, now), name: person.name })}
      problem={problem}
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
