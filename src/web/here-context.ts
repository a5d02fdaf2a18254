import { createContext, type ReactNode, useContext } from 'react'

/** Where this page is, and how it goes elsewhere. */
export type Here = { path: string; go: (to: string) => void }

export const HereContext = createContext<Here>({ path: '/', go: () => undefined })
/** What stands under a screen that is often wanted on paper. */
export const FootContext = createContext<ReactNode>(null)
export const ParamsContext = createContext<Readonly<Record<string, string>>>({})

export function useHere(): Here {
  return useContext(HereContext)
}

/**
 * Goes to another screen of the app. It always replaces the history entry, so that after *Hide screen* the Back button
 * leads to the page before the app and not into it.
 */
export function useNavigate(): (where: { to: string; replace?: true }) => Promise<void> {
  const { go } = useHere()
  return async ({ to }) => go(to)
}

/** The values the address of this screen names. */
export function useParams(): Readonly<Record<string, string>> {
  return useContext(ParamsContext)
}
