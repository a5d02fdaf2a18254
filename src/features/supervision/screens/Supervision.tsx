import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownTalk = { id: string; title: string; about: string; said: readonly Said[] }
export type ShownReview = {
  id: string
  title: string
  about: string
  /** Questions with what the file shows, as sentences. */
  answers: readonly Said[]
  said: readonly Said[]
  state: 'open' | 'done' | 'nothing'
  putRightHref: string | null
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  /** Null until the server has answered: talks are kept nowhere else. */
  talks: readonly ShownTalk[] | null
  reviews: readonly ShownReview[]
  canNote: boolean
  problem: string | null
}

/** What a supervisor and a worker talked about, and what was found in the file; the two of them read the talks, nobody else. */
export function Supervision({ speech, caseId, alias, talks, reviews, canNote, problem }: Props) {
  const { t } = speech
  return (
    <Screen title={t('supervision.title', { alias })} lead={t('supervision.lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {canNote && (
        <div className="actions row not-printed">
          <To href={`/cases/${caseId}/supervision/talk`} className="button">
            {t('supervision.note')}
          </To>
        </div>
      )}
      <section className="group">
        <h2>{t('supervision.talks')}</h2>
        {talks === null && problem === null && <p role="status">{t('wait')}</p>}
        {talks !== null && talks.length === 0 && <p>{t('supervision.no_talks')}</p>}
        <ul className="plain stack">
          {talks?.map(({ id, title, about, said }) => (
            <li key={id} className="card stack">
              <h3>{title}</h3>
              <Facts facts={said} />
              <p className="tiny">{about}</p>
            </li>
          ))}
        </ul>
      </section>
      <section className="group">
        <h2>{t('supervision.reviews')}</h2>
        {reviews.length === 0 && <p>{t('supervision.no_reviews')}</p>}
        <ul className="plain stack">
          {reviews.map((one) => (
            <li key={one.id} className="card stack">
              <div className="spread">
                <h3>{one.title}</h3>
                {one.state !== 'nothing' && (
                  <Status tone={one.state === 'open' ? 'due' : 'ok'}>{t(`supervision.state.${one.state}`)}</Status>
                )}
              </div>
              <Facts facts={one.said} />
              <details>
                <summary>{t('supervision.answers')}</summary>
                <Facts facts={one.answers} />
              </details>
              <p className="tiny">{one.about}</p>
              {one.putRightHref !== null && (
                <div className="actions row not-printed">
                  <To href={one.putRightHref} className="button second">
                    {t('supervision.put_right')}
                  </To>
                </div>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Screen>
  )
}
