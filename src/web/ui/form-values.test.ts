import { expect, test } from 'vitest'
import { type FormValues, saidIn } from './form-values.ts'

test.each<[string, FormValues, FormValues, FormValues]>([
  ['a field that nobody filled in is not kept', {}, { name: [''], age: ['9'] }, { age: ['9'] }],
  ['a field that was emptied is', { name: ['Adi'] }, { name: [''] }, { name: [''] }],
  ['a field that stands as it began is', { day: ['2026-03-01'] }, { day: ['2026-03-01'] }, { day: ['2026-03-01'] }],
])('of a form, %s', (_what, start, values, kept) => {
  expect(saidIn(values, start)).toEqual(kept)
  // What was learned of the child meanwhile stands, under what was typed.
  expect({ ...start, name: ['Budi'], ...saidIn(values, start) }.name).toEqual(kept.name ?? ['Budi'])
})
