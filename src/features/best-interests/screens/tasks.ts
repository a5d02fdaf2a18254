import { addDuration, addMillis, startOfDay } from '../../../core/time.ts'
import { timeZoneOf } from '../../../core/read-country.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { beganHere } from '../../cases/case.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { appealUntil } from '../appeal.ts'
import { openAppeals, stateOf, viewOf } from './view.ts'

/** An assessment is for every child: within this time of the first day. */
const FIRST_WITHIN = 'P7D'

/** How long before its end a worker is reminded of the time for an appeal, and how long after it she is told that it is over. */
const REMINDED = 'P7D'

/** What is due of the weighing of this device's cases: the first assessment, reviews, and what somebody asks to be looked at again. */
export function tasks({ rows, pack, now, speech: { t } }: Look): Task[] {
  return ownCases(rows)
    .filter((own) => own.case.state === 'open')
    .flatMap(({ case: of }) => {
      const { id: caseId, region } = of
      const view = viewOf(rows, caseId)
      const timeZone = timeZoneOf(pack, region)
      const href = `/cases/${caseId}/best-interests`
      if (view.records.length === 0)
        return [
          {
            key: `best_interests/${caseId}`,
            caseId,
            title: t('best_interests.first'),
            why: t('best_interests.first_why'),
            dueAt: addDuration(beganHere(of), FIRST_WITHIN, timeZone),
            href: `${href}/new`,
          },
        ]
      const reviews = view.records
        .filter((record) => record.reviewOn !== null && stateOf(view, record) !== 'replaced')
        .flatMap(({ id, reviewOn }) =>
          reviewOn === null
            ? []
            : [
                {
                  key: `best_interests_review/${id}`,
                  caseId,
                  title: t('best_interests.review'),
                  why: t('best_interests.review_why'),
                  dueAt: addMillis(addDuration(startOfDay(reviewOn, timeZone), 'P1D', timeZone), -1),
                  href: `${href}/${id}`,
                },
              ],
        )
      const appeals = openAppeals(view).map(({ id, recordId, askedAt }) => ({
        key: `best_interests_appeal/${id}`,
        caseId,
        title: t('best_interests.appealed'),
        why: t('best_interests.appealed_why'),
        dueAt: addDuration(askedAt, FIRST_WITHIN, timeZone),
        href: `${href}/${recordId}`,
      }))
      return [...reviews, ...appeals, ...ending()]

      /** A right that nobody mentions again ends unused: before the time is over she asks once more, and after it she tells. */
      function ending(): Task[] {
        return view.records.flatMap((record): Task[] => {
          const until = appealUntil(record, pack.bestInterests, timeZone)
          const isAsked = view.appeals.some((one) => one.recordId === record.id)
          if (until === null || isAsked || stateOf(view, record) !== 'holds') return []
          const isFar = addDuration(now, REMINDED, timeZone) < until
          if (isFar || now > addDuration(until, REMINDED, timeZone)) return []
          const title = t('best_interests.appeal_ends')
          const why = t(now > until ? 'best_interests.appeal_ended_why' : 'best_interests.appeal_ends_why')
          return [
            { key: `best_interests_ends/${record.id}`, caseId, title, why, dueAt: until, href: `${href}/${record.id}` },
          ]
        })
      }
    })
}
