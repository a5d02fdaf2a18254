import { dayOf } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'

/** A session on a shared computer ends after so many minutes without anybody; there nothing is ever set up. */
const SHARED_MINUTES = 5

/** Above her day until this device is set up: what it means that it keeps nothing, and the way to set it up. */
export function NotSetUp() {
  const { app, desk, speech, pack, now, state } = useDesk()
  const { t } = speech
  const today = dayOf(now, pack.timeZone)
  if (desk.vault.lasting || state.hasDevice || state.setUpLaterOn === today) return null
  const isShared = desk.session.idleMinutes <= SHARED_MINUTES
  return (
    <Notice>
      <div className="stack">
        <h2>{t(isShared ? 'access.keeps_nothing_shared' : 'access.keeps_nothing')}</h2>
        <p className="small">{t('access.keeps_nothing_means')}</p>
        {!isShared && <p className="small">{t('access.keeps_nothing_do')}</p>}
        <div className="side-by-side">
          {!isShared && (
            <To href="/more/set-up" className="button">
              {t('access.set_up')}
            </To>
          )}
          <button type="button" className="button second" onClick={() => void app.setUpLater(today)}>
            {t('access.not_today')}
          </button>
        </div>
      </div>
    </Notice>
  )
}
