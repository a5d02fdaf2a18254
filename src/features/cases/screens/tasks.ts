import type { Look, Task } from '../../../web/feature.ts'
import { firstSteps } from '../safe-start.ts'
import { ownCases, type OwnCase, startOf } from './case-file.ts'

/** What is still to be learned of this device's cases in their first 24 hours, and what other offices ask about them. */
export function tasks({ rows, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap((own) => [
    ...stepsOf(own).map(({ steps, dueAt }) => ({
      key: `${own.case.id}/${steps[0]}`,
      caseId: own.case.id,
      title: steps.length === 1 ? t(`cases.step.${steps[0]}`) : t('cases.first_steps', { count: steps.length }),
      why: steps.length === 1 ? t('cases.step_why') : steps.map((step) => t(`cases.step.${step}`)).join(' · '),
      dueAt,
      href: `/cases/${own.case.id}/start/${steps[0]}`,
      ...(steps[0] === 'safe_now' ? { alone: true } : {}),
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
  return firstSteps(row, { safeStart: startOf(steps, safeStart), identity, matchRequested: steps?.match ?? true })
}
