import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeRounds } from './rounds.ts'
import type { SyncResult } from './sync.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', { setTimeout, clearTimeout, addEventListener() {}, removeEventListener() {} })
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener() {}, removeEventListener() {} })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('what is recorded without a line puts no next attempt off', async () => {
  let result: SyncResult = 'no_connection'
  const run = vi.fn(() => Promise.resolve(result))
  const rounds = makeRounds(run, () => {})
  for (let saved = 0; saved < 8; saved++) await rounds.now()
  result = 'done'
  await vi.advanceTimersByTimeAsync(10_000)
  expect(run).toHaveBeenCalledTimes(9)
  rounds.stop()
})

test('a round that fails as no round should is tried again by itself', async () => {
  const run = vi.fn(() => Promise.resolve<SyncResult>('done'))
  run.mockRejectedValueOnce(new Error('half an answer'))
  const rounds = makeRounds(run, () => {})
  await expect(rounds.now()).rejects.toThrow('half an answer')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(run).toHaveBeenCalledTimes(2)
  rounds.stop()
})
