import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

/** One fact of a case: what, when, and from whom. */
export type PathEntry = { key: string; what: string; when: string; isWaiting: string | null }

/** What happened, newest first. */
export function Path({ entries }: { entries: readonly PathEntry[] }) {
  return (
    <ol className="path">
      {entries.map(({ key, what, when, isWaiting }) => (
        <li key={key} className={isWaiting === null ? '' : 'folded'}>
          <p>
            <b>{what}</b>
          </p>
          <p className="tiny">{isWaiting === null ? when : `${when} · ${isWaiting}`}</p>
        </li>
      ))}
    </ol>
  )
}

type Props = { speech: Speech; alias: string; entries: readonly PathEntry[]; note: string | null }

/** The whole path of a case; accounts of harm are never in it, only that something was recorded. */
export function Timeline({ speech: { t }, alias, entries, note }: Props) {
  return (
    <Screen title={t('cases.timeline', { alias })} lead={note ?? undefined}>
      {entries.length === 0 ? <p>{t('cases.timeline_empty')}</p> : <Path entries={entries} />}
    </Screen>
  )
}
