import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration, addMillis, type Instant, startOfDay } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { assessmentOf, type CaseRow, checksOf } from '../case-rows.ts'
import { resumeOf } from '../sections.ts'
import { stepFacts } from '../step-facts.ts'
import { dueNeeds, stepsOf } from '../steps.ts'
import { unsafeIn } from '../unsafe.ts'
import { needHref } from './need-text.ts'

/** How far an assessment has come is told by its answers, and a list opens none. */
const HOW_FAR: readonly string[] = ['sections', 'hand_in']

/** What the steps of this device's cases still lack and is timed, a child who is not safe now, and safety checks that were set for a day. */
export function tasks({ rows, pack, now, speech: { t } }: Look): Task[] {
  const byCase = new Map<string, CaseRow[]>()
  for (const row of rows.values()) {
    const its = byCase.get(row.caseId)
    if (its === undefined) byCase.set(row.caseId, [row])
    else its.push(row)
  }
  return ownCases(rows).flatMap(({ case: of }) => {
    if (of.state !== 'open') return []
    const timeZone = timeZoneOf(pack, of.region)
    const its = byCase.get(of.id) ?? []
    const steps = stepsOf(stepFacts(its, of, pack, now, timeZone), pack.timeFrames, timeZone)
    const due = dueNeeds(steps, now)
    const since = unsafeIn(its, of)
    return [
      ...(since === null ? [] : [unsafe(of.id, since)]),
      ...due.map((need): Task => ({
        key: `step/${of.id}/${need.step}/${need.need}`,
        caseId: of.id,
        title: t(`assessment.task.${need.need}`),
        ...(HOW_FAR.includes(need.need) ? { inList: { text: t('assessment.task.go_on'), typed: null } } : {}),
        why: t(need.need === 'approval' ? 'assessment.task_why.approval' : `assessment.task_why.${need.step}`),
        dueAt: need.dueAt,
        href: needHref(of.id, need.step, need) ?? `/cases/${of.id}`,
        ...(need.who === 'supervisor' ? { waits: true } : {}),
      })),
      ...nextCheck(its, of.id, timeZone),
      ...(due.some((one) => one.step === 'assessment') ? [] : stopped(its, of.id, timeZone)),
    ]
  })

  /** It was due the moment somebody said so, and stays until a check says otherwise. */
  function unsafe(caseId: string, dueAt: Instant): Task {
    const [title, why] = [t('assessment.task.unsafe'), t('assessment.task_why.unsafe')]
    return { key: `unsafe/${caseId}`, caseId, title, why, dueAt, href: `/cases/${caseId}/safety/new`, unsafe: true }
  }

  function nextCheck(its: readonly CaseRow[], caseId: string, timeZone: string): Task[] {
    const nextOn = checksOf(its).at(-1)?.nextOn ?? null
    if (nextOn === null) return []
    const dueAt = addMillis(addDuration(startOfDay(nextOn, timeZone), 'P1D', timeZone), -1)
    const [title, why] = [t('assessment.task.check'), t('assessment.task_why.check')]
    return [{ key: `check/${caseId}`, caseId, title, why, dueAt, href: `/cases/${caseId}/safety/new` }]
  }

  /** Where somebody stopped for today, so that the next morning finds it. */
  function stopped(its: readonly CaseRow[], caseId: string, timeZone: string): Task[] {
    const { sheets, roundId, state } = assessmentOf(its, caseId)
    const resume = state === 'draft' || state === 'returned' ? resumeOf(roundId, sheets) : null
    if (resume === null) return []
    const why = (resume.next ?? '') === '' ? t('assessment.task_why.stopped') : (resume.next ?? '')
    const dueAt = addDuration(resume.at, 'P1D', timeZone)
    const title = t('assessment.task.go_on')
    return [{ key: `stopped/${caseId}`, caseId, title, why, dueAt, href: `/cases/${caseId}/assessment` }]
  }
}
