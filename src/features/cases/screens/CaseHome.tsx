import { type ReactNode, useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { PrintButton } from '../../../web/ui/PrintButton.tsx'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { PRINTS_NAME } from './on-paper.ts'
import { Path, type PathEntry } from './Timeline.tsx'

export type Step = { title: string; why: string; due: string; href: string; button: string }

type Props = {
  speech: Speech
  caseId: string
  alias: string
  mark: string
  callName: string | null
  /** Sex, age, place, language: one line of codes. */
  about: string
  fullName: string | null
  isClosed: boolean
  isThreatened: boolean
  next: Step | null
  /** The other open steps. */
  steps: readonly Step[]
  /** What somebody else has to do. */
  others: readonly Step[]
  latest: readonly PathEntry[] | null
  differences: number
  /** Requests of other offices that a supervisor may answer; a worker's own are among her steps. */
  hits: readonly string[]
  canEdit: boolean
  canAssign: boolean
  takeAlong: { text: string; button: string; press: () => void } | null
  problem: string | null
  /** What stands above everything else. */
  above: ReactNode
  /** What is wanted at once, under the next step. */
  first: ReactNode
  /** Sections that are seldom wanted. */
  seldom: ReactNode
  children: ReactNode
}

/** The home of a case: whether the child is safe, who it is, what is due and by whom, whom to call; all else is one line that opens. */
export function CaseHome(props: Props) {
  const {
    speech,
    caseId,
    alias,
    mark,
    callName,
    about,
    fullName,
    isClosed,
    isThreatened,
    next,
    steps,
    others,
    latest,
    differences,
  } = props
  const { t } = speech
  const [withName, setWithName] = useState(false)
  // No name stands on paper unless somebody chose it for this paper.
  const onPaper = withName ? PRINTS_NAME : 'not-printed'
  return (
    <Screen title={alias}>
      <div className="stack">
        {props.above}
        <div className="child">
          <div className="mark" aria-hidden="true">
            {mark}
          </div>
          <div>
            {callName !== null && <p className={onPaper}>{t('cases.called', { name: callName })}</p>}
            {fullName !== null && <p className={onPaper}>{t('cases.full_name', { name: fullName })}</p>}
            <p className="small">{about}</p>
            <p className="small not-printed">
              <To href={`/cases/${caseId}/who`} className="line">
                {t('cases.who_may_see')}
              </To>
            </p>
          </div>
        </div>
        {(isClosed || isThreatened) && (
          <div className="row">
            {isClosed && <Status tone="info">{t('cases.closed')}</Status>}
            {isThreatened && <Status tone="due">{t('cases.threatened')}</Status>}
          </div>
        )}
      </div>
      {props.problem !== null && <Notice tone="due">{props.problem}</Notice>}
      {differences > 0 && (
        <Notice tone="due">
          <p>{t('cases.differences_wait', { count: differences })}</p>
          <To href={`/cases/${caseId}/differences`} className="line">
            {t('cases.differences_look')}
          </To>
        </Notice>
      )}
      {props.hits.map((hit) => (
        <Notice key={hit} tone="due">
          <p>{t('cases.hit_task')}</p>
          <To href={`/cases/${caseId}/match/${hit}`} className="line">
            {t('save.look')}
          </To>
        </Notice>
      ))}
      <div className="two">
        <div className="stack wide">
          {next !== null && (
            <section className="next">
              <h2 className="lead">{t('cases.next_step')}</h2>
              <h3>{next.title}</h3>
              <p className="small">{next.why}</p>
              <div className="actions">
                <To href={next.href} className="button">
                  {next.button}
                </To>
              </div>
            </section>
          )}
          {props.canEdit && (
            <div className="side-by-side not-printed">
              <To href={`/cases/${caseId}/note`} className="button">
                {t('cases.add_note')}
              </To>
              <To href={`/cases/${caseId}/contact`} className="button second">
                {t('cases.record_contact')}
              </To>
            </div>
          )}
          {steps.length + others.length > 0 && (
            <section className="group not-printed">
              {steps.length > 0 && (
                <>
                  <h2>{t('cases.still_open', { count: steps.length })}</h2>
                  <Steps steps={steps.slice(0, FIRST)} />
                </>
              )}
              {steps.length > FIRST && (
                <details>
                  <summary>{t('cases.still_more', { count: steps.length - FIRST })}</summary>
                  <Steps steps={steps.slice(FIRST)} />
                </details>
              )}
              {others.length > 0 && (
                <details>
                  <summary>{t('today.others', { count: others.length })}</summary>
                  <Steps steps={others} />
                </details>
              )}
            </section>
          )}
          {props.first}
          <div className="parts">
            <Fold
              title={t('cases.path')}
              opensOnDesk
              says={latest?.[0] === undefined ? null : `${latest[0].what} · ${latest[0].when}`}
            >
              {latest === null ? <p className="small">{t('wait')}</p> : <Path entries={latest} />}
              <p className="not-printed">
                <To href={`/cases/${caseId}/timeline`} className="line">
                  {t('cases.whole_path')}
                </To>
              </p>
            </Fold>
          </div>
        </div>
        <div className="parts">
          {props.children}
          {props.canAssign && (
            <Fold title={t('cases.decide')} isPrinted={false}>
              <div className="actions stack">
                <To href={`/cases/${caseId}/assign`} className="button second">
                  {t('cases.assign')}
                </To>
                <To href={`/cases/${caseId}/threatened`} className="button second">
                  {t(isThreatened ? 'cases.threatened_over' : 'cases.threatened_mark')}
                </To>
                <To href={`/cases/${caseId}/close`} className="button second">
                  {t('cases.close')}
                </To>
              </div>
            </Fold>
          )}
          <Fold title={t('cases.seldom')} isPrinted={false}>
            <div className="stack wide">
              {props.canEdit && (
                <section className="group">
                  <h2>{t('cases.change')}</h2>
                  <ul className="plain">
                    <li>
                      <To href={`/cases/${caseId}/card`} className="line">
                        {t('cases.edit_card')}
                      </To>
                    </li>
                    <li>
                      <To href={`/cases/${caseId}/start/who`} className="line">
                        {t('cases.edit_who')}
                      </To>
                    </li>
                    {!isThreatened && (
                      <li>
                        <To href={`/cases/${caseId}/threatened`} className="line">
                          {t('cases.threatened_mark')}
                        </To>
                      </li>
                    )}
                  </ul>
                </section>
              )}
              {props.takeAlong !== null && (
                <section className="group">
                  <h2>{t('cases.visit')}</h2>
                  <p className="small">{props.takeAlong.text}</p>
                  <div className="actions">
                    <button type="button" className="button second" onClick={props.takeAlong.press}>
                      {props.takeAlong.button}
                    </button>
                  </div>
                </section>
              )}
              {props.seldom}
              <section className="group">
                <h2>{t('cases.print')}</h2>
                {(callName ?? fullName) !== null && (
                  <label className="option">
                    <input type="checkbox" checked={withName} onChange={(event) => setWithName(event.target.checked)} />
                    <span>{t('cases.print_name')}</span>
                  </label>
                )}
                <div className="actions">
                  <PrintButton speech={speech} />
                </div>
                <p className="tiny">{t('cases.print_written_down')}</p>
              </section>
            </div>
          </Fold>
        </div>
      </div>
    </Screen>
  )
}

/** So many open steps are read at a glance; more stand behind their number. */
const FIRST = 3

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className="plain open-steps">
      {steps.map((step) => (
        <li key={step.href}>
          <To href={step.href} className="line">
            {step.title}
          </To>
          <p className="tiny">{step.due}</p>
        </li>
      ))}
    </ul>
  )
}
