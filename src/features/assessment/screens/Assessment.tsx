import type { ApprovalState } from '../../../core/approval.ts'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { SectionState } from '../sections.ts'

export type ShownSection = {
  id: string
  title: string
  /** Null where its answers lie apart and are on no phone. */
  state: SectionState | null
  note: string | null
  href: string | null
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  state: ApprovalState
  said: string | null
  /** Where somebody stopped for today. */
  resume: { text: string; next: string | null; href: string } | null
  sections: readonly ShownSection[]
  apart: readonly ShownSection[]
  done: number
  handInHref: string | null
  decideHref: string | null
  againHref: string | null
  earlier: readonly { id: string; text: string }[]
  problem: string | null
}

const STATE_TONES: Record<ApprovalState, Tone> = {
  draft: 'quiet',
  waiting: 'info',
  returned: 'due',
  approved: 'ok',
  changed: 'due',
}
const TONES: Record<SectionState, Tone> = { not_started: 'quiet', in_progress: 'info', done: 'ok', not_needed: 'quiet' }

/** The assessment as a list of sections that can be done in any order, with strengths first, and stopped at any of them. */
export function Assessment(props: Props) {
  const { speech, caseId, alias, state, said, resume, sections, apart, done, earlier } = props
  const { t } = speech
  return (
    <Screen title={t('assessment.title', { alias })} lead={t('assessment.lead')}>
      {props.problem !== null && (
        <Notice tone="due" live>
          {props.problem}
        </Notice>
      )}
      <div className="row">
        <Status tone={STATE_TONES[state]}>{t(`assessment.round.${state}`)}</Status>
        <span className="small">{t('assessment.sections_done', { done, all: sections.length })}</span>
      </div>
      {said !== null && <Notice tone={state === 'returned' ? 'due' : 'info'}>{said}</Notice>}
      {resume !== null && (
        <section className="next">
          <h2 className="lead">{t('assessment.resume')}</h2>
          <h3>{resume.text}</h3>
          {resume.next !== null && (
            <p className="words" translate="no">
              {resume.next}
            </p>
          )}
          <div className="actions">
            <To href={resume.href} className="button">
              {t('assessment.go_on')}
            </To>
          </div>
        </section>
      )}
      <section className="group">
        <h2>{t('assessment.sections')}</h2>
        <Sections speech={speech} sections={sections} />
      </section>
      {apart.length > 0 && (
        <section className="group">
          <h2>{t('assessment.apart')}</h2>
          <p className="small">{t('assessment.apart_lead')}</p>
          <Sections speech={speech} sections={apart} />
        </section>
      )}
      <div className="actions row not-printed">
        {props.handInHref !== null && (
          <To href={props.handInHref} className="button">
            {t('assessment.hand_in')}
          </To>
        )}
        {props.decideHref !== null && (
          <To href={props.decideHref} className="button">
            {t('assessment.answer_it')}
          </To>
        )}
        <To href={`/cases/${caseId}/assessment/read`} className="button second">
          {t('assessment.read_all')}
        </To>
        {props.againHref !== null && (
          <To href={props.againHref} className="button second">
            {t('assessment.again')}
          </To>
        )}
      </div>
      {earlier.length > 0 && (
        <section className="group">
          <h2>{t('assessment.earlier')}</h2>
          <ul className="plain">
            {earlier.map((one) => (
              <li key={one.id}>
                <To href={`/cases/${caseId}/assessment/read/${one.id}`} className="line">
                  {one.text}
                </To>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}

function Sections({ speech: { t }, sections }: { speech: Speech; sections: readonly ShownSection[] }) {
  return (
    <ul className="plain stack">
      {sections.map(({ id, title, state, note, href }) => (
        <li key={id} className={href === null ? 'card' : 'card has-link'}>
          <div className="spread">
            <h3>
              {href === null ? (
                title
              ) : (
                <To href={href} className="cover-link">
                  {title}
                </To>
              )}
            </h3>
            {state !== null && (
              <Status tone={TONES[state]} {...(state === 'done' || state === 'in_progress' ? {} : { icon: 'clock' })}>
                {t(`assessment.section.${state}`)}
              </Status>
            )}
          </div>
          {note !== null && <p className="small">{note}</p>}
        </li>
      ))}
    </ul>
  )
}
