import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import { HideScreen } from './HideScreen.tsx'

/** The few things a worker must be able to look up without a line. */
export function Help({ speech }: { speech: Speech }) {
  const { t } = speech
  return (
    <Screen title={t('access.help')} plain>
      <section className="stack">
        <h2>{t('access.help_rights')}</h2>
        <ul className="stack points">
          <li>{t('access.rights_victim')}</li>
          <li>{t('access.rights_no')}</li>
          <li>{t('access.rights_who')}</li>
          <li>{t('access.rights_last')}</li>
        </ul>
      </section>
      <section className="stack">
        <h2>{t('access.help_hide')}</h2>
        <HideScreen speech={speech} />
      </section>
      <section className="stack">
        <h2>{t('access.help_lost')}</h2>
        <p>{t('access.help_lost_lead')}</p>
      </section>
      <section className="stack">
        <h2>{t('access.help_concern')}</h2>
        <p>{t('access.help_concern_lead')}</p>
      </section>
      <p>
        <To href="/more/install" className="line">
          {t('access.install')}
        </To>
      </p>
    </Screen>
  )
}

/** How the app comes to the home screen; browsers word it differently, so both ways stand here. */
export function Install({ speech: { t } }: { speech: Speech }) {
  return (
    <Screen title={t('access.install')} lead={t('access.install_lead')} plain>
      <section className="stack">
        <h2>{t('access.install_android')}</h2>
        <ol className="stack points">
          <li>{t('access.install_android_1')}</li>
          <li>{t('access.install_android_2')}</li>
        </ol>
      </section>
      <section className="stack">
        <h2>{t('access.install_ios')}</h2>
        <ol className="stack points">
          <li>{t('access.install_ios_1')}</li>
          <li>{t('access.install_ios_2')}</li>
        </ol>
      </section>
      <p className="small">{t('access.install_after')}</p>
    </Screen>
  )
}
