import type { Look, Task } from '../../../web/feature.ts'
import { safeStartTasks } from '../safe-start.ts'
import { ownCases, type OwnCase } from './case-file.ts'

/** What is still to be learned of this device's cases in their first 24 hours, and what other offices ask about them. */
export function tasks({ rows, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap((own) => [
    ...stepsOf(own).map(({ step, dueAt }) => ({
      key: `${own.case.id}/${step}`,
      caseId: own.case.id,
      title: t(`cases.step.${step}`),
      why: t('cases.step_why'),
      dueAt,
      href: `/cases/${own.case.id}/start/${step}`,
    })),
    ...own.hits
      .filter((hit) => hit.state === 'waiting')
      .map((hit) => ({
        key: `hit/${hit.id}`,
        caseId: own.case.id,
        title: t('cases.hit_task'),
        why: t('cases.hit_why'),
        dueAt: hit.dueAt,
        href: `/cases/${own.case.id}/match/${hit.id}`,
      })),
  ])
}

/** The open first steps of a case. What leaves nothing on this device counts as open only where this device knows that it is. */
export function stepsOf({ case: row, safeStart, steps }: Pick<OwnCase, 'case' | 'safeStart' | 'steps'>) {
  const identity = (steps?.who ?? true) ? { approxAge: 0, ageBasis: 'known' } : null
  return safeStartTasks(row, { safeStart, identity, matchRequested: steps?.match ?? true })
}
