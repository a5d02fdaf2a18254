import type { Op } from '../../../core/op.ts'
import type { Speech } from '../../../web/language.ts'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/

/** What somebody typed into an operation, field by field, so that it can be read again; ids and what was left empty are not words. */
export function typedInto(op: Op, { find }: Pick<Speech, 'find'>): { label: string; text: string }[] {
  const { set, ...rest } = op.payload
  const fields = Object.entries({ ...rest, ...(isRecord(set) ? set : {}) })
  return fields.flatMap(([name, value]) => {
    const text = textOf(value)
    return text === '' ? [] : [{ label: find(`field.name.${name}`) ?? spaced(name), text }]
  })
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return ID.test(value) ? '' : value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value))
    return value
      .map(textOf)
      .filter((text) => text !== '')
      .join(', ')
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, inner]) => `${spaced(name)}: ${textOf(inner)}`)
      .join('\n')
  return ''
}

/** A field nobody has named in words yet is still better read than hidden. */
function spaced(name: string): string {
  return name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
