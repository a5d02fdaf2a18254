import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import { fieldMeta } from '../src/core/schema.ts'
import { choiceText, fieldLabel } from '../src/features/cases/screens/field-words.ts'
import { FEATURES } from './db.ts'
import { inside } from './schemas.ts'
import { demoPack, english } from './speech.ts'

// What somebody changed is shown field by field: on the page of changes, and where two people wrote different things.
const speech = english()
const pack = demoPack()
const fields = FEATURES.flatMap((feature) => feature.mutable ?? []).flatMap(({ meta, schema }) =>
  // Every schema of a thing is one of Zod's; the parts list asks for less.
  Object.entries(schema.shape as Record<string, z.ZodType>).map(([field, one]) => ({
    of: `${meta.table}.${field}`,
    at: { thing: meta.table, field },
    codes: codesOf(one),
    list: fieldMeta(one).codeList ?? null,
    takesAnything: fieldMeta(one).class !== 'C2' && one.safeParse('some_code').success,
  })),
)

describe('every field that can be changed is told in words', () => {
  test('each has a name of its own', () => {
    expect(fields.filter(({ at }) => fieldLabel(speech, at) === null).map(({ of }) => of)).toEqual([])
  })

  test('each of its choices has its word', () => {
    const silent = fields.flatMap(({ of, at, codes }) =>
      codes.filter((code) => choiceText(speech, at, code) === null).map((code) => `${of}: ${code}`),
    )
    expect(silent).toEqual([])
    expect(fields.flatMap(({ codes }) => codes).length).toBeGreaterThan(50)
  })

  test('each code that is not a choice of ours names its list, and the country has that list', () => {
    const lists = new Set([...Object.keys(pack.codeLists), 'languages'])
    const lost = fields.filter(({ list, takesAnything }) => (list === null ? takesAnything : !lists.has(list)))
    expect(lost.map(({ of }) => of)).toEqual([])
  })
})

/** The choices of a field, also where it takes several or none. */
function codesOf(schema: z.ZodType): string[] {
  const bare = inside(schema)
  if (bare instanceof z.ZodArray) return codesOf(bare.element as z.ZodType) // an array of Zod holds one of Zod
  return bare instanceof z.ZodEnum ? bare.options.map(String) : []
}
