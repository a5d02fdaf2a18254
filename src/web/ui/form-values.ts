/** What a form holds: every named control with its values, as the browser reads them. */
export type FormValues = { readonly [name: string]: readonly string[] }

export function readForm(form: HTMLFormElement): FormValues {
  const values: Record<string, string[]> = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') (values[name] ??= []).push(value)
  return values
}

/** What is kept of a form: a field that began empty and is empty says nothing, and must not cover what is learned of it meanwhile. */
export function saidIn(values: FormValues, start: FormValues): FormValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name, said]) => said.some((value) => value !== '') || one(start, name) !== ''),
  )
}

/** The one value of a control, trimmed; empty when nothing was said. */
export function one(values: FormValues, name: string): string {
  return values[name]?.[0]?.trim() ?? ''
}

/** The words of a control, or null when nothing was said. */
export function wordsOf(values: FormValues, name: string): string | null {
  const text = one(values, name)
  return text === '' ? null : text
}

export function many(values: FormValues, name: string): readonly string[] {
  return values[name] ?? []
}

/** Whether a value is one of a list, for choices that come back from the browser as text. */
export function pick<T extends string>(options: readonly T[], text: string): T | null {
  return options.find((option) => option === text) ?? null
}
