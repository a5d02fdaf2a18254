import {
  type ComponentType,
  lazy,
  type ReactNode,
  startTransition,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react'
import type { ScreenDefinition } from './feature.ts'
import { FootContext, HereContext, ParamsContext, useGo, useHere } from './here-context.ts'
import { matchPath, plainFirst } from './match-path.ts'
import { Mishap } from './Mishap.tsx'

/** Keeps where this page is. Ours is a page of replaced history entries and opaque ids, for which a few lines are enough. */
export function Router({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(() => window.location.pathname)
  useEffect(() => {
    const moved = () => startTransition(() => setPath(window.location.pathname))
    window.addEventListener('popstate', moved)
    return () => window.removeEventListener('popstate', moved)
  }, [])
  const go = useCallback((to: string) => {
    window.history.replaceState(null, '', to)
    // The screen before stays until the code of the next one is there.
    startTransition(() => setPath(window.location.pathname))
  }, [])
  useEffect(() => {
    // Somebody has tapped a notice.
    const called = (event: MessageEvent) => event.data === 'today' && go('/')
    const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : null
    worker?.addEventListener('message', called)
    return () => worker?.removeEventListener('message', called)
  }, [go])
  const here = useMemo(() => ({ path, go }), [path, go])
  return <HereContext value={here}>{children}</HereContext>
}

type Route = { path: string; Page: ComponentType; isPrinted: boolean }

/** Screens as routes; the code of each is fetched when it is first opened. */
export function routesOf(screens: readonly ScreenDefinition[]): Route[] {
  const twice = screens.find(({ path }, at) => screens.findIndex((other) => other.path === path) < at)
  if (twice !== undefined) throw new Error(`two screens want the address ${twice.path}`)
  return [...screens]
    .sort((a, b) => plainFirst(a.path, b.path))
    .map(({ path, page, isPrinted = false }) => ({
      path,
      isPrinted,
      Page: lazy(async () => ({ default: await page() })),
    }))
}

type RoutesProps = { routes: readonly Route[]; none: ReactNode; broken: ReactNode; foot: ReactNode }

/** The screen of this address, what is said where there is none, and what is said where it cannot be shown. */
export function Routes({ routes, none, broken, foot }: RoutesProps) {
  const { path } = useHere()
  for (const { path: pattern, Page, isPrinted } of routes) {
    const params = matchPath(pattern, path)
    if (params !== null)
      return (
        <ParamsContext value={params}>
          <Mishap key={pattern} at={path} instead={broken}>
            <FootContext value={isPrinted ? foot : null}>
              <Page />
            </FootContext>
          </Mishap>
        </ParamsContext>
      )
  }
  return none
}

/** Goes elsewhere as soon as it is shown. */
export function Navigate({ to }: { to: string; replace?: true }) {
  const go = useGo()
  useEffect(() => go(to), [go, to])
  return null
}
