import { createContext, useContext } from 'react'
import type { FormErrors } from './Form.tsx'
import type { FormValues } from './form-values.ts'

type Around = { id: string; initial: FormValues; errors: FormErrors; optional: string }

/** What the fields of a form share: their ids, what they start from, and what is wrong with them. */
export const FormContext = createContext<Around>({ id: 'form', initial: {}, errors: {}, optional: '' })

/** One field's part of its form. */
export function useField(name: string) {
  const { id, initial, errors, optional } = useContext(FormContext)
  const error = errors[name]
  return { id: `${id}-${name}`, initial: initial[name], error, optional, describedBy: `${id}-${name}-about` }
}
