import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Screen } from '../../../web/ui/Screen.tsx'

/** One fact of a case: what, when, and from whom. */
export type PathEntry = {
  key: string
  /** Whose work it belongs to, as `path_kind.` words name it. */
  kind: string
  author: string | null
  what: string
  when: string
  isWaiting: string | null
}

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

type Props = {
  speech: Speech
  alias: string
  entries: readonly PathEntry[]
  note: string | null
  more: (() => void) | null
}

/** The whole path of a case, filtered by kind and by who wrote it; accounts of harm are never in it, only that something was recorded. */
export function Timeline({ speech: { t, find }, alias, entries, note, more }: Props) {
  const [kind, chooseKind] = useState('')
  const [author, chooseAuthor] = useState('')
  const kindOf = (entry: PathEntry) => (find(`path_kind.${entry.kind}`) === null ? 'other' : entry.kind)
  const kinds = [...new Set(entries.map(kindOf))].sort()
  const authors = [...new Set(entries.flatMap((entry) => entry.author ?? []))].sort()
  const shown = entries.filter(
    (entry) => (kind === '' || kindOf(entry) === kind) && (author === '' || entry.author === author),
  )
  return (
    <Screen title={t('cases.timeline', { alias })} lead={note ?? undefined}>
      {entries.length === 0 && <p>{t('cases.timeline_empty')}</p>}
      {entries.length > 0 && (
        <div className="pair not-printed">
          <Filter
            label={t('cases.path_kind')}
            all={t('cases.path_all')}
            value={kind}
            choose={chooseKind}
            options={kinds.map((one) => [one, find(`path_kind.${one}`) ?? t('path_kind.other')])}
          />
          <Filter
            label={t('cases.path_author')}
            all={t('cases.path_everybody')}
            value={author}
            choose={chooseAuthor}
            options={authors.map((one) => [one, one])}
          />
        </div>
      )}
      <p role="status" className="small">
        {t('cases.path_found', { count: shown.length })}
      </p>
      <Path entries={shown} />
      {more !== null && (
        <button type="button" className="button second" onClick={more}>
          {t('cases.path_earlier')}
        </button>
      )}
    </Screen>
  )
}

function Filter(props: {
  label: string
  all: string
  value: string
  choose: (value: string) => void
  options: readonly (readonly [value: string, text: string])[]
}) {
  const { label, all, value, choose, options } = props
  return (
    <label className="field">
      <span className="small">{label}</span>
      <select value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{all}</option>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
