import './plan.css'
import type { ReactNode } from 'react'
import type { ApprovalState } from '../../../core/approval.ts'
import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { GoalState } from '../plan.ts'
import type { Needed, Progress } from '../plan-state.ts'

export type ShownAction = {
  id: string
  what: string
  about: string
  status: string
  tone: Tone
  note: string | null
}
export type ShownGoal = {
  id: string
  inTheirWords: string
  domain: string
  state: GoalState
  about: string
  facts: Said[]
  actions: ShownAction[]
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  state: ApprovalState
  said: string | null
  voice: { text: string; who: string } | null
  progress: Progress
  goals: readonly ShownGoal[]
  facts: readonly Said[]
  missing: readonly { need: Needed; href: string }[]
  canWrite: boolean
  /** Hands the plan in; null while that cannot be. */
  submit: (() => void) | null
  /** A supervisor's way to her answer. */
  decideHref: string | null
  problem: string | null
  /** What the country asks in this step. */
  children: ReactNode
}

const TONES: Record<ApprovalState, Tone> = {
  draft: 'quiet',
  waiting: 'info',
  returned: 'due',
  approved: 'ok',
  changed: 'due',
}
const GOAL_TONES: Record<GoalState, Tone> = { not_started: 'quiet', going: 'info', done: 'ok', dropped: 'quiet' }

/** The plan of a case: what the child wants first, then goals with what is done for each, then how everybody stays safe. */
export function Plan(props: Props) {
  const { speech, caseId, alias, state, voice, progress, goals, facts, missing, canWrite } = props
  const { t } = speech
  return (
    <Screen title={t('care.plan_title', { alias })}>
      {props.problem !== null && (
        <Notice tone="due" live>
          {props.problem}
        </Notice>
      )}
      <div className="row">
        <Status tone={TONES[state]}>{t(`care.plan.${state}`)}</Status>
        {goals.length > 0 && (
          <span className="small">
            {t('care.progress', { done: progress.done, going: progress.going, open: progress.notStarted })}
          </span>
        )}
      </div>
      {props.said !== null && <Notice tone={state === 'returned' ? 'due' : 'info'}>{props.said}</Notice>}
      <section className="group">
        <h2>{t('care.wants')}</h2>
        <div className="voice">
          {voice === null ? (
            <p>{t('care.wants_none')}</p>
          ) : (
            <>
              <p className="words" translate="no">
                “{voice.text}”
              </p>
              <p className="small">{voice.who}</p>
            </>
          )}
        </div>
        {canWrite && (
          <p className="not-printed">
            <To href={`/cases/${caseId}/plan/page`} className="line">
              {t('care.plan_page')}
            </To>
          </p>
        )}
      </section>
      <section className="group">
        <h2>{t('care.goals')}</h2>
        {goals.length === 0 && <p>{t('care.goals_none')}</p>}
        <div className="stack wide">
          {goals.map((goal) => (
            <GoalCard key={goal.id} goal={goal} speech={speech} caseId={caseId} canWrite={canWrite} />
          ))}
        </div>
        {canWrite && (
          <div className="actions not-printed">
            <To href={`/cases/${caseId}/plan/goal`} className="button second">
              {t('care.add_goal')}
            </To>
          </div>
        )}
      </section>
      {facts.length > 0 && (
        <section className="group">
          <h2>{t('care.plan_rest')}</h2>
          <Facts facts={facts} isCard />
        </section>
      )}
      {props.children}
      <section className="group not-printed">
        <h2>{t('care.plan_next')}</h2>
        {canWrite && missing.length > 0 && (
          <>
            <p>{t('care.plan_missing')}</p>
            <ul>
              {missing.map((need) => (
                <li key={need.need}>
                  <To href={`/cases/${caseId}${need.href}`} className="line">
                    {t(`care.need.${need.need}`)}
                  </To>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="actions row">
          {props.submit !== null && (
            <button type="button" className="button" onClick={props.submit}>
              {t('care.plan_submit')}
            </button>
          )}
          {props.decideHref !== null && (
            <To href={props.decideHref} className="button">
              {t('care.plan_answer')}
            </To>
          )}
          <To href={`/cases/${caseId}/plan/copy`} className="button second">
            {t('care.copy')}
          </To>
        </div>
      </section>
    </Screen>
  )
}

/** What has not begun waits for its time; it is no open question. */
function signOf(tone: Tone): { icon?: 'clock' } {
  return tone === 'quiet' ? { icon: 'clock' } : {}
}

type GoalProps = { goal: ShownGoal; speech: Speech; caseId: string; canWrite: boolean }

function GoalCard({ goal, speech: { t }, caseId, canWrite }: GoalProps) {
  return (
    <article className="card stack">
      <div className="spread">
        <h3 className="words" translate="no">
          {goal.inTheirWords}
        </h3>
        <Status tone={GOAL_TONES[goal.state]} {...signOf(GOAL_TONES[goal.state])}>
          {t(`care.goal.${goal.state}`)}
        </Status>
      </div>
      <p className="tiny">{[goal.domain, goal.about].filter((text) => text !== '').join(' · ')}</p>
      {goal.facts.length > 0 && <Facts facts={goal.facts} />}
      <ul className="plain stack">
        {goal.actions.map((action) => (
          <li key={action.id} className={`task ${action.tone === 'urgent' ? 'urgent' : 'quiet'} in-card`}>
            <div className="spread">
              {canWrite ? (
                <To href={`/cases/${caseId}/plan/action/${action.id}`} className="line">
                  {action.what}
                </To>
              ) : (
                <span className="words">{action.what}</span>
              )}
              <Status tone={action.tone} {...signOf(action.tone)}>
                {action.status}
              </Status>
            </div>
            <p className="tiny">{action.about}</p>
            {action.note !== null && <p className="small words">{action.note}</p>}
          </li>
        ))}
      </ul>
      {canWrite && (
        <div className="row not-printed">
          <To href={`/cases/${caseId}/plan/goal/${goal.id}`} className="line">
            {t('care.edit_goal')}
          </To>
          <To href={`/cases/${caseId}/plan/goal/${goal.id}/action`} className="line">
            {t('care.add_action')}
          </To>
        </div>
      )}
    </article>
  )
}
