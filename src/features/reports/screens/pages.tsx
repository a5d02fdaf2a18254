import { useState } from 'react'
import { NoConnection, ServerSaysNo } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { Held, headlineOf, type ShownRelease } from './Held.tsx'

type Report = { released: ShownRelease | null; waiting: (ShownRelease & { mayISign: boolean }) | null }

/** The national figures: what two people signed, and for those two what waits for their signature. */
export function FiguresPage() {
  const { app, speech, pack, now } = useDesk()
  const [signed, setSigned] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const asked = useAnswer('held', async () => (await app.api.get('/api/reports/held')) as Report, signed) // our own server, its own schema
  const { t } = speech
  if (asked.state !== 'answered')
    return (
      <Screen title={t('way.figures')}>
        {asked.state === 'asking' ? (
          <p className="small">{t('wait')}</p>
        ) : asked.code === 'not_found' ? (
          <p>{t('reports.none_yet')}</p>
        ) : (
          <Notice tone="due">{errorText(speech, asked.code)}</Notice>
        )}
      </Screen>
    )
  const { released, waiting } = asked.value

  async function sign({ id, hash }: ShownRelease) {
    try {
      await app.api.post('/api/reports/held/signatures', { releaseId: id, hash })
      setProblem(null)
      setSigned(signed + 1)
    } catch (error) {
      if (!(error instanceof NoConnection || error instanceof ServerSaysNo)) throw error
      setProblem(errorText(speech, error instanceof ServerSaysNo ? error.code : 'no_connection'))
    }
  }

  return (
    <Screen title={released === null ? t('way.figures') : headlineOf(speech, released)} lead={t('reports.lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {released === null ? (
        <p>{t('reports.none_yet')}</p>
      ) : (
        <>
          <Held speech={speech} pack={pack} now={now} release={released} />
          <p className="not-printed">
            <a href="/api/reports/held.csv" download className="button second">
              {t('reports.csv')}
            </a>
          </p>
        </>
      )}
      {waiting !== null && (
        <section className="stack wide">
          <h2>{t('reports.waiting', { headline: headlineOf(speech, waiting) })}</h2>
          <p className="small">{t('reports.waiting_lead')}</p>
          <Held speech={speech} pack={pack} now={now} release={waiting} />
          {waiting.mayISign && (
            <div className="actions">
              <button type="button" className="button" onClick={() => void sign(waiting)}>
                {t('reports.sign')}
              </button>
            </div>
          )}
        </section>
      )}
    </Screen>
  )
}
