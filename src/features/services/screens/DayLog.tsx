import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownEntry = {
  id: string
  kind: { text: string; tone: Tone }
  shift: string
  howItWas: string
  childSays: string | null
  forNext: string | null
  told: string | null
  who: string
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  days: readonly { day: string; text: string; entries: readonly ShownEntry[] }[]
  canLog: boolean
  problem: string | null
}

/** The day log of a child in a shelter: the newest day first, shift by shift. */
export function DayLog({ speech: { t }, caseId, alias, days, canLog, problem }: Props) {
  return (
    <Screen title={t('services.log_title', { alias })} lead={t('services.log_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <div className="actions row not-printed">
        {canLog && (
          <To href={`/cases/${caseId}/day-log/new`} className="button">
            {t('services.log_add')}
          </To>
        )}
        <To href={`/cases/${caseId}/care-sheet`} className="line">
          {t('services.sheet')}
        </To>
      </div>
      {days.length === 0 && <p>{t('services.log_none')}</p>}
      {days.map(({ day, text, entries }) => (
        <section key={day} className="group stack">
          <h2>{text}</h2>
          {entries.map((entry) => (
            <article key={entry.id} className="card stack">
              <div className="spread">
                <h3>{entry.shift}</h3>
                <Status tone={entry.kind.tone}>{entry.kind.text}</Status>
              </div>
              <p className="words" translate="no" dir="auto">
                {entry.howItWas}
              </p>
              {entry.childSays !== null && (
                <div className="voice">
                  <p className="words" translate="no" dir="auto">
                    “{entry.childSays}”
                  </p>
                </div>
              )}
              {entry.told !== null && <p className="small words">{entry.told}</p>}
              {entry.forNext !== null && <p className="words">{entry.forNext}</p>}
              <p className="tiny">{entry.who}</p>
            </article>
          ))}
        </section>
      ))}
    </Screen>
  )
}
