import { type ReactNode, type SubmitEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Speech } from '../language.ts'
import { FormContext } from './form-context.ts'
import { type FormValues, readForm, saidIn } from './form-values.ts'
import { To } from './To.tsx'

/** A sentence for each field that cannot stand as it is; the empty name is the form as a whole. */
export type FormErrors = { readonly [name: string]: string }

/** Keeps what was typed until it is recorded, so that a lock, a call or an empty battery loses nothing. */
export type DraftKeeper = { load: () => FormValues | null; keep: (values: FormValues) => void; drop: () => void }

type Props = {
  speech: Pick<Speech, 't'>
  button: string
  draft?: DraftKeeper
  /** What the fields start from. */
  start?: FormValues
  /** Where what stands in no field of this form is put right, by the name under which `submit` says it. */
  elsewhere?: { readonly [name: string]: string }
  /** Resolves with what stands in the way, or null when all is recorded. */
  submit: (values: FormValues) => Promise<FormErrors | null>
  children: (values: FormValues) => ReactNode
  aside?: ReactNode
}

const KEEP_AFTER_MS = 800

/** A form of native controls: errors on top with links to their fields, words kept while they are typed. */
export function Form({ speech: { t }, button, draft, start, elsewhere = {}, submit, children, aside }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const timer = useRef(0)
  /** What was typed and is not kept yet. */
  const typed = useRef<FormValues | null>(null)
  const [begun] = useState<FormValues>(start ?? {})
  const [initial] = useState(() => ({ ...begun, ...draft?.load() }))
  const [values, setValues] = useState<FormValues>(initial)
  const [errors, setErrors] = useState<FormErrors>({})
  /** What the fields that cannot stand are called on the page. */
  const [labels, setLabels] = useState<{ readonly [name: string]: string }>({})
  const [busy, setBusy] = useState(false)
  const id = useId()

  useEffect(() => {
    const keepNow = () => {
      timer.current = stopped(timer.current)
      if (typed.current !== null) draft?.keep(typed.current)
      typed.current = null
    }
    document.addEventListener('visibilitychange', keepNow)
    return () => {
      document.removeEventListener('visibilitychange', keepNow)
      keepNow() // hidden or left in the middle of a word
    }
  }, [draft])

  function onInput({ target }: { target: EventTarget }) {
    if (form.current === null) return
    const found = readForm(form.current)
    setValues(found)
    // What is being put right is no longer called wrong.
    const name = 'name' in target ? String(target.name) : ''
    if (name !== '' && errors[name] !== undefined)
      setErrors(Object.fromEntries(Object.entries(errors).filter(([one]) => one !== name)))
    typed.current = saidIn(found, begun)
    // Also of somebody who types without a pause: the next moment to keep is not put off by the next letter.
    if (timer.current !== 0) return
    timer.current = window.setTimeout(() => {
      timer.current = 0
      if (typed.current !== null) draft?.keep(typed.current)
      typed.current = null
    }, KEEP_AFTER_MS)
  }

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return // a second tap while the first is on its way
    setBusy(true)
    timer.current = stopped(timer.current)
    typed.current = null
    try {
      const sent = readForm(event.currentTarget)
      const tooLong = tooLongIn(event.currentTarget, t)
      const found = tooLong ?? (await submit(sent))
      setLabels(labelsOf(found ?? {}, id))
      setErrors(inPageOrder(found ?? {}, id, form.current))
      if (found === null) draft?.drop()
      else {
        draft?.keep(saidIn(sent, begun))
        window.requestAnimationFrame(() => summary.current?.focus())
      }
    } finally {
      setBusy(false)
    }
  }

  const context = useMemo(() => ({ id, initial, errors, optional: t('field.optional') }), [id, initial, errors, t])
  const wrong = Object.entries(errors)
  // Beside its field the short sentence is enough; in the list above it says which field is meant.
  const named = (text: string, label: string | undefined) =>
    text === t('field.needed') && label !== undefined ? t('field.needed_of', { field: label }) : text
  return (
    <FormContext value={context}>
      <form
        className="not-printed"
        ref={form}
        noValidate
        autoComplete="off"
        onInput={onInput}
        onSubmit={(event) => void onSubmit(event)}
      >
        {wrong.length > 0 && (
          <div ref={summary} className="notice urgent summary" role="alert" tabIndex={-1}>
            <h2>{t('field.summary')}</h2>
            <ul>
              {wrong.map(([name, text]) => (
                <li key={name}>
                  {elsewhere[name] !== undefined ? (
                    <To href={elsewhere[name]}>{text}</To>
                  ) : name === '' ? (
                    text
                  ) : (
                    <a href={`#${id}-${name}`} onClick={(event) => goTo(event, `${id}-${name}`)}>
                      {named(text, labels[name])}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
        {children(values)}
        <div className="row actions">
          <button type="submit" className="button" aria-disabled={busy}>
            {busy ? t('field.saving') : button}
          </button>
          {aside}
        </div>
      </form>
    </FormContext>
  )
}

/** What each field that cannot stand is called: its own label, or the question of a group; without the word “optional”. */
function labelsOf(errors: FormErrors, id: string): { [name: string]: string } {
  const found: { [name: string]: string } = {}
  for (const name of Object.keys(errors)) {
    const field = document.getElementById(`${id}-${name}`)
    const label =
      document.querySelector(`label[for="${CSS.escape(`${id}-${name}`)}"]`) ?? field?.querySelector('legend')
    const text = label?.firstChild?.textContent?.trim() ?? ''
    if (text !== '') found[name] = text
  }
  return found
}

/** Top to bottom as the fields stand, whatever found them wrong; what is about the form as a whole comes first. */
function inPageOrder(errors: FormErrors, id: string, form: HTMLFormElement | null): FormErrors {
  const ids = Array.from(form?.querySelectorAll('[id]') ?? [], (element) => element.id)
  const place = ([name]: [string, string]) => ids.indexOf(`${id}-${name}`)
  return Object.fromEntries(Object.entries(errors).sort((a, b) => place(a) - place(b)))
}

/** What is longer than its field holds, with the limit; a browser that cuts it off would do so without a word. */
function tooLongIn(form: HTMLFormElement, t: Speech['t']): FormErrors | null {
  const found = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[data-limit]')].flatMap((field) => {
    const [limit, count] = [Number(field.dataset.limit), field.value.length]
    return count > limit ? [[field.name, t('field.too_long', { limit, count })]] : []
  })
  return found.length === 0 ? null : Object.fromEntries(found)
}

function stopped(timer: number): 0 {
  window.clearTimeout(timer)
  return 0
}

/** Moves to the field without changing the page's address. */
function goTo(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault()
  const target = document.getElementById(id)
  target?.focus()
  target?.scrollIntoView({ block: 'center' })
}
