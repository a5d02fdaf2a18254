import { nextRound, type SyncResult } from './sync.ts'

export type Rounds = { now: () => Promise<SyncResult>; stop: () => void }

/** Sends and fetches again and again: when asked, when the line comes back, when the page is looked at, and every minute. */
export function makeRounds(run: () => Promise<SyncResult>, told: (result: SyncResult | 'running') => void): Rounds {
  let failures = 0
  let timer = 0
  let running: Promise<SyncResult> | null = null
  let again = false

  /** `isAsked`: somebody recorded something or came back. That it failed says nothing about how often to try by itself. */
  async function round(isAsked: boolean): Promise<SyncResult> {
    told('running')
    try {
      let result = await run()
      // Something was recorded while this round was on its way.
      while (again && result === 'done') {
        again = false
        result = await run()
      }
      return ended(result, isAsked)
    } catch (error) {
      // A fault of ours is told where it is caught; what waits here is tried again all the same.
      ended('later', isAsked)
      throw error
    }
  }

  function ended(result: SyncResult, isAsked: boolean): SyncResult {
    if (result === 'done') failures = 0
    else if (!isAsked || failures === 0) failures++
    told(result)
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void start(false), nextRound(result, failures, Math.random()))
    return result
  }

  function start(isAsked: boolean): Promise<SyncResult> {
    if (running !== null) {
      again = true
      return running
    }
    running = round(isAsked).finally(() => {
      running = null
      again = false
    })
    return running
  }

  const now = () => start(true)
  const wake = () => {
    if (document.visibilityState === 'visible') void now()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  return {
    now,
    stop() {
      window.clearTimeout(timer)
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
    },
  }
}
