import { useDesk } from '../../../web/app-context.ts'
import { useHere } from '../../../web/here-context.ts'
import { sharedHere } from '../../../web/shared.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

/** On every screen after unlocking, until it is dealt with: what was written while locked, and what another app handed over. */
export function PhoneNotice() {
  const { app, speech, state } = useDesk()
  const { path } = useHere()
  const { t } = speech
  const isThere = ['/jot', '/jottings', '/shared'].includes(path)
  const asked = useAnswer(
    'phone-notice',
    // Our own server answers in its own schema.
    async () => ((await app.api.get('/api/phone/jottings')) as { count: number }).count,
    // Asked again when she has signed in or the line is back; not each minute, or an unattended page would seem to be in use.
    `${state.jotted}|${isThere}|${state.sync === 'signed_out' || state.sync === 'no_connection'}`,
  )
  const count = (asked.state === 'answered' ? asked.value : 0) + state.jotted
  const isShared = sharedHere() !== null
  if (isThere || (count === 0 && !isShared)) return null
  return (
    <Notice tone="due">
      {count > 0 && (
        <>
          {t('phone.notice', { count })} <To href="/jottings">{t('phone.look')}</To>
        </>
      )}
      {isShared && (
        <>
          {' '}
          {t('phone.notice_shared')} <To href="/shared">{t('phone.look')}</To>
        </>
      )}
    </Notice>
  )
}
