import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'

type Props = {
  speech: Speech
  problem: string | null
  soon: readonly { key: string; ref: string; office: string; what: string; when: string; held: string | null }[] | null
  /** What former children asked and nobody has answered. */
  requests: ReactNode
  erased: readonly { key: string; ref: string; what: string; when: string; whole: boolean }[]
}

/** Clocks of closed files for whoever watches over them: references, offices and days, never whose file it is. */
export function Retention({ speech: { t }, problem, soon, requests, erased }: Props) {
  return (
    <Screen title={t('closure.queue')} lead={t('closure.queue_lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {soon === null && problem === null && <p className="small">{t('wait')}</p>}
      {soon !== null && (
        <section className="group">
          <h2>{t('closure.soon', { count: soon.length })}</h2>
          {soon.length === 0 && <p className="small">{t('closure.queue_empty')}</p>}
          <ul className="plain stack">
            {soon.map((row) => (
              <li key={row.key} className="card stack">
                <h3>{row.what}</h3>
                <p className="small">
                  {t('closure.reference', { ref: row.ref })} {row.office}
                </p>
                <div className="row">
                  <Status tone="due">{row.when}</Status>
                  {row.held !== null && <Status tone="info">{row.held}</Status>}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {requests}
      {erased.length > 0 && (
        <section className="group">
          <h2>{t('closure.erased')}</h2>
          <Notice>{t('closure.erased_backups')}</Notice>
          <ul className="plain stack">
            {erased.map((row) => (
              <li key={row.key} className="card">
                <p>
                  {row.what} · {row.when}
                </p>
                <p className="small">
                  {t('closure.reference', { ref: row.ref })} {row.whole && t('closure.erased_whole')}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}
