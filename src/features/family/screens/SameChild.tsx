import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

export type WaitingLine = { key: string; alias: string; who: string; about: string; href: string }
export type WaitingGroup = { key: string; title: string; lead: string; lines: readonly WaitingLine[] }

type Props = {
  speech: Speech
  /** Null until the server has answered. */
  groups: readonly WaitingGroup[] | null
  problem: string | null
}

/** Files of a team whose child may have another one: what waits, and who must answer. Two words of each file, and no child. */
export function SameChild({ speech, groups, problem }: Props) {
  const { t } = speech
  const shown = groups?.filter(({ lines }) => lines.length > 0) ?? []
  return (
    <Screen title={t('family.same_child_team')} lead={t('family.same_child_team_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {groups === null && problem === null && <p role="status">{t('wait')}</p>}
      {groups !== null && shown.length === 0 && <p>{t('family.same_child_none')}</p>}
      {shown.map(({ key, title, lead, lines }) => (
        <section key={key} className="group">
          <h2>{title}</h2>
          <p className="small">{lead}</p>
          <ul className="plain stack">
            {lines.map((line) => (
              <li key={line.key} className="card spread">
                <div>
                  <h3 translate="no">{line.alias}</h3>
                  <p>{line.who}</p>
                  {line.about !== '' && <p className="small">{line.about}</p>}
                </div>
                <To href={line.href} className="button second small-target">
                  {t('save.look')}
                </To>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="small">{t('family.same_child_how')}</p>
    </Screen>
  )
}
