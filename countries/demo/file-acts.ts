import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'
import { anAssessment } from './weighing-story.ts'

type Person = { id: string; name: string }

export type Around = {
  /** Who carries the case. */
  by: Person
  supervisor: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

export const DAY = 24
const SECTIONS = [
  'strengths',
  'family',
  'safety',
  'wellbeing',
  'functioning',
  'education',
  'livelihood',
  'documents',
  'community',
] as const
type Section = (typeof SECTIONS)[number]
type Answers = Record<string, object>

export const words = (text: string) => ({ words: text })
export const codes = (...chosen: string[]) => ({ codes: chosen })

/** The acts of an office that make a file of months, each some days ago. */
export function acts({ by, supervisor, ago, id, put }: Around, caseId: string) {
  const day = (inDays: number) => ago(-DAY * inDays).slice(0, 10)
  const step = (daysAgo: number, type: string, payload: Record<string, unknown>, who: { id: string } = by): string => {
    const of = { id: id(), caseId, ...payload }
    put({ by: who.id, at: ago(Math.round(DAY * daysAgo)), type, payload: of })
    return of.id
  }
  const edit = (daysAgo: number, type: string, set: Record<string, unknown>, rowId = id()): string => {
    put({ by: by.id, at: ago(DAY * daysAgo), type, baseVersion: 0, payload: { id: rowId, caseId, set } })
    return rowId
  }

  function agree(daysAgo: number, capacity: string, childSaid: string): void {
    step(daysAgo, 'referrals.record_consent', {
      purpose: 'case_management',
      text: 'case_management_1',
      recipient: null,
      language: 'id',
      capacity,
      child: 'agrees',
      adult: 'agrees',
      adultIs: 'parent_or_carer',
      withheld: null,
      askedAt: ago(DAY * daysAgo),
      endsOn: null,
      organisation: null,
      explainedBy: by.name,
      childSaid,
    })
  }
  function check(daysAgo: number, over: Record<string, unknown>): void {
    step(daysAgo, 'assessment.check_safety', {
      at: ago(DAY * daysAgo),
      how: 'seen',
      safeNow: 'yes',
      harmToChild: 'medium',
      nextOn: null,
      childSaidOn: null,
      childSays: null,
      couldHarm: null,
      done: null,
      ...over,
    })
  }
  function note(daysAgo: number, kind: string, said: Record<string, string>): void {
    const nothing = { present: null, howIsTheChild: null, agreed: null, next: null }
    step(daysAgo, 'care.add_note', {
      kind,
      at: ago(DAY * daysAgo),
      folded: false,
      corrects: null,
      ...nothing,
      ...said,
    })
  }
  /** A whole assessment, one sitting a day, which the supervisor has approved four days after it was begun. */
  function assess(
    daysAgo: number,
    said: Partial<Record<Section, Answers>>,
    over: { harmToChild: string; conclusion: string; childSays: string },
  ): void {
    const saidOn = day(-daysAgo)
    for (const [at, section] of SECTIONS.entries()) {
      const answers = said[section]
      step(daysAgo - at / 24, 'assessment.answer', {
        roundId: caseId,
        section,
        at: ago(DAY * daysAgo - at),
        mark: answers === undefined ? 'not_needed' : 'answers',
        stops: false,
        childSaidOn: null,
        toldBy: 'child',
        answers: answers ?? {},
        why: answers === undefined ? 'Nothing is lacking here, say the child and whoever cares for it.' : null,
        childSays: null,
        next: null,
      })
    }
    const submissionId = step(daysAgo - 1, 'assessment.submit', {
      roundId: caseId,
      childSaidOn: saidOn,
      childSilent: null,
      ...over,
    })
    // When it was last changed, which she has seen, only the server knows.
    const decision = { submissionId, decision: 'approved', seenAt: null, reason: null }
    step(daysAgo - 4, 'assessment.decide', decision, supervisor)
  }
  function weigh(daysAgo: number, over: Record<string, unknown>): void {
    const { id: _made, ...record } = anAssessment({ id: '', caseId, at: ago(DAY * daysAgo) }, over)
    step(daysAgo, 'best_interests.record', record)
  }
  function plan(daysAgo: number, page: Record<string, unknown>): void {
    const agreed = { childAgrees: 'agrees', carerAgrees: 'agrees', wantsSaidOn: day(-daysAgo) }
    edit(daysAgo, 'care.edit_plan', { ...agreed, wantsHeardBy: `Told to ${by.name}`, ...page }, caseId)
  }
  /** A goal with the one action that leads to it. */
  function goal(
    daysAgo: number,
    { domain, state, inTheirWords }: { domain: string; state: string; inTheirWords: string },
    action: { kind: string; status: string; what: string; who: string; dueOn: string },
  ): void {
    const goalId = edit(daysAgo, 'care.edit_goal', { domain, state, inTheirWords })
    edit(daysAgo, 'care.edit_action', { goalId, safeguards: [], ...action })
  }
  /** Hands the plan in; the supervisor answers it two days later. */
  function decidePlan(daysAgo: number, decision: 'approved' | 'returned', reason: string | null): void {
    const submissionId = step(daysAgo, 'care.submit_plan', { note: null })
    step(daysAgo - 2, 'care.decide_plan', { submissionId, decision, plannedAt: null, reason }, supervisor)
  }
  function task(daysAgo: number, title: string, inDays: number, over: Record<string, unknown> = {}): void {
    edit(daysAgo, 'care.edit_task', { title, state: 'open', dueAt: ago(-DAY * inDays), ownerId: null, ...over })
  }
  function followUp(
    daysAgo: number,
    returnId: string,
    how: string,
    childSays: string,
    outcomes: Record<string, string>,
  ) {
    const at = ago(DAY * daysAgo)
    step(daysAgo, 'care.add_follow_up', { returnId, how, at, outcomes, childSays, needs: null })
  }
  const kin = (daysAgo: number, of: Record<string, unknown>) =>
    edit(daysAgo, 'family.edit_person', {
      state: 'now',
      roles: [],
      inHousehold: false,
      language: 'id',
      about: null,
      calledWhen: null,
      phone: null,
      ...of,
    })
  return { day, step, edit, agree, check, note, assess, weigh, plan, goal, decidePlan, task, followUp, kin }
}
