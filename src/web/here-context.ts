import { createContext, type ReactNode, useContext } from 'react'

/** Where this page is, and how it goes elsewhere. */
export type Here = { path: string; go: (to: string) => void }

export const HereContext = createContext<Here>({ path: '/', go: () => undefined })
/** What stands under a screen that is often wanted on paper. */
export const FootContext = createContext<ReactNode>(null)
export const ParamsContext = createContext<Readonly<Record<string, string>>>({})

export function useHere(): Pick<Here, 'path'> {
  return useContext(HereContext)
}

/**
 * Goes to another screen of the app, as whoever taps a link wants it. It always replaces the history entry, so that after
 * *Hide screen* the Back button leads to the page before the app and not into it.
 */
export function useGo(): Here['go'] {
  return useContext(HereContext).go
}

/** Goes on from this screen once something is done, as a save that was waited for. */
export function useGoOn(): Here['go'] {
  return goOnFrom(useContext(HereContext), () => window.location.pathname)
}

/** A save may be slow: whoever has left for another screen meanwhile stays there, and loses nothing she is doing. */
export function goOnFrom({ path, go }: Here, pathNow: () => string): Here['go'] {
  return (to) => {
    if (pathNow() === path) go(to)
  }
}

/** The values the address of this screen names. */
export function useParams(): Readonly<Record<string, string>> {
  return useContext(ParamsContext)
}
