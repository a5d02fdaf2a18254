import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  /** What this device holds; null when it keeps nothing. */
  held: { cases: number; until: string; metAt: string } | null
  unsent: number
  /** Adds the phone's own lock; null where the phone has none or it is added already. */
  addPhoneLock: ((values: FormValues) => Promise<FormErrors | null>) | null
  hasPhoneLock: boolean
  lock: () => void
  erase: () => void
}

/** What lies on this device, how it is locked, and how to make it empty. */
export function MyDevice({ speech, held, unsent, addPhoneLock, hasPhoneLock, lock, erase }: Props) {
  const { t } = speech
  const [isAsking, setAsking] = useState(false)
  if (held === null)
    return (
      <Screen title={t('access.device')} lead={t('access.device_keeps_nothing')} plain>
        <div className="actions">
          <To href="/more/set-up" className="button">
            {t('access.set_up')}
          </To>
        </div>
      </Screen>
    )
  return (
    <Screen title={t('access.device')} plain>
      <div className="card stack">
        <div className="row">
          <Status tone="ok">{t('access.device_set_up')}</Status>
          {hasPhoneLock && <Status tone="ok">{t('access.phone_lock_added')}</Status>}
        </div>
        <p>{t('access.device_holds', { count: held.cases })}</p>
        <p className="small">{t('access.device_lease', { met: held.metAt, until: held.until })}</p>
      </div>
      <section className="group">
        <h2>{t('access.lock')}</h2>
        <div className="stack">
          <p className="small">{t('access.lock_lead')}</p>
          <div className="actions">
            <button type="button" className="button second" onClick={lock}>
              {t('access.lock_now')}
            </button>
          </div>
        </div>
      </section>
      {addPhoneLock !== null && (
        <section className="group">
          <h2>{t('access.phone_lock')}</h2>
          <div className="stack">
            <p className="small">{t('access.phone_lock_lead')}</p>
            <Form speech={speech} button={t('access.phone_lock_add')} submit={addPhoneLock}>
              {() => <Text name="passphrase" label={t('lock.passphrase')} type="password" required />}
            </Form>
          </div>
        </section>
      )}
      <section className="group">
        <h2>{t('access.erase')}</h2>
        <div className="stack">
          <p className="small">{t('access.erase_lead')}</p>
          <div className="actions">
            <button type="button" className="button danger" onClick={() => setAsking(true)}>
              {t('access.erase')}
            </button>
          </div>
        </div>
      </section>
      {isAsking && (
        <Dialog title={t('access.erase_ask')} onClose={() => setAsking(false)}>
          {unsent > 0 && <Notice tone="urgent">{t('access.erase_unsent', { count: unsent })}</Notice>}
          <p>{t('access.erase_lead')}</p>
          <div className="row actions">
            <button type="button" className="button danger" onClick={erase}>
              {t('access.erase')}
            </button>
            <button type="button" className="button second" onClick={() => setAsking(false)}>
              {t('access.keep')}
            </button>
          </div>
        </Dialog>
      )}
    </Screen>
  )
}
