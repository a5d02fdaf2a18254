import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Icon } from '../../../web/ui/Icon.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

/** One line of a list. `answersTo` says whether it answers to what is searched for. */
export type CaseLine = {
  id: string
  alias: string
  callName: string | null
  about: string
  stage: string
  /** The first thing to do, and by when. */
  next: { text: string; due: string } | null
  /** How much of the work is late. */
  late: number
  isHere: boolean
  isTaken: boolean
  worker: string | null
  answersTo: (search: string) => boolean
}

export type Scope = 'mine' | 'team'
export const SHOWS = ['open', 'overdue', 'new', 'closed'] as const
export type ShowChip = (typeof SHOWS)[number]

type Props = {
  speech: Speech
  /** Whose cases; none where a person has only her own. */
  scopes: readonly Scope[]
  scope: Scope
  chooseScope: (scope: Scope) => void
  shows: readonly ShowChip[]
  show: ShowChip
  chooseShow: (show: ShowChip) => void
  lines: readonly CaseLine[] | null
  problem: string | null
  canOpen: boolean
  more: (() => void) | null
  fetchAll: (() => void) | null
}

/** Cases of a worker or a team, searched in memory; nothing searched for leaves the device. */
export function Cases(props: Props) {
  const { speech, scopes, scope, chooseScope, shows, show, chooseShow, lines, problem, canOpen, more, fetchAll } = props
  const { t } = speech
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
        <Chips
          label={t('cases.scope')}
          all={scopes}
          now={scope}
          choose={chooseScope}
          text={(one) => t(`cases.scope.${one}`)}
        />
        <Chips
          label={t('cases.filter')}
          all={shows}
          now={show}
          choose={chooseShow}
          text={(one) => t(`cases.chip.${one}`)}
        />
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
            onChange={(event) => {
              setSearch(event.target.value)
              if (event.target.value !== '') fetchAll?.()
            }}
          />
        </label>
      </div>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <p role="status" className="small">
        {foundText()}
      </p>
      <ul className="plain stack">
        {found.map((line) => (
          <Line key={line.id} line={line} speech={speech} />
        ))}
      </ul>
      {more !== null && search === '' && (
        <button type="button" className="button second" onClick={more}>
          {t('cases.more')}
        </button>
      )}
    </Screen>
  )

  function foundText(): string {
    if (lines === null) return problem === null ? t('wait') : ''
    return found.length === 0 && search !== '' ? t('cases.not_found') : t('cases.found', { count: found.length })
  }
}

function Chips<Of extends string>(props: {
  label: string
  all: readonly Of[]
  now: Of
  choose: (one: Of) => void
  text: (one: Of) => string
}) {
  const { label, all, now, choose, text } = props
  if (all.length === 0) return null
  return (
    <div className="chips" role="group" aria-label={label}>
      {all.map((one) => (
        <button key={one} type="button" className="chip" aria-pressed={one === now} onClick={() => choose(one)}>
          {text(one)}
        </button>
      ))}
    </div>
  )
}

function Line({ line, speech: { t } }: { line: CaseLine; speech: Speech }) {
  const { id, alias, callName, about, stage, next, late, isHere, isTaken, worker } = line
  const where = isTaken ? t('cases.taken') : isHere ? t('cases.here') : null
  return (
    <li className="card has-link">
      <div className="spread">
        <h2>
          <To href={`/cases/${id}`} className="cover-link">
            {callName === null ? alias : `${alias} · ${callName}`}
          </To>
        </h2>
        {late > 0 && <Status tone="urgent">{t('cases.late', { count: late })}</Status>}
      </div>
      <p className="small">{about}</p>
      {next !== null && <p className="small">{t('cases.next', { text: next.text, due: next.due })}</p>}
      <p className="tiny">
        {[stage, where, worker === null ? null : t('cases.worker', { name: worker })]
          .filter((text) => text !== null)
          .join(' · ')}
      </p>
    </li>
  )
}
