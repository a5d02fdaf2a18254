import type { Look, Task } from '../../../web/feature.ts'
import { safeStartTasks } from '../safe-start.ts'
import { ownCases, type OwnCase } from './case-file.ts'

/** What is still to be learned of this device's cases in their first 24 hours. */
export function tasks({ rows, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap((own) =>
    stepsOf(own).map(({ step, dueAt }) => ({
      key: `${own.case.id}/${step}`,
      caseId: own.case.id,
      title: t(`cases.step.${step}`),
      why: t('cases.step_why'),
      dueAt,
      href: `/cases/${own.case.id}/start/${step}`,
    })),
  )
}

/** The open first steps of a case. What leaves nothing on this device counts as open only where this device knows that it is. */
export function stepsOf({ case: row, safeStart, marks }: OwnCase) {
  const identity = (marks?.who ?? true) ? { approxAge: 0, ageBasis: 'known' } : null
  return safeStartTasks(row, { safeStart, identity, matchRequested: marks?.match ?? true })
}
