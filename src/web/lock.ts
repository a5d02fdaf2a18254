import { type Instant, toMillis } from '../core/time.ts'

/**
 * How far this device is open (security.md 5). `open`: in use. `covered`: a cover hides everything, the key is still in memory and a
 * PIN takes the cover away. `shut`: the key is gone; only the passphrase or the phone's own lock opens it.
 */
export type LockState = {
  phase: 'open' | 'covered' | 'shut'
  hasPin: boolean
  /** How long without a touch before it is covered. */
  idle: number
  openedAt: Instant
  lastUsedAt: Instant
  hiddenAt: Instant | null
  wrongPins: number
}

export type LockEvent = 'used' | 'went_away' | 'came_back' | 'time_passed' | 'hide' | 'right_pin' | 'wrong_pin'

const MINUTE = 60_000
/** Without a touch: on a phone (security.md 5). */
export const IDLE_PHONE = 5 * MINUTE

/** Without a touch, in a desk browser that keeps nothing: as long as its session lives without anybody (security.md 4). */
export function deskIdle({ idleMinutes }: { idleMinutes: number }): number {
  return idleMinutes * MINUTE
}
const AWAY = 2 * MINUTE
/** A touch this long ago still counts as somebody being there: a round comes once a minute. */
const THERE = 2 * MINUTE
const KEY_LIFE = 12 * 60 * MINUTE
const TRIES = 5

export function opened(now: Instant, hasPin: boolean, idle = IDLE_PHONE): LockState {
  return { phase: 'open', hasPin, idle, openedAt: now, lastUsedAt: now, hiddenAt: null, wrongPins: 0 }
}

/** What an event makes of the lock. A shut lock stays shut: opening it anew is a new lock. */
export function lockAfter(lock: LockState, event: LockEvent, now: Instant): LockState {
  if (lock.phase === 'shut') return lock
  if (event === 'hide' || since(lock.openedAt, now) >= KEY_LIFE) return { ...lock, phase: 'shut' }
  switch (event) {
    case 'used':
      // A touch on the cover is no use of what is under it; a touch after a long sleep comes too late.
      return lock.phase === 'open' && !isDue(lock, now) ? { ...lock, lastUsedAt: now } : covered(lock)
    case 'went_away':
      return { ...lock, hiddenAt: lock.hiddenAt ?? now }
    case 'came_back':
      return isDue(lock, now) ? covered({ ...lock, hiddenAt: null }) : { ...lock, hiddenAt: null }
    case 'time_passed':
      return isDue(lock, now) ? covered(lock) : lock
    case 'right_pin':
      return { ...lock, phase: 'open', lastUsedAt: now, hiddenAt: null, wrongPins: 0 }
    case 'wrong_pin':
      return lock.wrongPins + 1 >= TRIES ? { ...lock, phase: 'shut' } : { ...lock, wrongPins: lock.wrongPins + 1 }
  }
}

/** Whether somebody uses this device just now. */
export function isInUse(lock: LockState, now: Instant): boolean {
  return lock.phase === 'open' && lock.hiddenAt === null && since(lock.lastUsedAt, now) < THERE
}

function isDue(lock: LockState, now: Instant): boolean {
  return since(lock.lastUsedAt, now) >= lock.idle || (lock.hiddenAt !== null && since(lock.hiddenAt, now) >= AWAY)
}

/** Without a PIN there is nothing to take a cover away, so the key goes. */
function covered(lock: LockState): LockState {
  return { ...lock, phase: lock.hasPin ? 'covered' : 'shut' }
}

/** A clock that was turned back counts as no time at all gone by; it cannot lengthen what the server limits. */
function since(then: Instant, now: Instant): number {
  return Math.max(0, toMillis(now) - toMillis(then))
}

/** How many times Shift, in how long, covers the screen. */
const PRESSES = 3
const WITHIN = 1500

/** Hears Shift pressed three times in a row; any other key between them starts the count anew. */
export function makeShiftCounter(): (key: string, millis: number) => boolean {
  let pressed: number[] = []
  return (key, millis) => {
    pressed = key === 'Shift' ? [...pressed.filter((before) => millis - before < WITHIN), millis] : []
    return pressed.length >= PRESSES
  }
}
