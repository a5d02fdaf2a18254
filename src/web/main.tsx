import './no-jit.ts'
import './style/fonts.css'
import './style/tokens.css'
import './style/base.css'
import './style/frame.css'
import './style/pieces.css'
import './style/fields.css'
import './style/doors.css'
import './style/print.css'
import { lazy } from 'react'
import { createRoot } from 'react-dom/client'
import { makeApi } from './api.ts'
import { makeApp } from './app.ts'
import { makeClock } from './clock.ts'
import { makeDevicePlace } from './device.ts'
import { openIdb } from './idb-storage.ts'
import { loadSpeech } from './language.ts'
import { makeProfile } from './profile.ts'
import { Root } from './Root.tsx'
import { Router } from './Router.tsx'
import { watchForUpdate } from './update.ts'

const features = () => import('./main-features.tsx')
const doorsOf = () => import('../features/access/screens/doors.tsx')

const stages = {
  SignIn: lazy(async () => ({ default: (await doorsOf()).SignInPage })),
  Unlock: lazy(async () => ({ default: (await doorsOf()).UnlockPage })),
  Jot: lazy(async () => ({ default: (await import('../features/phone/screens/jot-page.tsx')).JotPage })),
  Pages: lazy(async () => ({ default: (await features()).Pages })),
}

async function main(): Promise<void> {
  // A letter is read by somebody without an account: nothing of the app is begun, and nothing is kept in this browser.
  if (window.location.pathname === '/letter') return (await import('./main-letter.tsx')).showLetter()
  const clock = makeClock(Date.now)
  const place = makeDevicePlace(await openIdb())
  const app = makeApp({
    api: makeApi(clock, makeProfile(place.door), (...asked) => fetch(...asked)),
    clock,
    place,
    readers: async () => (await features()).READERS,
    beyondCard: async () => (await features()).FEATURES.flatMap((feature) => feature.beyondCard ?? []),
    speech: await loadSpeech('en', 'door'),
  })
  const element = document.getElementById('app')
  if (element === null) throw new Error('index.html has the element the app stands in')
  createRoot(element).render(
    <Router>
      <Root app={app} stages={stages} update={watchForUpdate()} />
    </Router>,
  )
  void app.start()
}

void main()
