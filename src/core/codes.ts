import * as z from 'zod'
import type { PublicPack } from './country.ts'
import { type FieldMeta, fieldMeta, insideOf } from './schema.ts'

/** What a country lists. */
type CodePack = Pick<PublicPack, 'codeLists' | 'regions' | 'languages' | 'consent' | 'questions'>

/** Aliases are made of listed words but are no codes; `cases` says what an alias looks like. */
const NO_CODES = 'alias_words'

/**
 * The coded fields of a payload that hold no code of their list: a clear column takes a code and never what somebody
 * typed (security.md 2.1). Codes that were closed stay good, since an old record may be corrected.
 */
export function unknownCodes(schema: z.ZodType, value: unknown, pack: CodePack): string[] {
  return codedFields(schema).flatMap(({ path, list }) =>
    valuesAt(value, path).every((one) => one === null || isCode(pack, list, one)) ? [] : [path.join('.')],
  )
}

function isCode(pack: CodePack, list: string, code: unknown): boolean {
  if (list === NO_CODES) return true
  if (list === 'consent_text') return pack.consent.texts.some((one) => one.code === code)
  if (list === 'question_sections') return pack.questions.some((section) => section.id === code)
  if (list === 'regions') return pack.regions.some((region) => region.code === code)
  const codes = pack.codeLists[list]?.map((one) => one.code) ?? (list === 'languages' ? pack.languages : [])
  return codes.some((one) => one === code)
}

type Coded = { path: string[]; list: string }

const found = new WeakMap<z.ZodType, Coded[]>()

function codedFields(schema: z.ZodType): Coded[] {
  const before = found.get(schema)
  if (before !== undefined) return before
  const coded = codedIn(schema, [])
  found.set(schema, coded)
  return coded
}

function codedIn(schema: unknown, path: string[]): Coded[] {
  const { codeList }: FieldMeta = fieldMeta(schema)
  if (codeList !== undefined) return [{ path, list: codeList }]
  const inner = insideOf(schema)
  if (inner !== null) return codedIn(inner, path)
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) => codedIn(field, [...path, name]))
  return []
}

/** What stands at a path; of a list every item. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path))
  const [name, ...rest] = path
  if (name === undefined) return value === undefined ? [] : [value]
  return value !== null && typeof value === 'object' ? valuesAt((value as Record<string, unknown>)[name], rest) : []
}
