import { lazy, Suspense } from 'react'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import { codeText } from '../../cases/screens/codes.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { waitingClosing } from '../closing.ts'
import { useClosure } from './use-closure.ts'

const Corrections = lazy(async () => ({ default: (await import('./Corrections.tsx')).Corrections }))

/** What closing adds to the home of a case: that it waits for a signature, or why it ended and what stays of it. */
export function ClosureStrip({ caseId }: { caseId: string }) {
  const { speech, pack, now, person } = useDesk()
  const found = useCase(caseId)
  const { closings, reopenings, requests } = useClosure(caseId)
  const { t } = speech
  if (found.state !== 'found') return null
  const { case: row, isMine } = found.opened
  const timeZone = zoneOf(pack, row.region)
  const last = closings.at(-1)
  const isMyWork = isMine || person.role === 'supervisor'
  const corrections = requests.filter((one) => one.kind === 'correction')
  const beside = corrections.length > 0 && (
    <Suspense fallback={null}>
      <Corrections requests={corrections} timeZone={timeZone} />
    </Suspense>
  )
  if (row.state === 'closed')
    return (
      <>
        <section className="group">
          <h2>{t('closure.closed')}</h2>
          <div className="card stack">
            <p>
              {[
                last === undefined ? null : codeText(pack, 'closure_reason', speech, last.reason),
                (last?.goesOnAs ?? null) === null ? null : t('closure.goes_on', { alias: last?.goesOnAs ?? '' }),
                row.closedAt === null ? null : dayText(speech, row.closedAt, timeZone, now),
              ]
                .filter((text) => text !== null)
                .join(' · ')}
            </p>
            <div className="row not-printed">
              <To href={`/cases/${caseId}/kept`} className="line">
                {t('closure.kept')}
              </To>
              <To href={`/cases/${caseId}/leaving`} className="line">
                {t('closure.leaving')}
              </To>
              <To href={`/cases/${caseId}/return-code`} className="line">
                {t('closure.check_code')}
              </To>
            </div>
            {isMyWork && (
              <div className="actions not-printed">
                <To href={`/cases/${caseId}/reopen`} className="button second">
                  {t('closure.reopen')}
                </To>
              </div>
            )}
          </div>
        </section>
        {beside}
      </>
    )
  const again = reopenings.at(-1)
  const waits = waitingClosing(closings) !== null
  return (
    <>
      {beside}
      {again !== undefined && !again.isAnswered && (
        <Notice>
          {t('closure.opened_again', {
            reason: codeText(pack, 'reopening_reason', speech, again.reason),
            day: dayText(speech, again.reopenedAt, timeZone, now),
          })}
        </Notice>
      )}
      {!waits && isMine && person.role === 'case_worker' && (
        <section className="group not-printed">
          <h2>{t('closure.ending')}</h2>
          <p className="row">
            <To href={`/cases/${caseId}/close`} className="line">
              {t('closure.ask_button')}
            </To>
            <To href={`/cases/${caseId}/leaving`} className="line">
              {t('closure.leaving')}
            </To>
          </p>
        </section>
      )}
    </>
  )
}
