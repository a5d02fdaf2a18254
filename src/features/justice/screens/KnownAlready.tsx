import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { To } from '../../../web/ui/To.tsx'
import { answersTo, callNameOf, type OwnCase } from '../../cases/screens/case-file.ts'
import { SearchField } from '../../cases/screens/SearchField.tsx'

type Props = { speech: Speech; cases: readonly OwnCase[] }

/** As many as a glance takes in: whoever finds more types another letter. */
const SHOWN = 5

/** Before a case is opened: whether the child has one among those on this device. Nothing typed here leaves it. */
export function KnownAlready({ speech, cases }: Props) {
  const { t } = speech
  const [search, setSearch] = useState('')
  const found = search.trim() === '' ? [] : cases.filter((own) => answersTo(own, search))
  return (
    <details className="card">
      <summary>{t('justice.known_already')}</summary>
      <div className="stack">
        <SearchField speech={speech} onSearch={setSearch} />
        <p role="status" className="small">
          {search.trim() === ''
            ? ''
            : found.length === 0
              ? t('justice.known_none')
              : t('cases.found', { count: found.length })}
        </p>
        <ul className="plain stack">
          {found.slice(0, SHOWN).map((own) => (
            <li key={own.case.id}>
              <To href={`/cases/${own.case.id}`} className="line">
                {[callNameOf(own), own.case.alias].filter((text) => text !== null).join(' · ')}
              </To>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
