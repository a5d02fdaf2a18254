import { rowsOf, type Look, type Task, type WebFeature } from './feature.ts'
import type { Row } from './replica.ts'

/**
 * The due work of every feature. A row this program cannot read, as a newer server may send one, takes nothing with it but
 * its own case, and that case says so.
 */
export function dueWork(features: readonly Pick<WebFeature, 'name' | 'tasks'>[], look: Look): Task[] {
  return features.flatMap((feature) => {
    try {
      return feature.tasks(look)
    } catch {
      return caseByCase(feature, look)
    }
  })
}

function caseByCase({ name, tasks }: Pick<WebFeature, 'name' | 'tasks'>, look: Look): Task[] {
  const { rows, now, speech } = look
  return rowsOf(rows, 'case').flatMap(({ caseId }) => {
    const own = new Map<string, Row>([...rows].filter(([, row]) => row.caseId === caseId))
    try {
      return tasks({ ...look, rows: own })
    } catch {
      const title = speech.t('screen.unread')
      return [
        {
          key: `unread/${name}/${caseId}`,
          caseId,
          title,
          why: speech.t('screen.unread_why'),
          dueAt: now,
          href: `/cases/${caseId}`,
        },
      ]
    }
  })
}
