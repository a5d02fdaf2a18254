import { useState } from 'react'
import { AidSafeguard, givesSomething, hasLayer } from '../../../core/aid.ts'
import { newId } from '../../../crypto/random.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { dayIn } from '../../../web/ui/when.ts'
import { codeOptions } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import type { CaseRows } from '../../cases/screens/use-rows.ts'
import { Agreement, GoalState } from '../plan.ts'
import { decidePlan, editAction, editGoal, editPlan } from '../plan-ops.ts'
import { changes } from '../../cases/screens/changes.ts'
import { ActionForm, DecisionForm, GoalForm, PlanPageForm } from './plan-forms.tsx'
import { usePlan, useBackToPlan } from './plan-pages.tsx'
import { usePathId } from './use-care.ts'

/** What a form starts from: each code, day and word as the browser holds it. */
function startOf(fields: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, [value]]] : Array.isArray(value) ? [[name, value.map(String)]] : [],
    ),
  )
}

/** What is not among the rows: still on its way, or not there. */
function absent({ isAsking, problem }: CaseRows): Parameters<typeof NotThere>[0]['found'] {
  return isAsking ? { state: 'asking' } : { state: 'failed', code: problem ?? 'not_found' }
}

export function PlanPagePage() {
  const { caseId, found, care, speech, desk, wish, record, view } = usePlan()
  const back = useBackToPlan(caseId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const before: Record<string, unknown> = { ...view.plan }

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const set = changes(before, {
      wants: wordsOf(values, 'wants'),
      wantsSaidOn: dayIn(one(values, 'wantsSaidOn')),
      wantsHeardBy: wordsOf(values, 'wantsHeardBy'),
      optionsConsidered: wordsOf(values, 'optionsConsidered'),
      childAgrees: pick(Agreement.options, one(values, 'childAgrees')) ?? 'not_asked_yet',
      carerAgrees: pick(Agreement.options, one(values, 'carerAgrees')) ?? 'not_asked_yet',
      safetyChild: wordsOf(values, 'safetyChild'),
      safetyVisit: wordsOf(values, 'safetyVisit'),
      tellPeople: wordsOf(values, 'tellPeople'),
      notTellPeople: wordsOf(values, 'notTellPeople'),
      tellSaidOn: dayIn(one(values, 'tellSaidOn')),
      singledOut: wordsOf(values, 'singledOut'),
      reviewOn: dayIn(one(values, 'reviewOn')),
    })
    const known = { closedAt: row.closedAt, row: view.plan }
    const seen = care.isHere ? {} : { seen: view.planVersion ?? 0 }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record([
            wish(editPlan, { id: caseId, caseId, set }, known, { thing: 'care_plan', id: caseId, ...seen }),
          ])
    if (wrong === null) back()
    return wrong
  }
  return (
    <PlanPageForm
      speech={speech}
      alias={row.alias}
      isNew={view.plan === null}
      start={startOf(before)}
      draft={desk.drafts.of(`plan/${caseId}`)}
      submit={submit}
    />
  )
}

export function GoalPage() {
  const { caseId, found, care, speech, pack, desk, wish, record, view } = usePlan()
  const goalId = usePathId('goalId')
  const [fresh] = useState(newId)
  const back = useBackToPlan(caseId)
  const goal = view.goals.find((each) => each.id === goalId) ?? null
  if (found.state !== 'found') return <NotThere found={found} />
  if (goalId !== null && goal === null) return <NotThere found={absent(care)} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const inTheirWords = wordsOf(values, 'inTheirWords')
    const domain = one(values, 'domain')
    if (inTheirWords === null) return { inTheirWords: speech.t('field.needed') }
    if (domain === '') return { domain: speech.t('field.needed') }
    const set = changes(
      { ...goal },
      {
        inTheirWords,
        domain,
        why: wordsOf(values, 'why'),
        howWeWillKnow: wordsOf(values, 'howWeWillKnow'),
        dueOn: dayIn(one(values, 'dueOn')),
        state: pick(GoalState.options, one(values, 'state')) ?? 'not_started',
        outcome: wordsOf(values, 'outcome'),
      },
    )
    const id = goal?.id ?? fresh
    const known = { closedAt: row.closedAt, row: goal }
    const seen = care.isHere ? {} : { seen: goal?.version ?? 0 }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record([wish(editGoal, { id, caseId, set }, known, { thing: 'care_goal', id, ...seen })])
    if (wrong === null) back()
    return wrong
  }
  return (
    <GoalForm
      speech={speech}
      alias={row.alias}
      isNew={goal === null}
      start={startOf(goal === null ? { state: 'not_started' } : { ...goal })}
      draft={desk.drafts.of(`goal/${caseId}/${goalId ?? ''}`)}
      submit={submit}
      domains={codeOptions(pack, 'need_domain', speech)}
    />
  )
}

