import type { Update } from './Root.tsx'

/** Registers the service worker and tells when a newer build waits; it never reloads under somebody's hands. */
export function watchForUpdate(): Update {
  const listeners = new Set<() => void>()
  let waiting: ServiceWorker | null = null
  let registration: ServiceWorkerRegistration | null = null
  let isTaken = false

  const found = (worker: ServiceWorker | null) => {
    // Without a controller this is the first install: there is nothing to update from.
    if (worker === null || navigator.serviceWorker.controller === null) return
    waiting = worker
    if (isTaken) waiting.postMessage('take')
    for (const listener of listeners) listener()
  }

  async function register(): Promise<void> {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
    registration = await navigator.serviceWorker.register(trustedUrl('/service-worker.js'), {
      updateViaCache: 'none',
    })
    found(registration.waiting)
    // What this page loaded before the worker stood behind it would be missing at the next start without a line.
    const { active } = await navigator.serviceWorker.ready
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    active?.postMessage({
      keep: loaded
        .filter(({ origin, pathname }) => origin === location.origin && /^\/(assets|country)\//.test(pathname))
        .map(({ pathname }) => pathname),
    })
    registration.addEventListener('updatefound', () => {
      const fresh = registration?.installing
      fresh?.addEventListener('statechange', () => fresh.state === 'installed' && found(fresh))
    })
    navigator.serviceWorker.addEventListener('controllerchange', () => isTaken && window.location.reload())
  }

  void register()
  return {
    subscribe(listener) {
      listeners.add(listener)
      if (waiting !== null) listener()
      return () => listeners.delete(listener)
    },
    take() {
      isTaken = true
      waiting?.postMessage('take')
      this.look()
    },
    look() {
      void registration?.update().catch(() => null) // without a line it is looked for again at the next round
    },
  }
}

type Policies = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => unknown }
}

/** The one trusted-types policy there is: it lets this address pass and no other. */
function trustedUrl(url: '/service-worker.js'): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes // TypeScript's DOM does not know it yet
  const policy = policies?.createPolicy('kembali', {
    createScriptURL(wanted) {
      if (wanted !== '/service-worker.js') throw new TypeError('no other script is registered')
      return wanted
    },
  })
  return (policy?.createScriptURL(url) ?? url) as string // a TrustedScriptURL stands where a string would
}
