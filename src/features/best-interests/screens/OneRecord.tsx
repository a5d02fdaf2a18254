import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { TONES } from './BestInterestsStrip.tsx'
import type { RecordState } from './view.ts'

export type ShownOption = { key: string; what: string; speaksFor: string; speaksAgainst: string; isChosen: boolean }
export type ShownSeat = { key: string; as: string; position: string; words: string | null }

type Props = {
  speech: Speech
  alias: string
  title: string
  printed: string
  state: RecordState
  /** What a second person was asked and answered, and until when it can be asked to be looked at again. */
  notes: readonly string[]
  question: string
  voices: readonly Said[]
  options: readonly ShownOption[]
  considerations: readonly Said[]
  sides: readonly Said[]
  decided: readonly Said[]
  panel: readonly ShownSeat[]
  /** How many of the panel decided, and how many must. */
  quorum: string | null
  /** Where a supervisor answers what she was asked about this record. */
  signHref: string | null
  appeals: readonly Said[]
  links: readonly { href: string; text: string }[]
}

/** One record as it is read and printed: the child first, then what was weighed, then what was decided and by whom. */
export function OneRecord(props: Props) {
  const { speech, alias, title, state, options, panel } = props
  const { t } = speech
  return (
    <Screen title={title} lead={alias}>
      <p className="only-printed">{props.printed}</p>
      <div className="row">
        <Status tone={TONES[state]}>{t(`best_interests.state.${state}`)}</Status>
      </div>
      {props.notes.map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      <section className="group">
        <h2>{t('best_interests.question')}</h2>
        <p className="words" translate="no">
          {props.question}
        </p>
      </section>
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
      <section className="group">
        <h2>{t('best_interests.options')}</h2>
        <ol className="plain stack">
          {options.map((option) => (
            <li key={option.key} className="card stack">
              <div className="spread">
                <h3 className="words" translate="no">
                  {option.what}
                </h3>
                {option.isChosen && <Status tone="ok">{t('best_interests.chosen')}</Status>}
              </div>
              <Facts
                facts={[
                  { label: t('best_interests.speaks_for'), text: option.speaksFor },
                  { label: t('best_interests.speaks_against'), text: option.speaksAgainst },
                ]}
              />
            </li>
          ))}
        </ol>
      </section>
      <Section title={t('best_interests.considered')} facts={props.considerations} />
      <Section title={t('best_interests.both_sides')} facts={props.sides} />
      <Section title={t('best_interests.decided')} facts={props.decided} />
      {panel.length > 0 && (
        <section className="group">
          <h2>{t('best_interests.panel')}</h2>
          {props.quorum !== null && <p className="small">{props.quorum}</p>}
          <ul className="plain stack">
            {panel.map((seat) => (
              <li key={seat.key} className="card">
                <h3>{seat.as}</h3>
                <p className="small">{seat.position}</p>
                {seat.words !== null && (
                  <p className="words" translate="no">
                    {seat.words}
                  </p>
                )}
              </li>
            ))}
          </ul>
          <p className="only-printed">{t('best_interests.signature_line')}</p>
        </section>
      )}
      <Section title={t('best_interests.appeals')} facts={props.appeals} />
      <div className="actions row not-printed">
        {props.signHref !== null && (
          <To href={props.signHref} className="button">
            {t('signatures.decision')}
          </To>
        )}
        {props.links.map(({ href, text }) => (
          <To key={href} href={href} className="line">
            {text}
          </To>
        ))}
      </div>
    </Screen>
  )
}

function Section({ title, facts }: { title: string; facts: readonly Said[] }) {
  if (facts.length === 0) return null
  return (
    <section className="group">
      <h2>{title}</h2>
      <Facts facts={facts} isCard />
    </section>
  )
}
