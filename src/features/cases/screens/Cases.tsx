import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Icon } from '../../../web/ui/Icon.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

/** One line of a list. `found` says whether it answers to what was searched for. */
export type CaseLine = {
  id: string
  alias: string
  callName: string | null
  about: string
  next: { text: string; tone: Tone } | null
  worker: string | null
  answersTo: (search: string) => boolean
}

export const CHIPS = ['mine', 'team', 'overdue', 'new', 'closed'] as const
export type Chip = (typeof CHIPS)[number]

type Props = {
  speech: Speech
  chips: readonly Chip[]
  chip: Chip
  choose: (chip: Chip) => void
  lines: readonly CaseLine[] | null
  problem: string | null
  canOpen: boolean
  more: (() => void) | null
}

/** Her cases, searched in memory; nothing searched for leaves the device. */
export function Cases({ speech: { t }, chips, chip, choose, lines, problem, canOpen, more }: Props) {
  const [search, setSearch] = useState('')
  const found = lines?.filter((line) => line.answersTo(search)) ?? []
  return (
    <Screen title={t('cases.title')}>
      <div className="stack">
        {canOpen && (
          <div className="actions">
            <To href="/cases/new" className="button">
              <Icon name="plus" />
              {t('cases.new')}
            </To>
          </div>
        )}
        <label className="field">
          <span>{t('cases.search')}</span>
          <span className="hint" id="search-about">
            {t('cases.search_hint')}
          </span>
          <input
            type="search"
            autoComplete="off"
            spellCheck={false}
            translate="no"
            aria-describedby="search-about"
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <div className="chips" role="group" aria-label={t('cases.filter')}>
          {chips.map((one) => (
            <button key={one} type="button" className="chip" aria-pressed={one === chip} onClick={() => choose(one)}>
              {t(`cases.chip.${one}`)}
            </button>
          ))}
        </div>
      </div>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <p role="status" className="small">
        {lines === null ? (problem === null ? t('wait') : '') : t('cases.found', { count: found.length })}
      </p>
      <ul className="plain stack">
        {found.map((line) => (
          <li key={line.id} className="card has-link">
            <div className="spread">
              <h2>
                <To href={`/cases/${line.id}`} className="cover-link">
                  {line.callName === null ? line.alias : `${line.alias} · ${line.callName}`}
                </To>
              </h2>
              {line.next !== null && <Status tone={line.next.tone}>{line.next.text}</Status>}
            </div>
            <p className="small">{line.about}</p>
            {line.worker !== null && <p className="tiny">{t('cases.worker', { name: line.worker })}</p>}
          </li>
        ))}
      </ul>
      {more !== null && (
        <button type="button" className="button second" onClick={more}>
          {t('cases.more')}
        </button>
      )}
    </Screen>
  )
}
