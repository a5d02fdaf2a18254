import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayOf, type Instant } from '../../../core/time.ts'
import { momentText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import type { Entry } from '../../cases/screens/case-file.ts'
import { ownCase } from '../../cases/screens/case-file.ts'
import { pathEntries } from '../../cases/screens/entries.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { stands } from '../attention.ts'
import { threadsOf } from '../question.ts'
import { useAsked } from './use-work.ts'

type News = { since: Instant | null; news: Entry[] }

/** What colleagues did and asked since this person last looked: the first thing on the home of a case. */
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
  const attention = asked.attention.filter((one) => stands(one, dayOf(now, timeZone)))
  const open = threadsOf(asked.questions).filter(({ answers }) => answers.length === 0)
  return (
    <section className="group not-printed">
      <h2>{t('work.strip')}</h2>
      <div className="stack">
        {attention.map((one) => (
          <Notice key={one.id} tone="due">
            <p>
              <b>{t(`work.reason.${one.reason}`)}</b>
            </p>
            <p className="small" translate="no">
              {one.words}
            </p>
            <To href={`/cases/${caseId}/attention`} className="line">
              {t('save.look')}
            </To>
          </Notice>
        ))}
        {found.since !== null && entries.length > 0 && (
          <div className="card">
            <h3>{t('work.news', { when: momentText(speech, found.since, timeZone, now) })}</h3>
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
        {found.since !== null && entries.length === 0 && (
          <p className="small">{t('work.no_news', { when: momentText(speech, found.since, timeZone, now) })}</p>
        )}
        <p className="row">
          <To href={`/cases/${caseId}/questions`} className="line">
            {open.length > 0 ? t('work.open_questions', { count: open.length }) : t('work.ask')}
          </To>
          <To href={`/cases/${caseId}/attention`} className="line">
            {t('work.call')}
          </To>
          <To href={`/cases/${caseId}/changes`} className="line">
            {t('work.changes')}
          </To>
        </p>
      </div>
    </section>
  )
}

const SHOWN = 4
