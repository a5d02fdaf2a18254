import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { TONES } from './ConferenceStrip.tsx'
import type { ConferenceState } from './view.ts'

export type ShownSeat = { key: string; who: string; about: string | null; words: string | null }
export type ShownDecision = {
  id: string
  what: string
  child: Said
  who: string
  task: { text: string; href: string } | null
}

type Props = {
  speech: Speech
  alias: string
  caseId: string
  title: string
  state: ConferenceState
  note: string
  agenda: string
  why: string | null
  voices: readonly Said[]
  seats: readonly ShownSeat[]
  decisions: readonly ShownDecision[]
  talked: string | null
  childTold: string | null
  links: readonly { href: string; text: string; isFirst: boolean }[]
}

/** One conference as it is prepared, read and printed: the child's voice first, then who sat there, then what is to be done. */
export function OneConference(props: Props) {
  const { speech, title, alias, state, seats, decisions, links } = props
  const { t } = speech
  return (
    <Screen title={title} lead={alias}>
      <div className="row">
        <Status tone={TONES[state]}>{t(`conference.state.${state}`)}</Status>
        <span className="small">{props.note}</span>
      </div>
      {links.length > 0 && (
        <div className="actions row not-printed">
          {links.map(({ href, text, isFirst }) => (
            <To key={href} href={href} className={isFirst ? 'button' : 'button second'}>
              {text}
            </To>
          ))}
        </div>
      )}
      {props.why !== null && <Piece title={t('conference.why_off')} text={props.why} />}
      {props.voices.map(({ label, text }) => (
        <section key={label} className="group">
          <h2>{label}</h2>
          <div className="voice">
            <p className="words" translate="no">
              {text}
            </p>
          </div>
        </section>
      ))}
      <Piece title={t('conference.agenda')} text={props.agenda} />
      <section className="group">
        <h2>{t('conference.people')}</h2>
        <ul className="plain stack">
          {seats.map(({ key, who, about, words }) => (
            <li key={key} className="card">
              <h3>{who}</h3>
              {about !== null && <p className="small">{about}</p>}
              {words !== null && (
                <p className="words" translate="no">
                  {words}
                </p>
              )}
            </li>
          ))}
        </ul>
      </section>
      {props.talked !== null && <Piece title={t('conference.talked')} text={props.talked} />}
      {decisions.length > 0 && (
        <section className="group">
          <h2>{t('conference.decisions')}</h2>
          <ol className="plain stack">
            {decisions.map(({ id, what, child, who, task }) => (
              <li key={id} className="card stack">
                <h3 className="words" translate="no">
                  {what}
                </h3>
                <Facts facts={[child, { label: t('conference.owner'), text: who }]} />
                {task !== null && (
                  <p className="not-printed">
                    <To href={task.href} className="line">
                      {task.text}
                    </To>
                  </p>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      {props.childTold !== null && <Piece title={t('conference.child_told')} text={props.childTold} />}
      <p className="only-printed">{t('conference.signature_line')}</p>
      <div className="actions row not-printed">
        <To href={`/cases/${props.caseId}/conferences`} className="line">
          {t('conference.all')}
        </To>
      </div>
    </Screen>
  )
}

function Piece({ title, text }: { title: string; text: string }) {
  return (
    <section className="group">
      <h2>{title}</h2>
      <p className="words" translate="no">
        {text}
      </p>
    </section>
  )
}
