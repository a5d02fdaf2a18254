import { createContext, useContext, useSyncExternalStore } from 'react'
import { timeZoneOf } from '../core/read-country.ts'
import type { DecideContext } from '../core/op.ts'
import type { AppState, Desk, Recorded } from './app-state.ts'
import type { App } from './app.ts'
import type { Draft } from './outbox.ts'
import { onPaper, type Speech } from './language.ts'
import { printing, watchPrinting } from './printing.ts'
import type { FormErrors } from './ui/Form.tsx'
import type { Attempt } from './attempt.ts'
import { noteSaved } from './just-saved.ts'
import { answerText, refusalText } from './refusal-text.ts'

export const AppContext = createContext<App | null>(null)

export function useApp(): { app: App; state: AppState } {
  const app = useContext(AppContext)
  if (app === null) throw new Error('screens stand inside the app')
  const state = useSyncExternalStore(app.subscribe, app.state)
  return { app, state }
}

/** What a screen's page works with once somebody has signed in. */
export function useDesk() {
  const { app, state } = useApp()
  const isPrinting = useSyncExternalStore(watchPrinting, printing)
  const { desk, surroundings, speech } = state
  if (desk === null || surroundings === null) throw new Error('only an open stage shows screens')
  const { pack, start } = surroundings
  return {
    app,
    state,
    desk,
    speech: isPrinting ? onPaper(speech) : speech,
    pack,
    start,
    sync: state.sync,
    turn: state.turn,
    rows: desk.replica.view(),
    // Before its first fetch a device knows nothing, so no screen may say that nothing is due or that nobody is held.
    isBlank: desk.replica.state().syncedAt === null && desk.replica.waiting().length === 0,
    person: desk.session.person,
    now: app.now(),
  }
}

/** What a rule is told of the moment and the person, in the time zone of a district. */
export function decideContext(app: App, desk: Desk, timeZone: string): DecideContext {
  return { now: app.now(), actor: desk.session.person.id, role: desk.session.person.role, timeZone }
}

/** The time zone the moments of a district are told in. */
export function zoneOf(pack: Parameters<typeof timeZoneOf>[0], region: unknown): string {
  return timeZoneOf(pack, typeof region === 'string' ? region : '')
}

/** Records, and says in the worker's language what stands in the way, if anything does. */
export async function recordOrSay(app: App, speech: Speech, drafts: readonly Draft[]): Promise<FormErrors | null> {
  const done: Recorded = await app.record(drafts)
  if (done.kept === 'no') return { '': answerText(speech, done.answer) }
  // Of what waits for its server the line on top tells, and the page asks before it is left (`Root.tsx`).
  if (done.kept !== 'not_yet') noteSaved(performance.now())
  return null
}

/** The same for one operation that its own rule has looked at, where there is no form to show fields in. */
export async function recordTried(app: App, speech: Speech, tried: Attempt): Promise<string | null> {
  if (!tried.ok) return 'refusal' in tried ? refusalText(speech, tried.refusal) : speech.t('field.does_not_fit')
  const wrong = await recordOrSay(app, speech, [tried.draft])
  return wrong === null ? null : Object.values(wrong).join(' ')
}
