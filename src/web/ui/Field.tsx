import type { ReactNode } from 'react'
import { useField } from './form-context.ts'

type FieldProps = { name: string; label: string; hint?: string | undefined; required?: boolean }

/** Hint and error of a field, read out with it. */
function About({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }) {
  return (
    <div id={id}>
      {hint !== undefined && <p className="hint">{hint}</p>}
      {error !== undefined && <p className="error">{error}</p>}
    </div>
  )
}

function Label({ text, required, optional }: { text: string; required: boolean; optional: string }) {
  return (
    <>
      {text}
      {!required && <span className="tiny"> ({optional})</span>}
    </>
  )
}

type TextProps = FieldProps & {
  short?: boolean
  type?: 'text' | 'password' | 'search'
  inputMode?: 'numeric' | 'text' | 'email' | 'tel'
  /** Off for names a machine reads: a phone would begin them with a capital letter. */
  capitals?: boolean
  autoComplete?: string
  maxLength?: number
}

/** One line of text; what is longer than its limit is refused with a sentence and never cut off. Nothing about a child is offered to the browser's memory. */
export function Text({
  name,
  label,
  hint,
  required = false,
  short = false,
  type = 'text',
  inputMode = 'text',
  capitals = true,
  autoComplete = 'off',
  maxLength = 200,
}: TextProps) {
  const { id, initial, error, optional, describedBy } = useField(name)
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>
        <Label text={label} required={required} optional={optional} />
      </label>
      <About id={describedBy} hint={hint} error={error} />
      <input
        id={id}
        name={name}
        type={type}
        className={short ? 'short' : ''}
        defaultValue={initial?.[0] ?? ''}
        inputMode={inputMode}
        autoComplete={autoComplete}
        autoCapitalize={type === 'password' || !capitals ? 'none' : 'sentences'}
        spellCheck={false}
        translate="no"
        data-limit={maxLength}
        aria-describedby={describedBy}
        aria-invalid={error !== undefined}
        aria-required={required}
      />
    </div>
  )
}

/** Several lines of somebody's words; cloud spelling and translation never see them. */
export function Words({
  name,
  label,
  hint,
  required = false,
  rows = 3,
  maxLength = 4000,
}: FieldProps & { rows?: number; maxLength?: number }) {
  const { id, initial, error, optional, describedBy } = useField(name)
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>
        <Label text={label} required={required} optional={optional} />
      </label>
      <About id={describedBy} hint={hint} error={error} />
      <textarea
        id={id}
        name={name}
        rows={rows}
        data-limit={maxLength}
        defaultValue={initial?.[0] ?? ''}
        spellCheck={false}
        translate="no"
        autoComplete="off"
        aria-describedby={describedBy}
        aria-invalid={error !== undefined}
        aria-required={required}
      />
    </div>
  )
}

export type Option = { value: string; label: string; hint?: string }

/** One of a long list: the phone's own picker. */
export function Select({
  name,
  label,
  hint,
  required = false,
  options,
  empty,
}: FieldProps & { options: readonly Option[]; empty: string }) {
  const { id, initial, error, optional, describedBy } = useField(name)
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>
        <Label text={label} required={required} optional={optional} />
      </label>
      <About id={describedBy} hint={hint} error={error} />
      <select
        id={id}
        name={name}
        defaultValue={initial?.[0] ?? ''}
        aria-describedby={describedBy}
        aria-invalid={error !== undefined}
        aria-required={required}
      >
        <option value="">{empty}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A group of controls that answer one question together. */
export function Group({ name, label, hint, required = false, children }: FieldProps & { children: ReactNode }) {
  const { id, error, optional, describedBy } = useField(name)
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={error === undefined ? 'field' : 'field wrong'}
      aria-describedby={describedBy}
    >
      <legend>
        <Label text={label} required={required} optional={optional} />
      </legend>
      <About id={describedBy} hint={hint} error={error} />
      {children}
    </fieldset>
  )
}

type ChoiceProps = FieldProps & { options: readonly Option[]; across?: boolean }

/** One of a few. */
export function Choice(props: ChoiceProps) {
  return <Options {...props} type="radio" />
}

/** Any of a few. */
export function Choices(props: ChoiceProps) {
  return <Options {...props} type="checkbox" />
}

function Options({ options, across = false, type, ...field }: ChoiceProps & { type: 'radio' | 'checkbox' }) {
  const { initial } = useField(field.name)
  return (
    <Group {...field}>
      <div className={across ? 'options across' : 'options'}>
        {options.map(({ value, label, hint }) => (
          <label key={value} className="option">
            <input type={type} name={field.name} value={value} defaultChecked={initial?.includes(value) ?? false} />
            <span>
              {label}
              {hint !== undefined && <span className="hint"> {hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </Group>
  )
}

/** Yes to one sentence. */
export function Tick({ name, label }: { name: string; label: string }) {
  const { id, initial } = useField(name)
  return (
    <label className="option">
      <input id={id} type="checkbox" name={name} value="yes" defaultChecked={initial?.includes('yes') ?? false} />
      <span>{label}</span>
    </label>
  )
}

type WhenProps = FieldProps & { dayLabel: string; timeLabel: string; start?: { day: string; time: string } }

/** A moment in the district's own time: a day and a time, both the phone's own pickers. */
export function When({ dayLabel, timeLabel, start, ...field }: WhenProps) {
  const day = useField(`${field.name}.day`)
  const time = useField(`${field.name}.time`)
  return (
    <Group {...field}>
      <div className="pair">
        <div>
          <label className="tiny" htmlFor={day.id}>
            {dayLabel}
          </label>
          <input
            id={day.id}
            type="date"
            name={`${field.name}.day`}
            defaultValue={day.initial?.[0] ?? start?.day ?? ''}
          />
        </div>
        <div>
          <label className="tiny" htmlFor={time.id}>
            {timeLabel}
          </label>
          <input
            id={time.id}
            type="time"
            name={`${field.name}.time`}
            defaultValue={time.initial?.[0] ?? start?.time ?? ''}
          />
        </div>
      </div>
    </Group>
  )
}

/** A day, by the phone's own picker. */
export function OnDay({ name, label, hint, required = false }: FieldProps) {
  const { id, initial, error, optional, describedBy } = useField(name)
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id}>
        <Label text={label} required={required} optional={optional} />
      </label>
      <About id={describedBy} hint={hint} error={error} />
      <input
        id={id}
        name={name}
        type="date"
        className="short"
        defaultValue={initial?.[0] ?? ''}
        aria-describedby={describedBy}
        aria-invalid={error !== undefined}
        aria-required={required}
      />
    </div>
  )
}
