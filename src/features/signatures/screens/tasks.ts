import { signsWhen, standingOf } from '../../../core/second-signature.ts'
import { addDuration } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { signatureRows } from './rows.ts'

/** How long an answer that says no stays on a worker's day: in this time she has seen it. */
const SHOWN_FOR = 'P14D'

/** What waits for a second person stands apart; what she declined is the worker's to look at. */
export function tasks({ rows, now, speech: { t } }: Look): Task[] {
  return ownCases(rows)
    .filter((own) => own.case.state === 'open')
    .flatMap(({ case: { id: caseId } }) =>
      signatureRows(rows, caseId).flatMap((one): Task[] => {
        const task = { key: `signature/${one.id}`, caseId, href: `/cases/${caseId}/sign/${one.id}` }
        const act = t(`signatures.act.${one.act}`)
        const standing = standingOf(one, now)
        if (standing === 'waiting' || standing === 'late')
          return [
            {
              ...task,
              title: t('signatures.waits', { act }),
              why: t(
                standing === 'late'
                  ? signsWhen(one.act) === 'after'
                    ? 'signatures.late_after'
                    : 'signatures.late_before'
                  : signsWhen(one.act) === 'after'
                    ? 'signatures.waits_after'
                    : 'signatures.waits_before',
              ),
              dueAt: one.dueAt,
              waits: true,
            },
          ]
        if (standing !== 'declined' || one.answer === null) return []
        if (addDuration(one.answer.answeredAt, SHOWN_FOR, 'UTC') < now) return []
        const dueAt = addDuration(one.answer.answeredAt, 'P3D', 'UTC')
        return [{ ...task, title: t('signatures.declined_task', { act }), why: t('signatures.declined_why'), dueAt }]
      }),
    )
}
