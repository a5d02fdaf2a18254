import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { type ContactNote, NoteContact } from './NoteContact.tsx'

export type ShownKept = { key: string; what: string; holds: string; when: string; state: string; tone: Tone }
export type ShownHeld = {
  id: string
  instrument: string
  why: string
  about: string
  signed: string
  isLive: boolean
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  lead: string
  kept: readonly ShownKept[]
  holds: readonly ShownHeld[]
  reopened: readonly { id: string; about: string; why: string; signed: string }[]
  mayHold: boolean
  mayEnd: boolean
  problem: string | null
  end: (holdId: string) => void
  /** The contact that was agreed for after the closing; null where none was. */
  contact: { text: string; safely: string | null; note: ContactNote | null } | null
  /** What the former child asked. */
  requests: ReactNode
}

/** What is kept of a file and until when, class by class; what holds its erasure; when it was opened again and why. */
export function Kept(props: Props) {
  const { speech, caseId, alias, lead, kept, holds, reopened, mayHold, mayEnd, problem, end, contact } = props
  const { t } = speech
  return (
    <Screen title={t('closure.kept_title', { alias })} lead={lead}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {contact !== null && (
        <section className="card stack">
          <h2>{contact.text}</h2>
          {contact.safely !== null && (
            <p className="words not-printed" translate="no" dir="auto">
              {contact.safely}
            </p>
          )}
          {contact.note !== null && <NoteContact speech={speech} {...contact.note} />}
        </section>
      )}
      {props.requests}
      {kept.length > 0 && (
        <ul className="plain stack">
          {kept.map((one) => (
            <li key={one.key} className="card stack">
              <h2>{one.what}</h2>
              <p className="small">{one.holds}</p>
              <div className="row">
                <Status tone={one.tone} {...(one.tone === 'quiet' ? { icon: 'clock' } : {})}>
                  {one.state}
                </Status>
                <span className="small">{one.when}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {holds.length > 0 && (
        <section className="group">
          <h2>{t('closure.holds')}</h2>
          <ul className="plain stack">
            {holds.map((hold) => (
              <li key={hold.id} className="card stack">
                <h3 className="words" translate="no">
                  {hold.instrument}
                </h3>
                <p className="words" translate="no">
                  {hold.why}
                </p>
                <p className="small">{hold.about}</p>
                <p className="small">{hold.signed}</p>
                {hold.isLive && mayEnd && (
                  <div className="actions not-printed">
                    <button type="button" className="button second small-target" onClick={() => end(hold.id)}>
                      {t('closure.end_hold')}
                    </button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {reopened.length > 0 && (
        <section className="group">
          <h2>{t('closure.reopenings')}</h2>
          <ul className="plain stack">
            {reopened.map((one) => (
              <li key={one.id} className="card stack">
                <p>{one.about}</p>
                <p className="words" translate="no">
                  {one.why}
                </p>
                <p className="small">{one.signed}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayHold && (
        <div className="actions not-printed">
          <To href={`/cases/${caseId}/hold`} className="button second">
            {t('closure.hold')}
          </To>
        </div>
      )}
    </Screen>
  )
}
