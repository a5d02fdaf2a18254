import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'

/** How *Hide screen* works, to be read and tried before it is needed. */
export function HideScreen({ speech: { t } }: { speech: Speech }) {
  const [isTrying, setTrying] = useState(false)
  return (
    <div className="stack">
      <ul className="stack points">
        <li>{t('access.hide_how')}</li>
        <li>{t('access.hide_key')}</li>
        <li>{t('access.hide_kept')}</li>
        <li>{t('access.hide_history')}</li>
      </ul>
      <div className="actions">
        <button type="button" className="button second" onClick={() => setTrying(true)}>
          {t('access.hide_try')}
        </button>
      </div>
      {isTrying && (
        <Dialog title={t('frame.neutral')} onClose={() => setTrying(false)} overAll>
          <button type="button" className="linkish" onClick={() => setTrying(false)}>
            {t('access.hide_tried')}
          </button>
        </Dialog>
      )}
    </div>
  )
}
