import { useDesk, zoneOf } from '../../../web/app-context.ts'
import type { Instant } from '../../../core/time.ts'
import { momentText } from '../../../web/moments.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import type { Entry } from '../../cases/screens/case-file.ts'
import { ownCase } from '../../cases/screens/case-file.ts'
import { pathEntries } from '../../cases/screens/entries.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { threadsOf } from '../question.ts'
import { useAsked } from './use-work.ts'

type News = { since: Instant | null; news: Entry[] }

/** What colleagues did and asked since this person last looked. */
export function WorkStrip({ caseId }: { caseId: string }) {
  const { app, speech, pack, now, rows } = useDesk()
  const { t } = speech
  const [reason] = useReason(caseId)
  const asked = useAsked(caseId)
  // Our own server answers in its own schema; without a line there is no news, and no word about it.
  const news = useAnswer(
    `news|${caseId}|${reason}`,
    async () => (await app.api.get(`/api/cases/${caseId}/news`, reasonHeaders(caseId))) as News,
  )
  const timeZone = zoneOf(pack, ownCase(rows, caseId)?.case.region)
  const found = news.state === 'answered' ? news.value : { since: null, news: [] }
  const entries = pathEntries({ speech, pack, timeZone, now }, [], caseId, found.news)
  const open = threadsOf(asked.questions).filter(({ answers }) => answers.length === 0)
  const since = found.since === null ? null : momentText(speech, found.since, timeZone, now)
  const [latest] = entries
  const questions = open.length > 0 ? t('work.open_questions', { count: open.length }) : null
  const latestSays = latest === undefined || since === null ? null : `${latest.what} · ${latest.when}`
  return (
    <Fold title={t('work.strip')} says={questions ?? latestSays} isPrinted={false}>
      {since !== null && entries.length > 0 && (
        <div>
          <h3>{t('work.news', { when: since })}</h3>
          <ul className="plain">
            {entries.slice(0, SHOWN).map((entry) => (
              <li key={entry.key}>
                {entry.what} <span className="tiny">{entry.when}</span>
              </li>
            ))}
          </ul>
          {entries.length > SHOWN && <p className="tiny">{t('work.news_more', { count: entries.length - SHOWN })}</p>}
        </div>
      )}
      {since !== null && entries.length === 0 && <p className="small">{t('work.no_news', { when: since })}</p>}
      <p className="row">
        <To href={`/cases/${caseId}/questions`} className="line">
          {questions ?? t('work.ask')}
        </To>
        <To href={`/cases/${caseId}/attention`} className="line">
          {t('work.call')}
        </To>
        <To href={`/cases/${caseId}/changes`} className="line">
          {t('work.changes')}
        </To>
      </p>
    </Fold>
  )
}

const SHOWN = 4
