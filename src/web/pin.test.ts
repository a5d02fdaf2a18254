import { describe, expect, test } from 'vitest'
import { pinRefusal } from './pin.ts'

describe('a PIN', () => {
  test.each([
    ['is taken with four digits that follow no rule', '4071', null],
    ['is taken when it is longer', '407193', null],
    ['needs four digits', '407', 'too_short'],
    ['is made of digits', '40a1', 'not_digits'],
    ['is not one digit again and again', '7777', 'too_simple'],
    ['does not count up', '1234', 'too_simple'],
    ['does not count down', '9876', 'too_simple'],
    ['is no year', '1998', 'too_simple'],
  ])('%s', (_title, pin, refusal) => {
    expect(pinRefusal(pin)).toBe(refusal)
  })
})
