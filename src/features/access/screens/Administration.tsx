import type { Speech } from '../../../web/language.ts'
import { Icon, type IconName } from '../../../web/ui/Icon.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { Outcome } from './Outcome.tsx'

/** What one person proposed; `mine` is one's own proposal, which somebody else must confirm. */
export type Waiting = { id: string; what: string; by: string; until: string; mine: boolean; ranOut: boolean }

type Props = {
  speech: Speech
  steps: readonly { title: string; done: boolean }[] | null
  waiting: readonly Waiting[]
  rows: readonly { href: string; icon: IconName; title: string; about: string }[]
  problem: string | null
  said: string | null
  decide: (id: string, confirm: boolean) => void
}

/** The people of this deployment and what waits for a second person. No child is anywhere near. */
export function Administration({ speech: { t }, steps, waiting, rows, problem, said, decide }: Props) {
  return (
    <Screen title={t('access.admin')} lead={t('access.admin_lead')}>
      <Outcome problem={problem} said={said} />
      {steps !== null && (
        <section className="card stack">
          <h2>{t('access.admin_set_up')}</h2>
          <p className="small">{t('access.admin_set_up_lead')}</p>
          <ul className="plain stack">
            {steps.map(({ title, done }) => (
              <li key={title} className="spread">
                <span>{title}</span>
                <Status tone={done ? 'ok' : 'due'}>{t(done ? 'access.step_done' : 'access.step_open')}</Status>
              </li>
            ))}
          </ul>
        </section>
      )}
      {waiting.length > 0 && (
        <section className="stack">
          <h2>{t('access.waits')}</h2>
          <ul className="plain stack">
            {waiting.map(({ id, what, by, until, mine, ranOut }) => (
              <li key={id} className="card stack">
                <div>
                  <h3>{what}</h3>
                  <p className="small">{by}</p>
                  <p className="small">{until}</p>
                </div>
                <div className="row">
                  {!mine && (
                    <button type="button" className="button small-target" onClick={() => decide(id, true)}>
                      {t('access.confirm')}
                    </button>
                  )}
                  <button type="button" className="button second small-target" onClick={() => decide(id, false)}>
                    {t(ranOut ? 'access.proposal_seen' : mine ? 'access.take_back' : 'access.decline')}
                  </button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul className="plain rows">
        {rows.map(({ href, icon, title, about }) => (
          <li key={href} className="has-link">
            <Icon name={icon} />
            <div>
              <h2>
                <To href={href} className="cover-link">
                  {title}
                </To>
              </h2>
              <p className="tiny">{about}</p>
            </div>
            <Icon name="forward" />
          </li>
        ))}
      </ul>
    </Screen>
  )
}
