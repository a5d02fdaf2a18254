import { type ReactNode, useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import type { Option } from '../../../web/ui/Field.tsx'
import type { DraftKeeper, FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Icon } from '../../../web/ui/Icon.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Column, ListView } from '../list-view.ts'
import { GiveMany } from './GiveMany.tsx'
import { ListChoices, type ListOptions, type ShownList } from './ListChoices.tsx'
import { SearchField } from './SearchField.tsx'
import './cases.css'

/** One line of a list. `answersTo` says whether it answers to what is searched for. */
export type CaseLine = {
  id: string
  alias: string
  callName: string | null
  /** What each column says; null where there is nothing to say. */
  says: Record<Column, string | null>
  /** How much of the work is late. */
  late: number
  isHere: boolean
  isTaken: boolean
  answersTo: (search: string) => boolean
}

type Props = {
  speech: Speech
  view: ListView
  choose: (view: ListView) => void
  options: ListOptions
  lists: readonly ShownList[]
  keep: (() => void) | null
  lines: readonly CaseLine[] | null
  problem: string | null
  canOpen: boolean
  more: (() => void) | null
  fetchAll: (() => void) | null
  /** What a supervisor does with several cases at once; null for everybody else. */
  giving: {
    workers: readonly Option[]
    /** Who is away and is not offered them. */
    away: ReactNode
    draft: DraftKeeper
    give: (chosen: readonly string[], values: FormValues) => Promise<FormErrors | null>
  } | null
}

/** Cases of a worker or a team, searched in memory; nothing searched for leaves the device. */
export function Cases(props: Props) {
  const { speech, view, choose, options, lists, keep, lines, problem, canOpen, more, fetchAll, giving } = props
  const { t } = speech
  const [search, setSearch] = useState('')
  const [ticked, setTicked] = useState<readonly string[]>([])
  const found = lines?.filter((line) => line.answersTo(search)) ?? []
  // What is no longer shown is not chosen either: nobody gives away a case she does not see.
  const chosen = ticked.filter((id) => found.some((line) => line.id === id))
  const tick = (id: string) => setTicked(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <Screen title={t('cases.title')}>
      <div className="stack">
        <div className="actions row not-printed">
          {canOpen && (
            <To href="/cases/new" className="button">
              <Icon name="plus" />
              {t('cases.new')}
            </To>
          )}
          <To href="/my-list" className="button second">
            {t('cases.my_list')}
          </To>
        </div>
        <ListChoices speech={speech} view={view} choose={choose} options={options} lists={lists} keep={keep} />
        <SearchField
          speech={speech}
          onSearch={(said) => {
            setSearch(said)
            if (said !== '') fetchAll?.()
          }}
        />
      </div>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <p role="status" className="small">
        {foundText()}
      </p>
      {giving !== null && chosen.length > 0 && (
        <GiveMany
          speech={speech}
          count={chosen.length}
          workers={giving.workers}
          away={giving.away}
          draft={giving.draft}
          submit={async (values) => {
            const wrong = await giving.give(chosen, values)
            if (wrong === null) setTicked([])
            return wrong
          }}
        />
      )}
      <ul className="plain stack case-lines">
        {found.map((line) => (
          <Line
            key={line.id}
            line={line}
            columns={view.columns}
            speech={speech}
            tick={giving === null ? null : { isOn: chosen.includes(line.id), press: () => tick(line.id) }}
          />
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

type LineProps = {
  line: CaseLine
  columns: readonly Column[]
  speech: Speech
  tick: { isOn: boolean; press: () => void } | null
}

function Line({ line, columns, speech: { t }, tick }: LineProps) {
  const { id, alias, callName, says, late, isHere, isTaken } = line
  const where = isTaken ? t('cases.taken') : isHere ? t('cases.here') : null
  const shown = columns.filter((column) => says[column] !== null)
  return (
    <li className="card has-link">
      <div className="spread">
        <div className="row">
          {tick !== null && (
            <input
              type="checkbox"
              className="tick"
              checked={tick.isOn}
              onChange={tick.press}
              aria-label={t('cases.choose_case', { alias })}
            />
          )}
          <h2>
            <To href={`/cases/${id}`} className="cover-link">
              {callName === null ? alias : `${alias} · ${callName}`}
            </To>
          </h2>
        </div>
        {late > 0 && <Status tone="urgent">{t('cases.late', { count: late })}</Status>}
      </div>
      <dl className="columns small">
        {shown.map((column) => (
          <div key={column} className={`of-${column}`}>
            <dt>{t(`cases.column.${column}`)}</dt>
            <dd>{says[column]}</dd>
          </div>
        ))}
      </dl>
      {where !== null && <p className="tiny">{where}</p>}
    </li>
  )
}
