import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration, dayOf, startOfDay } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { stands } from '../attention.ts'
import { threadsOf } from '../question.ts'
import { attentionIn, questionsIn } from './use-work.ts'

/** What colleagues ask of this worker about her cases, and what she asked and still waits for. */
export function tasks({ rows, pack, now, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap(({ case: row }) => {
    if (row.state !== 'open') return []
    const timeZone = timeZoneOf(pack, row.region)
    // On this device every case is its owner's: what somebody else wrote is asked of her.
    const isMine = (by: string) => by === row.workerId || by === ''
    const asked = threadsOf(questionsIn(rows, row.id))
      .filter(({ answers }) => answers.length === 0)
      .map(({ question }): Task => {
        const waits = isMine(question.writtenBy)
        return {
          key: `asked/${question.id}`,
          caseId: row.id,
          title: t(waits ? 'work.task_asked' : 'work.task_answer'),
          why: waits ? t('work.task_asked_why') : t('work.task_answer_why', { name: question.writtenByName ?? '–' }),
          dueAt: addDuration(question.at, 'P2D', timeZone),
          href: `/cases/${row.id}/questions`,
          ...(waits ? { waits } : {}),
        }
      })
    const called = attentionIn(rows, row.id)
      .filter((one) => stands(one, dayOf(now, timeZone)) && !isMine(one.raisedBy))
      .map((one): Task => ({
        key: `attention/${one.id}`,
        caseId: row.id,
        title: t(`work.reason.${one.reason}`),
        why: t('work.task_attention_why', { name: one.raisedByName ?? '–' }),
        dueAt: addDuration(startOfDay(one.untilOn, timeZone), 'PT23H59M', timeZone),
        href: `/cases/${row.id}/attention`,
      }))
    return [...asked, ...called]
  })
}
