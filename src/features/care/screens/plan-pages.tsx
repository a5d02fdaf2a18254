import { useGoOn } from '../../../web/here-context.ts'
import { useState } from 'react'
import { type Day, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { StepQuestions } from '../../../web/StepQuestions.tsx'
import type { Tone } from '../../../web/ui/Status.tsx'
import { callNameOf } from '../../cases/screens/case-file.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { submitPlan } from '../plan-ops.ts'
import { mendedAt, missingOf, progressOf } from '../plan-state.ts'
import { Copy } from './Copy.tsx'
import { endOfDay } from './days.ts'
import { Plan, type ShownGoal } from './Plan.tsx'
import { type ActionView, type GoalView, planView } from './plan-view.ts'
import { useCareRecord, useCareRows } from './use-care.ts'

/** Everything the pages of one plan work with. */
export function usePlan() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const care = useCareRows(caseId)
  const desk = useDesk()
  const timeZone = found.state === 'found' ? found.opened.timeZone : desk.pack.timeZone
  const [wish, record] = useCareRecord(timeZone)
  return { caseId, found, care, ...desk, timeZone, wish, record, view: planView(care.rows, caseId) }
}

const onDay = (speech: Speech, day: Day, timeZone: string, now: Parameters<typeof dayText>[3]) =>
  dayText(speech, startOfDay(day, timeZone), timeZone, now)

