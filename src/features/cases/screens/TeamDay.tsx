import type { ReactNode } from 'react'
import type { Instant } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { lengthText } from '../../../web/moments.ts'
import { toMillis } from '../../../core/time.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

/** One worker's late work: how much, in how many cases, since when; and those of the cases that were asked for. */
export type LateWorker = {
  id: string
  name: string
  steps: number
  cases: number
  since: Instant
  shown: readonly { id: string; alias: string }[]
}
export type DayLine = { key: string; title: string; about: string; href: string; button: string }
export type LoadLine = { id: string; name: string; open: number; hours: number; of: number; away: string | null }

type Props = {
  speech: Speech
  now: Instant
  /** Children who are said not to be safe now. */
  unsafe: readonly DayLine[]
  late: readonly LateWorker[]
  /** Asks for more of the late cases; null where all of them are here. */
  moreLate: (() => void) | null
  /** Cases somebody only took the call for: to be given to a worker. */
  give: readonly DayLine[]
  /** What other offices ask about files of the team. */
  asked: readonly DayLine[]
  /** Where two people wrote different things, and somebody has to choose. */
  differences: readonly DayLine[]
  loads: readonly LoadLine[]
  problem: string | null
  isFetching: boolean
  /** Limits of the law, by themselves. */
  limits: ReactNode
  /** What waits for her yes or no. */
  approvals: ReactNode
  /** What other features put before a supervisor besides. */
  children: ReactNode
}

/** A supervisor's day: a child who is not safe, limits of the law, late work, what waits for her yes; then the rest. Red is for late work; who carries how much stands beside it, and no child is compared with another. */
export function TeamDay({
  speech,
  now,
  unsafe,
  late,
  moreLate,
  give,
  asked,
  differences,
  loads,
  problem,
  isFetching,
  limits,
  approvals,
  children,
}: Props) {
  const { t } = speech
  const steps = late.reduce((sum, worker) => sum + worker.steps, 0)
  const lateCases = late.reduce((sum, worker) => sum + worker.cases, 0)
  const lateHere = late.reduce((sum, worker) => sum + worker.shown.length, 0)
  const isQuiet = unsafe.length + late.length + give.length + asked.length + differences.length === 0
  return (
    <Screen title={isFetching ? t('way.today') : t('team.title', { late: steps })}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {isFetching && problem === null && <p role="status">{t('wait')}</p>}
      {!isFetching && isQuiet && <p>{t('team.quiet')}</p>}
      <Lines title={t('team.unsafe', { count: unsafe.length })} lead={t('team.unsafe_lead')} lines={unsafe} />
      {limits}
      {late.length > 0 && (
        <section className="group">
          <h2>{t('team.late', { count: late.length })}</h2>
          <ul className="plain stack">
            {late.map((worker) => (
              <li key={worker.id} className="card task urgent">
                <div className="spread">
                  <h3>{worker.name}</h3>
                  <Status tone="urgent">
                    {t('time.late', { length: lengthText(speech, toMillis(worker.since) - toMillis(now)) })}
                  </Status>
                </div>
                <p className="small">{t('team.steps', { steps: worker.steps, cases: worker.cases })}</p>
                <CaseLinks cases={worker.shown.slice(0, SHOWN)} />
                {worker.shown.length > SHOWN && (
                  <details>
                    <summary className="small">{t('team.more', { count: worker.shown.length - SHOWN })}</summary>
                    <CaseLinks cases={worker.shown.slice(SHOWN)} />
                  </details>
                )}
              </li>
            ))}
          </ul>
          {moreLate !== null && (
            <div className="stack">
              <p role="status" className="small">
                {t('team.late_shown', { shown: lateHere, count: lateCases })}
              </p>
              <button type="button" className="button second" onClick={moreLate}>
                {t('cases.more')}
              </button>
            </div>
          )}
        </section>
      )}
      {approvals}
      <Lines title={t('team.give', { count: give.length })} lead={t('team.give_lead')} lines={give} />
      {children}
      <Lines title={t('team.asked', { count: asked.length })} lead={t('team.asked_lead')} lines={asked} />
      <Lines
        title={t('team.differences', { count: differences.length })}
        lead={t('team.differences_lead')}
        lines={differences}
      />
      <p>
        <To href="/team/same-child" className="line">
          {t('team.same_child')}
        </To>
      </p>
      {loads.length > 0 && (
        <section className="group">
          <h2>{t('team.loads')}</h2>
          <p className="small">
            <To href="/allocate" className="line">
              {t('team.allocate')}
            </To>
          </p>
          <dl className="card facts">
            {loads.map(({ id, name, open, hours, of, away }) => (
              <div key={id}>
                <dt>{name}</dt>
                <dd>
                  {t('team.load', { hours, of, count: open })}
                  {away !== null && ` · ${away}`}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </Screen>
  )
}

const SHOWN = 4

function CaseLinks({ cases }: { cases: LateWorker['shown'] }) {
  return (
    <p className="row">
      {cases.map(({ id, alias }) => (
        <To key={id} href={`/cases/${id}`} className="line">
          {alias}
        </To>
      ))}
    </p>
  )
}

function Lines({ title, lead, lines }: { title: string; lead: string; lines: readonly DayLine[] }) {
  if (lines.length === 0) return null
  return (
    <section className="group">
      <h2>{title}</h2>
      <p className="small">{lead}</p>
      <ul className="plain stack">
        {lines.map(({ key, title: name, about, href, button }) => (
          <li key={key} className="card spread">
            <div>
              <h3>{name}</h3>
              <p className="small">{about}</p>
            </div>
            <To href={href} className="button second small-target">
              {button}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