export function ActionPage() {
  const { caseId, found, care, speech, pack, desk, wish, record, view } = usePlan()
  const [actionId, ofGoal] = [usePathId('actionId'), usePathId('goalId')]
  const [fresh] = useState(newId)
  const back = useBackToPlan(caseId)
  const action = view.actions.find((each) => each.id === actionId) ?? null
  const goal = view.goals.find((each) => each.id === (action?.goalId ?? ofGoal)) ?? null
  if (found.state !== 'found') return <NotThere found={found} />
  if (goal === null) return <NotThere found={absent(care)} />
  const { case: row } = found.opened
  const goalId = goal.id

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const what = wordsOf(values, 'what')
    const [kind, status] = [one(values, 'kind'), one(values, 'status')]
    if (what === null) return { what: speech.t('field.needed') }
    if (kind === '') return { kind: speech.t('field.needed') }
    if (status === '') return { status: speech.t('field.needed') }
    const safeguards = AidSafeguard.options.filter((each) => many(values, 'safeguards').includes(each))
    const set = changes(
      { ...action },
      {
        goalId,
        what,
        kind,
        layer: hasLayer(kind) ? (one(values, 'layer') === '' ? null : one(values, 'layer')) : null,
        safeguards: givesSomething(kind) ? safeguards : [],
        purpose: wordsOf(values, 'purpose'),
        who: wordsOf(values, 'who'),
        dueOn: dayIn(one(values, 'dueOn')),
        status,
        outcome: wordsOf(values, 'outcome'),
      },
    )
    const id = action?.id ?? fresh
    const known = { closedAt: row.closedAt, row: action, goals: view.goals.map((each) => each.id) }
    const seen = care.isHere ? {} : { seen: action?.version ?? 0 }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record([wish(editAction, { id, caseId, set }, known, { thing: 'care_action', id, ...seen })])
    if (wrong === null) back()
    return wrong
  }
  return (
    <ActionForm
      speech={speech}
      alias={row.alias}
      isNew={action === null}
      goal={goal.inTheirWords}
      start={startOf(action === null ? { status: 'planned' } : { ...action })}
      draft={desk.drafts.of(`action/${caseId}/${actionId ?? goalId}`)}
      submit={submit}
      kinds={codeOptions(pack, 'service_sector', speech)}
      layers={codeOptions(pack, 'mhpss_layer', speech)}
      statuses={codeOptions(pack, 'plan_action_status', speech)}
    />
  )
}

export function DecisionPage() {
  const { caseId, found, care, speech, desk, wish, record, view } = usePlan()
  const [id] = useState(newId)
  const back = useBackToPlan(caseId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { submission, plannedAt } = view
  if (submission === null && (care.isAsking || care.problem !== null)) return <NotThere found={absent(care)} />
  const { case: row } = found.opened
  if (submission === null)
    return (
      <Screen title={speech.t('care.decide_title', { alias: row.alias })} lead={speech.t('care.decide_nothing')}>
        <To href={`/cases/${caseId}/plan`} className="button">
          {speech.t('care.plan')}
        </To>
      </Screen>
    )

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const decision = pick(['approved', 'returned'] as const, one(values, 'decision'))
    if (decision === null) return { decision: speech.t('field.needed') }
    const payload = { id, caseId, submissionId: submission?.id, decision, plannedAt, reason: wordsOf(values, 'reason') }
    const wrong = await record([wish(decidePlan, payload, { ...view, closedAt: row.closedAt })])
    if (wrong === null) back()
    return wrong
  }
  return (
    <DecisionForm
      speech={speech}
      alias={row.alias}
      isNew
      start={{}}
      draft={desk.drafts.of(`decision/${caseId}`)}
      submit={submit}
    />
  )
}
