import { useState } from 'react'
import { csvText } from '../../../core/csv.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { useTasks } from '../../cases/screens/shown-tasks.ts'
import { MyList, type MyLine } from './MyList.tsx'
import { saveFile } from './save-file.ts'

export function MyListPage() {
  const { app, speech, pack, now, rows, person } = useDesk()
  const { t } = speech
  const tasks = useTasks()
  const [problem, setProblem] = useState<string | null>(null)
  const lines = ownCases(rows).map(({ case: row }): MyLine => {
    const [next] = tasks
      .filter((task) => task.caseId === row.id && task.waits !== true)
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    return {
      id: row.id,
      alias: row.alias,
      next: next?.title ?? '',
      due: next === undefined ? '' : momentText(speech, next.dueAt, next.timeZone, now),
    }
  })

  /** Written down first; only then does anything leave. */
  async function take(as: 'paper' | 'csv', leave: () => void): Promise<void> {
    try {
      await app.api.post('/api/my/list-out', { as, lines: lines.length })
    } catch (error) {
      setProblem(errorText(speech, codeOf(error)))
      return
    }
    setProblem(null)
    leave()
  }

  return (
    <MyList
      speech={speech}
      lines={lines}
      head={t('copies.head', { when: momentText(speech, now, pack.timeZone, now), name: person.name })}
      problem={problem}
      print={() => void take('paper', () => window.print())}
      save={() =>
        void take('csv', () =>
          saveFile(
            'list.csv',
            'text/csv',
            csvText([
              [t('copies.alias'), t('copies.next'), t('copies.due')],
              ...lines.map(({ alias, next, due }) => [alias, next, due]),
            ]),
          ),
        )
      }
    />
  )
}
