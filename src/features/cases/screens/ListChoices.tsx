import type { Speech } from '../../../web/language.ts'
import type { Option } from '../../../web/ui/Field.tsx'
import { COLUMNS, type Column, type ListView, narrowing, SHOWS, STAGES } from '../list-view.ts'

/** What a list can be narrowed by: places and workers of this person's own cases. */
export type ListOptions = {
  scopes: readonly ListView['scope'][]
  regions: readonly Option[]
  ages: readonly Option[]
  workers: readonly Option[]
}

/** A list this person keeps: named by its choices, never by words of hers. */
export type ShownList = { id: string; name: string; open: () => void; drop: () => void }

type Props = {
  speech: Speech
  view: ListView
  choose: (view: ListView) => void
  options: ListOptions
  lists: readonly ShownList[]
  keep: (() => void) | null
}

/** Whose cases, which of them, what their lines say; and the lists a person keeps. */
export function ListChoices({ speech, view, choose, options, lists, keep }: Props) {
  const { t } = speech
  const count = narrowing(view)
  return (
    <div className="stack not-printed">
      <Chips
        label={t('cases.scope')}
        all={options.scopes}
        now={view.scope}
        choose={(scope) => choose({ ...view, scope, workerId: null })}
        text={(one) => t(`cases.scope.${one}`)}
      />
      <Chips
        label={t('cases.filter')}
        all={SHOWS}
        now={view.show}
        choose={(show) => choose({ ...view, show })}
        text={(one) => t(`cases.chip.${one}`)}
      />
      {lists.length > 0 && (
        <div className="chips" role="group" aria-label={t('cases.my_lists')}>
          {lists.map(({ id, name, open }) => (
            <button key={id} type="button" className="chip" onClick={open}>
              {name}
            </button>
          ))}
        </div>
      )}
      <details>
        <summary>{count === 0 ? t('cases.narrow') : t('cases.narrowed', { count })}</summary>
        <div className="stack">
          <div className="choices-row">
            <Pick
              label={t('cases.narrow_region')}
              all={t('cases.narrow_all')}
              options={options.regions}
              value={view.region}
              choose={(region) => choose({ ...view, region })}
            />
            <Pick
              label={t('cases.narrow_age')}
              all={t('cases.narrow_all')}
              options={options.ages}
              value={view.ageBand}
              choose={(age) => choose({ ...view, ageBand: age as ListView['ageBand'] })} // one of its own options
            />
            <Pick
              label={t('cases.narrow_stage')}
              all={t('cases.narrow_all')}
              options={STAGES.map((value) => ({ value, label: t(`cases.stage.${value}`) }))}
              value={view.stage}
              choose={(stage) => choose({ ...view, stage: STAGES.find((one) => one === stage) ?? null })}
            />
            {options.workers.length > 0 && (
              <Pick
                label={t('cases.narrow_worker')}
                all={t('cases.narrow_all')}
                options={options.workers}
                value={view.workerId}
                choose={(workerId) => choose({ ...view, workerId })}
              />
            )}
          </div>
          <fieldset className="field">
            <legend>{t('cases.columns')}</legend>
            <div className="options across">
              {COLUMNS.map((column) => (
                <label key={column} className="option">
                  <input
                    type="checkbox"
                    checked={view.columns.includes(column)}
                    onChange={() => choose({ ...view, columns: toggled(view.columns, column) })}
                  />
                  <span>{t(`cases.column.${column}`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
          {keep !== null && (
            <div className="actions">
              <button type="button" className="button second small-target" onClick={keep}>
                {t('cases.keep_list')}
              </button>
            </div>
          )}
          {lists.length > 0 && (
            <ul className="plain">
              {lists.map(({ id, name, drop }) => (
                <li key={id} className="row">
                  <span>{name}</span>
                  <button type="button" className="linkish" onClick={drop}>
                    {t('cases.drop_list')}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      </details>
    </div>
  )
}

/** Columns keep their own order, whatever order they were ticked in. */
function toggled(columns: readonly Column[], column: Column): Column[] {
  const next = columns.includes(column) ? columns.filter((one) => one !== column) : [...columns, column]
  return COLUMNS.filter((one) => next.includes(one))
}

function Pick(props: {
  label: string
  all: string
  options: readonly Option[]
  value: string | null
  choose: (value: string | null) => void
}) {
  const { label, all, options, value, choose } = props
  return (
    <label className="field">
      <span className="small">{label}</span>
      <select value={value ?? ''} onChange={(event) => choose(event.target.value === '' ? null : event.target.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
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
