import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { Call } from '../../cases/screens/Call.tsx'

type Props = {
  speech: Speech
  caseId: string
  alias: string
  calledName: string | null
  voice: { text: string; who: string } | null
  lines: readonly Said[]
  /** What the shift before wrote for this one. */
  forNow: readonly { id: string; text: string; who: string }[]
  /** The numbers that stand in whom to call first. */
  numbers: readonly string[]
  canWrite: boolean
  canLog: boolean
  problem: string | null
}

/** The care sheet: what a shift must know to care for this child today, on one page to read at night and to print. */
export function CareSheetView(props: Props) {
  const { speech, caseId, alias, calledName, voice, lines, forNow, numbers, canWrite, canLog, problem } = props
  const { t } = speech
  const isEmpty = lines.length === 0 && calledName === null
  return (
    <Screen title={t('services.sheet_title', { alias })} lead={t('services.sheet_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {isEmpty && <p>{t('services.sheet_none')}</p>}
      {calledName !== null && (
        <p className="words not-printed">
          {t('services.sheet_called')}{' '}
          <strong translate="no" dir="auto">
            {calledName}
          </strong>
        </p>
      )}
      {forNow.length > 0 && (
        <section className="group stack">
          <h2>{t('services.for_now')}</h2>
          {forNow.map(({ id, text, who }) => (
            <div key={id} className="card stack">
              <p className="words" translate="no" dir="auto">
                {text}
              </p>
              <p className="small">{who}</p>
            </div>
          ))}
        </section>
      )}
      {voice !== null && (
        <div className="voice">
          <p className="words" translate="no" dir="auto">
            “{voice.text}”
          </p>
          <p className="small">{voice.who}</p>
        </div>
      )}
      {lines.length > 0 && <Facts facts={lines} isCard />}
      {numbers.map((phone) => (
        <Call
          key={phone}
          speech={speech}
          phone={phone}
          text={
            <>
              {t('services.call')} <bdi dir="ltr">{phone}</bdi>
            </>
          }
          record={`/cases/${caseId}/${canLog ? 'day-log/new' : 'called'}`}
        />
      ))}
      <div className="actions row not-printed">
        {canLog && (
          <To href={`/cases/${caseId}/day-log/new`} className="button">
            {t('services.log_add')}
          </To>
        )}
        {canWrite && (
          <To href={`/cases/${caseId}/care-sheet/change`} className={isEmpty ? 'button' : 'button second'}>
            {t(isEmpty ? 'services.sheet_begin' : 'services.sheet_change')}
          </To>
        )}
        <To href={`/cases/${caseId}/day-log`} className="line">
          {t('services.log')}
        </To>
      </div>
    </Screen>
  )
}
