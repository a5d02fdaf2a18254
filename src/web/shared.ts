/** What another app handed over; it is in this page's memory and nowhere else. `isCut`: there was more than is taken. */
export type Shared = { files: readonly Blob[]; text: string; isCut: boolean }

const PATIENCE_MS = 5000
let here: Shared | null = null

/** Asks the service worker once for what it was given; it then stays with this page, also through unlocking and signing in. */
export async function fetchShared(): Promise<Shared | null> {
  return (here ??= await ask())
}

/** What this page has from another app, without asking. */
export function sharedHere(): Shared | null {
  return here
}

/** It was put where it belongs, or thrown away. */
export function dropShared(): void {
  here = null
}

function ask(): Promise<Shared | null> {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : null
  if (worker?.controller == null) return Promise.resolve(null)
  return new Promise((resolve) => {
    const done = (found: Shared | null) => {
      worker.removeEventListener('message', heard)
      resolve(found)
    }
    const heard = ({ data }: MessageEvent) => {
      // Our own service worker speaks to its own pages.
      if (typeof data === 'object' && data !== null && 'shared' in data)
        done((data as { shared: Shared | null }).shared)
    }
    worker.addEventListener('message', heard)
    worker.controller?.postMessage('shared?')
    window.setTimeout(() => done(null), PATIENCE_MS)
  })
}
