import './assessment.css'
import type { ReactNode } from 'react'
import type { ApprovalState } from '../../../core/approval.ts'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ReadAnswer = {
  id: string
  ask: string
  text: string
  who: string | null
  isFolded: boolean
  earlier: readonly string[]
}
export type ReadSection = {
  id: string
  title: string
  state: string
  answers: readonly ReadAnswer[]
  voices: readonly { id: string; text: string; who: string }[]
  why: string | null
}
export type Voice = { text: string; who: string } | null

type Props = {
  speech: Speech
  caseId: string
  alias: string
  state: ApprovalState
  isEarlier: boolean
  said: string | null
  /** Why it was assessed again, and from when. */
  about: string | null
  conclusion: { text: string; risk: string; who: string } | null
  voice: Voice
  silent: string | null
  sections: readonly ReadSection[]
  decideHref: string | null
  problem: string | null
  /** What lies apart, opened by choice. */
  children: ReactNode
}

/** A whole assessment to read and to print: the child's own words and the conclusion first, strengths before needs. */
export function ReadAssessment(props: Props) {
  const { speech, caseId, alias, conclusion, voice, sections, said } = props
  const { t } = speech
  return (
    <Screen title={t('assessment.read_title', { alias })}>
      {props.problem !== null && (
        <Notice tone="due" live>
          {props.problem}
        </Notice>
      )}
      <div className="row">
        <Status tone={props.state === 'approved' ? 'ok' : 'info'}>
          {t(props.isEarlier ? 'assessment.is_earlier' : `assessment.round.${props.state}`)}
        </Status>
      </div>
      {props.about !== null && <p className="small words">{props.about}</p>}
      {said !== null && <Notice>{said}</Notice>}
      {(voice !== null || props.silent !== null) && (
        <section className="group">
          <h2>{t('assessment.child_on_it')}</h2>
          <div className="voice">
            {voice === null ? (
              <p>{props.silent}</p>
            ) : (
              <>
                <p className="words" translate="no">
                  “{voice.text}”
                </p>
                <p className="small">{voice.who}</p>
              </>
            )}
          </div>
        </section>
      )}
      {conclusion !== null && (
        <section className="group">
          <h2>{t('assessment.conclusion')}</h2>
          <div className="card stack">
            <p className="words" translate="no">
              {conclusion.text}
            </p>
            <p className="small">{conclusion.risk}</p>
            <p className="tiny">{conclusion.who}</p>
          </div>
        </section>
      )}
      {sections.map((section) => (
        <section key={section.id} className="group">
          <h2>{section.title}</h2>
          <div className="card stack">
            <p className="tiny">{section.state}</p>
            {section.why !== null && (
              <p className="words" translate="no">
                {section.why}
              </p>
            )}
            {section.voices.map((one) => (
              <div key={one.id} className="voice">
                <p className="words" translate="no">
                  “{one.text}”
                </p>
                <p className="small">{one.who}</p>
              </div>
            ))}
            <Answers answers={section.answers} speech={speech} />
          </div>
        </section>
      ))}
      {props.children}
      <div className="actions row not-printed">
        {props.decideHref !== null && (
          <To href={props.decideHref} className="button">
            {t('assessment.answer_it')}
          </To>
        )}
        <To href={`/cases/${caseId}/assessment`} className="line">
          {t('assessment.to_list')}
        </To>
      </div>
    </Screen>
  )
}

/** Answers with who gave them and when; what may hold details of harm stays closed. */
export function Answers({ answers, speech: { t } }: { answers: readonly ReadAnswer[]; speech: Speech }) {
  if (answers.length === 0) return null
  return (
    <dl className="facts">
      {answers.map((answer) => (
        <div key={answer.id}>
          <dt>{answer.ask}</dt>
          <dd>
            {answer.isFolded ? (
              <details className="folded">
                <summary>{t('assessment.folded')}</summary>
                <p className="words" translate="no">
                  {answer.text}
                </p>
              </details>
            ) : (
              <span className="words" translate="no">
                {answer.text}
              </span>
            )}
            {answer.who !== null && <p className="tiny">{answer.who}</p>}
            {answer.earlier.map((text) => (
              <p key={text} className="tiny words" translate="no">
                {text}
              </p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
