import { flushSync } from 'react-dom'

let isOn = false
const listeners = new Set<() => void>()

// The browser takes its picture of the page as soon as it has told us: the page must have changed by then.
const turn = (to: boolean) => () =>
  flushSync(() => {
    isOn = to
    for (const listener of listeners) listener()
  })
globalThis.addEventListener?.('beforeprint', turn(true))
globalThis.addEventListener?.('afterprint', turn(false))

/** Whether what is on the screen is just being printed, by a button or by the browser's own key. */
export function printing(): boolean {
  return isOn
}

export function watchPrinting(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
