import { expect, test } from 'vitest'
import { dial, numbersIn } from './dial.ts'

test.each([
  ['Her worker, 0811 000 417, then the head of the house', ['0811 000 417']],
  ['(021) 555-0134 by day; +62 811-000-418 at night', ['(021) 555-0134', '+62 811-000-418']],
  ['The neighbour. Her aunt comes at 14:30 on 2026-03-01, or 01.03.2026', []],
  ['Room 12, three times 0811000417 and 0811000417', ['0811000417']],
])('whom to call first: %s', (text, numbers) => {
  expect(numbersIn(text)).toEqual(numbers)
})

test('only the digits and the plus are dialled', () => {
  expect(numbersIn('(021) 555-0134, +62 811-000-418').map(dial)).toEqual(['tel:0215550134', 'tel:+62811000418'])
})
