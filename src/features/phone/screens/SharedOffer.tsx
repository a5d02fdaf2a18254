import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = { speech: Speech; count: number; take: () => void; throwAway: () => void }

/** Before anything of it is looked at: a page of somebody else could have handed it over as well. */
export function SharedOffer({ speech: { t }, count, take, throwAway }: Props) {
  return (
    <Screen title={t('phone.shared_title')} lead={t('phone.shared_offer', { count })} plain>
      <div className="row actions">
        <button type="button" className="button" onClick={take}>
          {t('phone.shared_take')}
        </button>
        <button type="button" className="button second" onClick={throwAway}>
          {t('phone.throw_away')}
        </button>
      </div>
    </Screen>
  )
}
