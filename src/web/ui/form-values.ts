/** What a form holds: every named control with its values, as the browser reads them. */
export type FormValues = { readonly [name: string]: readonly string[] }

export function readForm(form: HTMLFormElement): FormValues {
  const values: Record<string, string[]> = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') (values[name] ??= []).push(value)
  return values
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
