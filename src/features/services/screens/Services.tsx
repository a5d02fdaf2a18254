import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownSession = {
  id: string
  day: string
  text: string
  tone: Tone
  note: string | null
  said: string | null
  /** What was said and agreed, where it was a talk. */
  meeting: readonly Said[]
}
export type ShownService = {
  id: string
  title: string
  about: string
  state: { text: string; tone: Tone }
  next: string | null
  what: string
  facts: readonly Said[]
  voice: { text: string; who: string } | null
  sessions: readonly ShownSession[]
  isOpen: boolean
  /** What health workers wrote of it, opened by choice; nothing where there is none to be. */
  health: ReactNode
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  services: readonly ShownService[]
  canWrite: boolean
  problem: string | null
}

/** How many of what took place stand open; the earlier ones are behind a fold. */
const NEWEST = 3

/** The services a child has: each with what it is for, who gives it, what took place, and what the child says of it. */
export function Services({ speech, caseId, alias, services, canWrite, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('services.title', { alias })} lead={t('services.lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {services.length === 0 && <p>{t('services.none')}</p>}
      {services.map((service) => (
        <Service key={service.id} speech={speech} caseId={caseId} service={service} canWrite={canWrite} />
      ))}
      {canWrite && (
        <div className="actions not-printed">
          <To href={`/cases/${caseId}/services/new`} className="button">
            {t('services.add')}
          </To>
        </div>
      )}
    </Screen>
  )
}

type OneProps = { speech: Speech; caseId: string; service: ShownService; canWrite: boolean }

function Service({ speech: { t }, caseId, service, canWrite }: OneProps) {
  const { sessions, voice, facts, state } = service
  const [newest, earlier] = [sessions.slice(0, NEWEST), sessions.slice(NEWEST)]
  const at = `/cases/${caseId}/services/${service.id}`
  return (
    <article className="card stack">
      <div className="spread">
        <h2>{service.title}</h2>
        <Status tone={state.tone} {...(state.tone === 'quiet' ? { icon: 'clock' } : {})}>
          {state.text}
        </Status>
      </div>
      <p className="small">{service.about}</p>
      <p className="words" translate="no">
        {service.what}
      </p>
      {voice !== null && (
        <div className="voice">
          <p className="words" translate="no">
            “{voice.text}”
          </p>
          <p className="small">{voice.who}</p>
        </div>
      )}
      {facts.length > 0 && <Facts facts={facts} />}
      {service.next !== null && <p>{service.next}</p>}
      <div className="stack">
        <h3>{t('services.took_place')}</h3>
        {newest.length === 0 ? <p className="small">{t('services.nothing_yet')}</p> : <Sessions sessions={newest} />}
        {earlier.length > 0 && (
          <Fold title={t('services.earlier', { count: earlier.length })}>
            <Sessions sessions={earlier} />
          </Fold>
        )}
      </div>
      {service.health}
      {canWrite && (
        <div className="actions row not-printed">
          {service.isOpen && (
            <To href={`${at}/session`} className="button second">
              {t('services.add_session')}
            </To>
          )}
          <To href={at} className="line">
            {t('services.change')}
          </To>
        </div>
      )}
    </article>
  )
}

function Sessions({ sessions }: { sessions: readonly ShownSession[] }) {
  return (
    <ul className="plain stack">
      {sessions.map(({ id, day, text, tone, note, said, meeting }) => (
        <li key={id} className="stack">
          <div className="spread">
            <span>{day}</span>
            <Status tone={tone} {...(tone === 'quiet' ? { icon: 'info' } : {})}>
              {text}
            </Status>
          </div>
          {note !== null && (
            <p className="small words" translate="no">
              {note}
            </p>
          )}
          {said !== null && (
            <p className="words" translate="no">
              “{said}”
            </p>
          )}
          {meeting.length > 0 && <Facts facts={meeting} isCard />}
        </li>
      ))}
    </ul>
  )
}
