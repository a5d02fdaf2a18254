import type { Speech } from '../../../web/language.ts'
import { To } from '../../../web/ui/To.tsx'

export type ShownTeam = {
  id: string
  purpose: string
  house: string | null
  until: string
  members: readonly { name: string; opened: string }[]
}

type Props = { t: Speech['t']; caseId: string; teams: readonly ShownTeam[]; canName: boolean }

/** Who beside the worker reads today, each by name: the part of the ledger a child asks about first. */
export function CareTeams({ t, caseId, teams, canName }: Props) {
  if (teams.length === 0 && !canName) return null
  return (
    <section className="group stack">
      <h2>{t('referrals.teams')}</h2>
      {teams.length === 0 && <p>{t('referrals.teams_none')}</p>}
      <ul className="plain stack">
        {teams.map(({ id, purpose, house, until, members }) => (
          <li key={id} className="card stack">
            <h3>{purpose}</h3>
            <p className="small">
              {house !== null && (
                <>
                  <span translate="no" dir="auto">
                    {house}
                  </span>
                  {' · '}
                </>
              )}
              {until}
            </p>
            <ul className="plain">
              {members.map(({ name, opened }) => (
                <li key={name}>
                  <span translate="no" dir="auto">
                    {name}
                  </span>{' '}
                  <span className="small">{opened}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {canName && (
        <div className="actions not-printed">
          <To href={`/cases/${caseId}/care-team`} className="button second">
            {t('referrals.team_name')}
          </To>
        </div>
      )}
    </section>
  )
}
