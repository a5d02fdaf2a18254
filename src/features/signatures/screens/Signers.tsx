import { nextCall, type Signer } from '../../../core/second-signature.ts'
import type { Instant } from '../../../core/time.ts'
import { momentText } from '../../../web/moments.ts'
import type { Speech } from '../../../web/language.ts'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { Call } from '../../cases/screens/Call.tsx'
import type { SignatureRow } from './rows.ts'

type Props = {
  speech: Speech
  now: Instant
  timeZone: string
  askedAt: Instant
  signers: readonly Signer[]
  talks: SignatureRow['talks']
  /** Where a call is written down; null for who does not call: the second person herself, and once it is answered. */
  recordHref: string | null
}

export const SAID_TONES: Record<SignatureRow['talks'][number]['said'], Tone> = {
  agreed: 'info',
  not_agreed: 'due',
  not_reached: 'quiet',
}

/** Whom to call for a signature now, in whose turn it is when, and what was said on the telephone so far. */
export function Signers({ speech, now, timeZone, askedAt, signers, talks, recordHref }: Props) {
  const { t } = speech
  const next = nextCall(askedAt, signers)
  const when = (at: Instant) => momentText(speech, at, timeZone, now)
  return (
    <>
      {recordHref !== null && (
        <section className="group stack">
          <h2>{t('signatures.signers')}</h2>
          <p className="small">{t(signers.length === 0 ? 'signatures.signers_not_here' : 'signatures.signers_lead')}</p>
          <ul className="plain stack">
            {signers.map(({ personId, name, organisation, turn, phone, calledAt }) => (
              <li key={personId} className="card stack">
                <div>
                  <h3>{name}</h3>
                  <p className="small">
                    {[t(`signatures.turn.${turn}`), organisation].filter((text) => text !== null).join(' · ')}
                  </p>
                  <p className="small">
                    {calledAt !== null
                      ? t('signatures.reads_since', { when: when(calledAt) })
                      : next?.turn === turn && next.at > now
                        ? t('signatures.reads_from', { when: when(next.at) })
                        : t('signatures.reads_later')}
                  </p>
                </div>
                {phone === null ? (
                  <p className="tiny">{t('signatures.no_phone')}</p>
                ) : (
                  <Call
                    speech={speech}
                    phone={phone}
                    text={t('signatures.call', { phone })}
                    title={name}
                    record={recordHref}
                  />
                )}
              </li>
            ))}
          </ul>
          <div className="actions not-printed">
            <To href={recordHref} className="button second">
              {t('signatures.talk_button')}
            </To>
          </div>
        </section>
      )}
      {talks.length > 0 && (
        <section className="group stack">
          <h2>{t('signatures.talks')}</h2>
          <p className="small">{t('signatures.talks_lead')}</p>
          <ul className="plain stack">
            {talks.map(({ id, name, at, said, words, writtenByName, answeredToo }) => (
              <li key={id} className="card stack">
                <div className="spread">
                  <h3 translate="no" dir="auto">
                    {name ?? '–'}
                  </h3>
                  <Status tone={SAID_TONES[said]}>{t(`signatures.said.${said}`)}</Status>
                </div>
                {words !== null && (
                  <p className="words wrap" translate="no" dir="auto">
                    {words}
                  </p>
                )}
                <p className="tiny">
                  {t(writtenByName === null ? 'signatures.talk_at_line' : 'signatures.talk_line', {
                    when: when(at),
                    name: writtenByName ?? '',
                  })}
                </p>
                {answeredToo && <p className="small">{t('signatures.talk_answered_too')}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
