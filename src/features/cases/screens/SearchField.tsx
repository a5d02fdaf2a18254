import { useId } from 'react'
import type { Speech } from '../../../web/language.ts'

type Props = { speech: Pick<Speech, 't'>; onSearch: (search: string) => void }

/** Where a case is looked for by what somebody knows of it, in memory; nothing typed here leaves the device. */
export function SearchField({ speech: { t }, onSearch }: Props) {
  const about = useId()
  return (
    <label className="field">
      <span>{t('cases.search')}</span>
      <span className="hint" id={about}>
        {t('cases.search_hint')}
      </span>
      <input
        type="search"
        autoComplete="off"
        spellCheck={false}
        translate="no"
        aria-describedby={about}
        onChange={(event) => onSearch(event.target.value)}
      />
    </label>
  )
}
