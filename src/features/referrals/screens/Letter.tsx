import './letter.css'
import { dayText } from '../../../web/moments.ts'
import { onPaper, type Speech } from '../../../web/language.ts'
import { type Instant, startOfDay } from '../../../core/time.ts'
import type { Letter as Written } from '../letter.ts'

type Props = {
  speech: Speech
  timeZone: string
  now: Instant
  head: Omit<Written, 'lines'>
  /** Null while they have not been asked for yet. */
  lines: Written['lines'] | null
}

/** A letter: the one component for paper, for the preview and behind a link, so that none of them can differ. */
export function Letter({ speech: said, timeZone, now, head, lines }: Props) {
  const speech = onPaper(said)
  const { t, label } = speech
  return (
    <article className="letter" aria-label={t('letter.letter')}>
      <header>
        <p className="small">{t('letter.from', { office: head.office })}</p>
        <p translate="no" dir="auto">
          <b>{[head.toWhom, head.organisation].filter((part) => (part ?? '') !== '').join(', ')}</b>
        </p>
        <p className="small">{dayText(speech, head.sentAt, timeZone, now)}</p>
      </header>
      <h2>{t('letter.asks', { need: label(head.need) })}</h2>
      {(head.message ?? '') !== '' && (
        <p className="words" translate="no" dir="auto">
          {head.message}
        </p>
      )}
      {lines !== null && lines.length > 0 && (
        <dl>
          {lines.map((line) => (
            <div key={line.field}>
              <dt>{t(`letter.field.${line.field}`)}</dt>
              <dd className="words" translate="no" dir="auto">
                {line.text}
              </dd>
              <dd className="small">{t('letter.why', { why: line.why })}</dd>
            </div>
          ))}
        </dl>
      )}
      <footer className="small">
        <p>
          {t('letter.answer_by', {
            day: dayText(speech, startOfDay(head.answerBy, timeZone), timeZone, now),
            to: head.replyTo,
          })}
        </p>
        <p>{t('letter.agreed')}</p>
      </footer>
    </article>
  )
}
