import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

export type ChangeRow = { id: string; what: string; who: string | null; by: string }

/** What was changed about people, newest first; the ledger holds the proof of each line. */
export function Changes({
  speech: { t },
  changes,
  problem,
}: {
  speech: Speech
  changes: readonly ChangeRow[] | null
  problem: string | null
}) {
  return (
    <Screen title={t('access.changes')} lead={t('access.changes_lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {changes === null && problem === null && <p className="small">{t('wait')}</p>}
      {changes?.length === 0 && <p>{t('access.changes_none')}</p>}
      <ul className="plain stack">
        {changes?.map(({ id, what, who, by }) => (
          <li key={id} className="card">
            <h2>{who === null ? what : `${what} · ${who}`}</h2>
            <p className="small">{by}</p>
          </li>
        ))}
      </ul>
    </Screen>
  )
}
