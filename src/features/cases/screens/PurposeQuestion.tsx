import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { ASKED_PURPOSES, type AskedPurpose } from '../purpose.ts'

/** Why a file is opened, where whose it is does not explain it: one tap, and it is written down. */
export function PurposeQuestion({
  speech: { t },
  choose,
}: {
  speech: Speech
  choose: (purpose: AskedPurpose) => void
}) {
  return (
    <Screen title={t('cases.purpose')} lead={t('cases.purpose_lead')} plain>
      <div className="stack">
        {ASKED_PURPOSES.map((purpose) => (
          <button key={purpose} type="button" className="button second" onClick={() => choose(purpose)}>
            {t(`cases.purpose.${purpose}`)}
          </button>
        ))}
      </div>
    </Screen>
  )
}
