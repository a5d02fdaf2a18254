import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

export type ShownOpener = { key: string; name: string; about: string; when: string }

type Props = { speech: Speech; alias: string; people: readonly ShownOpener[] | null; problem: string | null }

/** Who opened a child's file to read it, and on which day last. */
export function Opened({ speech: { t }, alias, people, problem }: Props) {
  return (
    <Screen title={t('work.opened_title', { alias })} lead={t('work.opened_lead')}>
      {problem !== null && <p role="status">{problem}</p>}
      {people === null && problem === null && <p role="status">{t('wait')}</p>}
      <ul className="plain stack">
        {people?.map(({ key, name, about, when }) => (
          <li key={key} className="card">
            <h2>{name}</h2>
            <p className="small">{about}</p>
            <p className="tiny">{when}</p>
          </li>
        ))}
      </ul>
    </Screen>
  )
}
