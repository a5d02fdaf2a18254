import type { PublicPack } from '../../../core/country.ts'
import type { Speech } from '../../../web/language.ts'
import { To } from '../../../web/ui/To.tsx'
import { Call } from '../../cases/screens/Call.tsx'

export type SafetyNumber = { label: string; phone: string; isSettled: boolean }

/** Whom a country's pack says to call for a child who is not safe. */
export function safetyNumbers({ emergency }: Pick<PublicPack, 'emergency'>, speech: Speech): SafetyNumber[] {
  return emergency.map(({ label, phone, confidence }) => ({
    label: speech.label(label),
    phone,
    isSettled: confidence !== 'recalled',
  }))
}

type Props = { speech: Speech; caseId: string; emergency: readonly SafetyNumber[]; canProtect: boolean }

/** Whom to call for a child who is not safe, and where to write down what was done at once. */
export function SafetyNumbers({ speech, caseId, emergency, canProtect }: Props) {
  const { t } = speech
  return (
    <>
      {emergency.map(({ label, phone, isSettled }) => (
        <div key={`${label}${phone}`}>
          <Call
            speech={speech}
            phone={phone}
            text={t('cases.call', { name: label, phone })}
            record={`/cases/${caseId}/called`}
          />
          {!isSettled && <span className="tiny"> {t('cases.call_to_confirm')}</span>}
        </div>
      ))}
      {canProtect && (
        <p>
          <To href={`/cases/${caseId}/protect-now`} className="line">
            {t('best_interests.protect')}
          </To>
        </p>
      )}
    </>
  )
}
