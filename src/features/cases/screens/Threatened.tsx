import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  isThreatened: boolean
  /** That the danger is over, a supervisor says. */
  mayEnd: boolean
  problem: string | null
  mark: (threatened: boolean) => void
}

/** Somebody may look for this child: what changes, in plain words, and one button. */
export function Threatened({ speech: { t }, alias, isThreatened, mayEnd, problem, mark }: Props) {
  return (
    <Screen
      title={t(isThreatened ? 'cases.threatened_over_title' : 'cases.threatened_title', { alias })}
      lead={t(isThreatened ? 'cases.threatened_over_lead' : 'cases.threatened_lead')}
    >
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {!isThreatened && (
        <ul>
          <li>{t('cases.threatened_names')}</li>
          <li>{t('cases.threatened_place')}</li>
          <li>{t('cases.threatened_devices')}</li>
        </ul>
      )}
      {!isThreatened || mayEnd ? (
        <div className="actions">
          <button type="button" className="button" onClick={() => mark(!isThreatened)}>
            {t(isThreatened ? 'cases.threatened_over' : 'cases.threatened_mark')}
          </button>
        </div>
      ) : (
        <Notice tone="info">{t('refused.supervisor_decides')}</Notice>
      )}
    </Screen>
  )
}
