import * as z from 'zod'
import type { DataClass, Part, Purpose } from './part.ts'

/** How long a thing is kept: a row of security.md 7.1. */
export type Keep =
  | 'case'
  | 'identity'
  | 'family'
  | 'location'
  | 'narrative'
  | 'association'
  | 'health'
  | 'services'
  | 'justice'
  | 'legal'
  | 'match_request'

export type ThingMeta = {
  part: Part
  class: 'C1'
  keep: Keep
  purpose: Purpose
  /** The stable number of this thing's `body` column: bound into every envelope, so that tables can be renamed. */
  fieldId: number
  table: string
}

export type FieldMeta = { class?: DataClass; codeList?: string; moment?: boolean }

/** A schema of one thing in one part, with how it is protected and kept; from it follow row, API and form. */
export type Thing<Shape extends z.ZodRawShape> = {
  schema: z.ZodObject<Shape, z.core.$strict>
  meta: ThingMeta
  sealed: readonly string[]
  clear: readonly string[]
}

/** Declares a thing; throws at load when a clear text field has neither a code list nor an id, enum or moment type (security.md 2.2). */
export function thing<Shape extends z.ZodRawShape>(meta: ThingMeta, shape: Shape): Thing<Shape> {
  const sealed: string[] = []
  const clear: string[] = []
  for (const [name, field] of Object.entries(shape)) {
    const said = fieldMeta(field)
    if (said.class === 'C2') sealed.push(name)
    else if (isFreeText(field) && said.codeList === undefined)
      throw new Error(`${meta.table}.${name} is words somebody typed: mark it C2 or give it a code list`)
    else clear.push(name)
  }
  return { schema: z.strictObject(shape), meta, sealed, clear }
}

/** Splits a record into clear columns and the fields for its envelope. */
export function split(
  of: { clear: readonly string[]; sealed: readonly string[] },
  record: Record<string, unknown>,
): { clear: Record<string, unknown>; body: Record<string, unknown> } {
  const pick = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]))
  return { clear: pick(of.clear), body: pick(of.sealed) }
}

/** Marks and class of a field, also where `nullable`, `optional` or an array stands around it. */
export function fieldMeta(field: unknown): FieldMeta {
  const own = field instanceof z.ZodType ? field.meta() : undefined
  const inner = insideOf(field)
  return { ...(inner === null ? {} : fieldMeta(inner)), ...(own as FieldMeta | undefined) } // .meta() is an open record; only our keys are read
}

export function insideOf(field: unknown): unknown {
  if (field instanceof z.ZodNullable || field instanceof z.ZodOptional || field instanceof z.ZodDefault)
    return field.unwrap()
  if (field instanceof z.ZodArray) return field.element
  return null
}

function isFreeText(field: unknown): boolean {
  const inner = insideOf(field)
  if (inner !== null) return isFreeText(inner)
  if (field instanceof z.ZodPipe) return fieldMeta(field).moment !== true
  return field instanceof z.ZodString
}

/** Words somebody typed: NFC, without control and bidirectional override characters. Always C2. */
export function words(max: number) {
  return z
    .string()
    .max(max)
    .transform((text) => withoutUnseen(text).trim())
    .pipe(z.string().max(max))
    .meta({ class: 'C2' })
}

/** One form for what looks the same, and nothing that hides or turns what a person reads (security.md 7.5). */
export function withoutUnseen(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, '')
}

// Control characters but tab and newline, bidi overrides and isolates, zero-width and byte-order marks.
// oxlint-disable-next-line no-control-regex -- these are the characters to take out
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g
