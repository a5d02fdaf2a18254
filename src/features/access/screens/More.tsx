import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Icon, type IconName } from '../../../web/ui/Icon.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type MoreRow = {
  href: string
  icon: IconName
  title: string
  about: string
  status: { tone: Tone; text: string } | null
}

type Props = {
  speech: Speech
  who: string
  rows: readonly MoreRow[]
  /** Recorded and not sent: what signing out has to warn of. */
  unsent: number
  /** A form is begun that lies in this page and nowhere else. */
  isBegun: boolean
  /** Whether this device keeps what it holds when she has signed out. */
  keeps: boolean
  signOut: () => void
}

/** Everything that is about the device and the person, and not about a child. */
export function More({ speech: { t }, who, rows, unsent, isBegun, keeps, signOut }: Props) {
  const [isAsking, setAsking] = useState(false)
  const loses = !keeps && (unsent > 0 || isBegun)
  return (
    <Screen title={t('way.more')} lead={who}>
      <ul className="plain rows">
        {rows.map(({ href, icon, title, about, status }) => (
          <li key={href} className="has-link">
            <Icon name={icon} />
            <div>
              <h2>
                <To href={href} className="cover-link">
                  {title}
                </To>
              </h2>
              <p className="tiny">{about}</p>
              {status !== null && <Status tone={status.tone}>{status.text}</Status>}
            </div>
            <Icon name="forward" />
          </li>
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="button second" onClick={() => setAsking(true)}>
          {t('access.sign_out')}
        </button>
      </div>
      {isAsking && (
        <Dialog title={t('access.sign_out_ask')} onClose={() => setAsking(false)}>
          {unsent > 0 && (
            <Notice tone="urgent">
              {t(keeps ? 'access.sign_out_waits' : 'access.sign_out_loses', { count: unsent })}
            </Notice>
          )}
          {isBegun && <Notice tone="urgent">{t('access.sign_out_drafts')}</Notice>}
          {unsent === 0 && !isBegun && <p>{t(keeps ? 'access.sign_out_keeps' : 'access.sign_out_plain')}</p>}
          <div className="row actions">
            <button type="button" className={loses ? 'button danger' : 'button'} onClick={signOut}>
              {t(loses ? 'access.sign_out_anyway' : 'access.sign_out')}
            </button>
            <button type="button" className="button second" onClick={() => setAsking(false)}>
              {t('access.stay')}
            </button>
          </div>
        </Dialog>
      )}
    </Screen>
  )
}
