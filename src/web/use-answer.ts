import { useEffect, useState } from 'react'
import { codeOf } from './api.ts'

/** A question to the server, as a screen sees it. */
export type Asked<T> = { state: 'asking' } | { state: 'answered'; value: T } | { state: 'failed'; code: string }

/**
 * Asks once for each key, and again when `turn` moves on while the last answer stays on the screen.
 * Only for what the device does not hold: boards, lists of a team, an opened file.
 */
export function useAnswer<T>(key: string, ask: () => Promise<T>, turn: number | string = 0): Asked<T> {
  const [asked, setAsked] = useState<{ key: string; got: Asked<T> }>({ key, got: { state: 'asking' } })
  useEffect(() => {
    let isWanted = true
    ask().then(
      (value) => isWanted && setAsked({ key, got: { state: 'answered', value } }),
      (error: unknown) => isWanted && setAsked({ key, got: { state: 'failed', code: codeOf(error) } }),
    )
    return () => {
      isWanted = false
    }
    // `ask` is made anew on each render; `key` and `turn` say when its answer would differ.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, turn])
  return asked.key === key ? asked.got : { state: 'asking' }
}
