import { describe, expect, test } from 'vitest'
import { addMillis, instant } from '../core/time.ts'
import { type LockEvent, lockAfter, makeShiftCounter, opened } from './lock.ts'

const start = instant('2026-03-01T08:00:00Z')
const minutes = (count: number) => addMillis(start, count * 60_000)

function after(events: [LockEvent, number][], hasPin = true) {
  return events.reduce((lock, [event, minute]) => lockAfter(lock, event, minutes(minute)), opened(start, hasPin))
}

describe('a device that was unlocked', () => {
  test.each<[string, [LockEvent, number][], string]>([
    [
      'stays open while it is used',
      [
        ['used', 4],
        ['used', 8],
        ['time_passed', 12],
      ],
      'open',
    ],
    ['is covered after five minutes without a touch', [['time_passed', 5]], 'covered'],
    ['is open a moment before that', [['time_passed', 4.9]], 'open'],
    [
      'is covered on coming back after two minutes away',
      [
        ['went_away', 1],
        ['came_back', 3],
      ],
      'covered',
    ],
    [
      'is covered while still away, after two minutes',
      [
        ['went_away', 1],
        ['time_passed', 3],
      ],
      'covered',
    ],
    [
      'is open on coming back after a minute',
      [
        ['went_away', 1],
        ['came_back', 2],
      ],
      'open',
    ],
    [
      'is not opened by a touch on the cover',
      [
        ['time_passed', 5],
        ['used', 6],
      ],
      'covered',
    ],
    ['is not kept open by a touch that comes after the time', [['used', 6]], 'covered'],
    [
      'is opened by the right PIN',
      [
        ['time_passed', 5],
        ['right_pin', 6],
      ],
      'open',
    ],
    [
      'stays covered after four wrong PINs',
      [
        ['time_passed', 5],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
      ],
      'covered',
    ],
    [
      'loses its key at the fifth wrong PIN',
      [
        ['time_passed', 5],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
      ],
      'shut',
    ],
    [
      'counts wrong PINs anew after a right one',
      [
        ['time_passed', 5],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['wrong_pin', 6],
        ['right_pin', 7],
        ['wrong_pin', 7],
      ],
      'open',
    ],
    ['loses its key at Hide screen', [['hide', 1]], 'shut'],
    [
      'loses its key when hidden from under the cover',
      [
        ['time_passed', 5],
        ['hide', 6],
      ],
      'shut',
    ],
    [
      'is not opened by a PIN once the key is gone',
      [
        ['hide', 1],
        ['right_pin', 2],
      ],
      'shut',
    ],
  ])('%s', (_title, events, phase) => {
    expect(after(events).phase).toBe(phase)
  })

  test('loses its key after twelve hours, however much it is used', () => {
    const used = Array.from({ length: 12 * 20 }, (_one, at): [LockEvent, number] => ['used', (at + 1) * 3])
    expect(after(used.slice(0, -1)).phase).toBe('open')
    expect(after(used).phase).toBe('shut')
  })

  test('loses its key instead of being covered when no PIN was chosen', () => {
    expect(after([['time_passed', 5]], false).phase).toBe('shut')
  })

  test('is not kept open by turning the clock back', () => {
    expect(
      after([
        ['used', -600],
        ['time_passed', 5],
      ]).phase,
    ).toBe('covered')
  })
})

describe('three presses of Shift', () => {
  test('cover the screen when they come in a row', () => {
    const hear = makeShiftCounter()
    expect([hear('Shift', 0), hear('Shift', 300), hear('Shift', 600)]).toEqual([false, false, true])
  })
  test('do not when another key comes between, as in typing capitals', () => {
    const hear = makeShiftCounter()
    expect([hear('Shift', 0), hear('A', 100), hear('Shift', 300), hear('Shift', 600)]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
  test('do not when they are slow', () => {
    const hear = makeShiftCounter()
    expect([hear('Shift', 0), hear('Shift', 1000), hear('Shift', 2000)]).toEqual([false, false, false])
  })
})
