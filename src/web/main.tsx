import './no-jit.ts'
import './style/fonts.css'
import './style/tokens.css'
import './style/base.css'
import './style/frame.css'
import './style/pieces.css'
import './style/fields.css'
import './style/doors.css'
import './style/print.css'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { lazy } from 'react'
import { createRoot } from 'react-dom/client'
import { access } from '../features/access/screens/screens.ts'
import { care } from '../features/care/screens/screens.ts'
import { cases } from '../features/cases/screens/screens.ts'
import { justice } from '../features/justice/screens/screens.ts'
import { reports } from '../features/reports/screens/screens.ts'
import { makeApi } from './api.ts'
import { makeApp } from './app.ts'
import { makeClock } from './clock.ts'
import { makeDevicePlace } from './device.ts'
import type { WebFeature } from './feature.ts'
import { FeaturesContext } from './features-context.ts'
import { openIdb } from './idb-storage.ts'
import { loadSpeech } from './language.ts'
import { Root } from './Root.tsx'
import { watchForUpdate } from './update.ts'

/** The features of this app, one line each. */
const FEATURES: readonly WebFeature[] = [cases, care, justice, reports, access]

const doors = {
  SignIn: lazy(async () => ({ default: (await import('../features/access/screens/doors.tsx')).SignInPage })),
  Unlock: lazy(async () => ({ default: (await import('../features/access/screens/doors.tsx')).UnlockPage })),
}

async function main(): Promise<void> {
  const clock = makeClock(Date.now)
  const place = makeDevicePlace(await openIdb())
  const app = makeApp({
    api: makeApi(clock, (...asked) => fetch(...asked)),
    clock,
    place,
    layOvers: FEATURES.map((feature) => feature.layOver),
    speech: await loadSpeech('en'),
  })
  const update = watchForUpdate()
  const root = createRootRoute({
    component: () => (
      <Root app={app} doors={doors} update={update}>
        <Outlet />
      </Root>
    ),
  })
  const routes = FEATURES.flatMap((feature) => feature.screens).map(({ path, page }) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: lazyRouteComponent(async () => ({ default: await page() })),
    }),
  )
  const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: false, scrollRestoration: false })
  const element = document.getElementById('app')
  if (element === null) throw new Error('index.html has the element the app stands in')
  createRoot(element).render(
    <FeaturesContext value={FEATURES}>
      <RouterProvider router={router} />
    </FeaturesContext>,
  )
  void app.start()
}

void main()