export function PlanPage() {
  const { caseId, found, care, speech, pack, now, person, timeZone, view, wish, record } = usePlan()
  const [id] = useState(newId)
  const [problem, say] = useState<string | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  if (care.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const { plan, goals, actions, state, submission, decision } = view
  const canWrite = isMine && row.state === 'open' && person.role !== 'supervisor'
  const missing = missingOf(view)

  function shownGoal(goal: GoalView): ShownGoal {
    return {
      id: goal.id,
      inTheirWords: goal.inTheirWords,
      domain: codeText(pack, 'need_domain', speech, goal.domain),
      state: goal.state,
      about: goal.dueOn === null ? '' : t('care.by_day', { day: onDay(speech, goal.dueOn, timeZone, now) }),
      facts: [
        [t('care.goal_why'), goal.why],
        [t('care.goal_know'), goal.howWeWillKnow],
        [t('care.goal_outcome'), goal.outcome],
      ].flatMap(([label, text]) => ((text ?? '') === '' ? [] : [{ label: label ?? '', text: text ?? '' }])),
      actions: actions.filter((action) => action.goalId === goal.id).map(shownAction),
    }
  }

  function shownAction({ id, what, kind, layer, who, dueOn, status, purpose, outcome }: ActionView) {
    const isOpen = status === 'planned' || status === 'started'
    const about = [
      codeText(pack, 'service_sector', speech, kind),
      (layer ?? null) === null ? '' : codeText(pack, 'mhpss_layer', speech, String(layer)),
      who ?? '',
      dueOn === null ? '' : t('care.by_day', { day: onDay(speech, dueOn, timeZone, now) }),
    ]
    return {
      id,
      what,
      about: about.filter((text) => text !== '').join(' · '),
      status: codeText(pack, 'plan_action_status', speech, status),
      tone: toneOf(status, isOpen && dueOn !== null && endOfDay(dueOn, timeZone) < now),
      note: [purpose, outcome].filter((text) => (text ?? '') !== '').join(' · ') || null,
    }
  }

  async function submit() {
    const known = { ...view, closedAt: row.closedAt }
    const wrong = await record([wish(submitPlan, { id, caseId, note: null }, known)])
    say(wrong === null ? null : (Object.values(wrong)[0] ?? null))
  }

  function saidText(): string | null {
    if (state === 'waiting' && submission !== null)
      return t('care.said_waiting', { when: momentText(speech, submission.submittedAt, timeZone, now) })
    if (decision === null) return null
    const when = momentText(speech, decision.decidedAt, timeZone, now)
    const name = decision.decidedByName ?? t('role.supervisor')
    const said = t(decision.decision === 'approved' ? 'care.said_approved' : 'care.said_returned', { name, when })
    return (decision.reason ?? '') === '' ? said : `${said} ${decision.reason}`
  }

  const facts = [
    [t('care.options'), plan?.optionsConsidered],
    [t('care.child_agrees'), plan === null ? null : t(`care.agree.${plan.childAgrees ?? 'not_asked_yet'}`)],
    [t('care.carer_agrees'), plan === null ? null : t(`care.agree.${plan.carerAgrees ?? 'not_asked_yet'}`)],
    [t('care.safety_child'), plan?.safetyChild],
    [t('care.safety_visit'), plan?.safetyVisit],
    [t('care.tell_people'), plan?.tellPeople],
    [t('care.not_tell_people'), plan?.notTellPeople],
    [t('care.singled_out'), plan?.singledOut],
    [
      t('care.review_on'),
      (plan?.reviewOn ?? null) === null ? null : onDay(speech, plan?.reviewOn as Day, timeZone, now),
    ], // just seen not to be null
  ].flatMap(([label, text]) => ((text ?? '') === '' ? [] : [{ label: label ?? '', text: text ?? '' }]))
  const isWaiting = state === 'waiting'
  return (
    <Plan
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      state={state}
      said={saidText()}
      voice={
        (plan?.wants ?? '') === ''
          ? null
          : {
              text: plan?.wants ?? '',
              who: [
                plan?.wantsHeardBy ?? '',
                (plan?.wantsSaidOn ?? null) === null ? '' : onDay(speech, plan?.wantsSaidOn as Day, timeZone, now), // as above
              ]
                .filter((text) => text !== '')
                .join(' · '),
            }
      }
      progress={progressOf(goals)}
      goals={goals.map(shownGoal)}
      facts={facts}
      missing={isWaiting || state === 'approved' ? [] : missing.map((need) => ({ need, href: mendedAt(need, view) }))}
      canWrite={canWrite}
      submit={canWrite && !isWaiting && state !== 'approved' && missing.length === 0 ? () => void submit() : null}
      decideHref={person.role === 'supervisor' && isWaiting ? `/cases/${caseId}/plan/answer` : null}
      problem={problem ?? (care.problem === null ? null : errorText(speech, care.problem))}
    >
      <StepQuestions caseId={caseId} step="plan" />
    </Plan>
  )
}

/** Red is for work that is late, never for a child. */
function toneOf(status: string, isLate: boolean): Tone {
  if (isLate) return 'urgent'
  return status === 'done' ? 'ok' : status === 'started' ? 'info' : 'quiet'
}

export function CopyPage() {
  const { found, speech, pack, now, timeZone, view } = usePlan()
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, card, isMine } = found.opened
  const { plan, goals, actions } = view
  return (
    <Copy
      speech={speech}
      alias={row.alias}
      callName={callNameOf({ case: row, card: isMine ? card : null })}
      languages={pack.languages}
      wants={(plan?.wants ?? '') === '' ? null : (plan?.wants ?? null)}
      safety={(plan?.safetyChild ?? '') === '' ? null : (plan?.safetyChild ?? null)}
      review={(theirs) =>
        (plan?.reviewOn ?? null) === null ? null : onDay(theirs, plan?.reviewOn as Day, timeZone, now)
      } // just seen not to be null
      goals={(theirs) =>
        goals
          .filter((goal) => goal.state !== 'dropped')
          .map((goal) => ({
            id: goal.id,
            words: goal.inTheirWords,
            isDone: goal.state === 'done',
            actions: actions
              .filter(
                (action) => action.goalId === goal.id && action.status !== 'dropped' && action.status !== 'not_done',
              )
              .map(({ id, what, who, dueOn }) => ({
                id,
                text: [
                  what,
                  who ?? '',
                  dueOn === null ? '' : theirs.t('care.by_day', { day: onDay(theirs, dueOn, timeZone, now) }),
                ]
                  .filter((text) => text !== '')
                  .join(' · '),
              })),
          }))
      }
    />
  )
}

/** The way back to the plan after a form. */
export function useBackToPlan(caseId: string) {
  const goOn = useGoOn()
  return () => goOn(`/cases/${caseId}/plan`)
}
