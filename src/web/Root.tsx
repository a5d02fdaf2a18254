import { type ElementType, Suspense, useEffect, useState } from 'react'
import { AppContext, useApp } from './app-context.ts'
import type { AppState } from './app-state.ts'
import type { App } from './app.ts'
import { LANGUAGES, speakOnPage } from './language.ts'
import { useHere } from './here-context.ts'
import { makeShiftCounter } from './lock.ts'
import { backOf, waysOf } from './ways.ts'
import { Cover, StartNotice } from './Cover.tsx'
import { tellSaved } from './just-saved.ts'
import { saveLine } from './save-line.ts'
import { Frame } from './ui/Frame.tsx'

type Props = {
  app: App
  /** What stands in the frame at each stage; the code of each is fetched when it is needed. */
  stages: { SignIn: ElementType; Unlock: ElementType; Jot: ElementType; Pages: ElementType }
  update: Update
}

/** A newer build that waits for the worker's word. */
export type Update = {
  subscribe: (listener: () => void) => () => void
  /** Takes the newer build, now or as soon as it is there. */
  take: () => void
  /** Asks whether there is a newer build. */
  look: () => void
}

/** The stage everything stands on: what is shown depends on how far this device is open. */
export function Root({ app, stages, update }: Props) {
  return (
    <AppContext value={app}>
      <Stage stages={stages} update={update} />
    </AppContext>
  )
}

function Stage({ stages: { SignIn, Unlock, Jot, Pages }, update }: Omit<Props, 'app'>) {
  const { app, state } = useApp()
  const { path: here } = useHere()
  const [newer, setNewer] = useState(false)
  useEffect(() => update.subscribe(() => setNewer(true)), [update])
  const { isTooOld, sync } = state
  useEffect(() => {
    if (sync === 'too_old') update.look()
  }, [sync, update])
  useEffect(() => speakOnPage(document, state.speech), [state.speech])
  useLockEvents(app)
  useAskBeforeLeaving(app)
  const { speech, desk, stage } = state
  /** Writing needs no key, only reading does. */
  const isJotting = stage === 'locked' || stage === 'covered' ? JOTS.includes(here) : false
  // A locked page holds nothing that a new beginning could lose, and nobody's hands are on it.
  const mayRenew = isTooOld && newer && stage === 'locked' && !isJotting
  useEffect(() => {
    if (mayRenew) update.take()
  }, [mayRenew, update])
  // A covered screen shows no name, no alias and no banner: whoever picks the phone up learns nothing.
  if (stage === 'covered' && !isJotting) return <Cover speech={speech} tryPin={app.tryPin} hide={app.hide} />
  const isOpen = stage === 'open' && desk !== null
  return (
    <Frame
      speech={speech}
      isNeutral={stage === 'locked' || isJotting}
      banners={isJotting ? [] : bannersOf(state, newer || isTooOld ? update.take : null, isTooOld, mayLose(app))}
      signed={
        isOpen
          ? {
              items: waysOf(desk.session.person.role, speech.t),
              here,
              office: officeOf(state),
              save: saveLine(state),
              back: backOf(here, desk.session.person.role, speech.t),
            }
          : null
      }
      onHide={app.hide}
    >
      {isOpen && <JustSaved key={here} says={speech.t('save.saved')} />}
      <Suspense fallback={<p className="small">{speech.t('start.wait')}</p>}>
        {stage === 'starting' && <p className="small">{speech.t('start.wait')}</p>}
        {stage === 'unreachable' && <StartNotice speech={speech} again={() => void app.start()} />}
        {stage === 'signed_out' && <SignIn />}
        {isJotting && <Jot />}
        {stage === 'locked' && !isJotting && <Unlock />}
        {isOpen && <Pages />}
      </Suspense>
    </Frame>
  )
}

/** Where something is written down without unlocking, and where another app hands something over. */
const JOTS = ['/jot', '/shared']

/** Back, a reload or a closed tab would lose what only this page knows: the browser asks first. Hide screen never does. */
function useAskBeforeLeaving(app: App): void {
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (mayLose(app)) event.preventDefault()
    }
    window.addEventListener('beforeunload', leaving)
    return () => window.removeEventListener('beforeunload', leaving)
  }, [app])
}

/** Whether something lies in this page and nowhere else. */
function mayLose(app: App): boolean {
  const { desk } = app.state()
  if (desk === null || desk.vault.lasting) return false
  return app.unsent() > 0 || desk.drafts.areKept()
}

/** Said once where a form leads to, so that nobody wonders whether her words were kept. */
function JustSaved({ says }: { says: string }) {
  const [isSaved, setSaved] = useState(false)
  useEffect(() => {
    // A moment after the screen has come: what stands in a status from the start is not read out.
    const timer = window.setTimeout(() => setSaved(tellSaved(performance.now())), 50)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <p role="status" className="just-saved">
      {isSaved && says}
    </p>
  )
}

function useLockEvents(app: App): void {
  useEffect(() => {
    const heard = makeShiftCounter()
    const used = () => app.tell('used')
    const key = (event: KeyboardEvent) => {
      if (heard(event.key, event.timeStamp)) void app.hide()
      else used()
    }
    const seen = () => app.tell(document.visibilityState === 'hidden' ? 'went_away' : 'came_back')
    const timer = window.setInterval(() => app.tell('time_passed'), 10_000)
    window.addEventListener('pointerdown', used)
    window.addEventListener('keydown', key)
    document.addEventListener('visibilitychange', seen)
    return () => {
      window.clearInterval(timer)
      window.removeEventListener('pointerdown', used)
      window.removeEventListener('keydown', key)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [app])
}

function bannersOf(
  { surroundings, desk, lease, wasEmptied, speech: { t, language } }: AppState,
  take: (() => void) | null,
  isTooOld: boolean,
  /** Something lies in this page and nowhere else. */
  mayLose: boolean,
) {
  const found: Parameters<typeof Frame>[0]['banners'] = []
  if (surroundings?.start.mode === 'demo') found.push({ text: t('banner.training'), tone: 'due' })
  if (surroundings?.start.pilot === true) found.push({ text: t('banner.pilot'), tone: 'due' })
  // Both stand on every page: the one because a case cannot be opened, the other because it may be a theft.
  if (desk?.session.inSetUp === true) found.push({ text: t('banner.in_set_up'), tone: 'due' })
  if (desk?.session.renewal != null) found.push({ text: t('banner.renewal'), tone: 'due' })
  const count = lease?.daysLeft ?? 0
  if (wasEmptied) found.push({ text: t('banner.emptied'), tone: 'due' })
  else if (lease?.isClockBack === true) found.push({ text: t('banner.clock_back'), tone: 'due' })
  else if (lease?.stage === 'warning') found.push({ text: t('banner.lease_warning', { count }), tone: 'due' })
  else if (lease?.stage === 'cards') found.push({ text: t('banner.lease_cards', { count }), tone: 'due' })
  if (LANGUAGES[language].draft) found.push({ text: t('banner.draft_language'), tone: 'info' })
  if (take !== null)
    found.push({
      text: t(!isTooOld ? 'banner.newer' : mayLose ? 'banner.too_old_page' : 'banner.too_old'),
      tone: isTooOld ? 'due' : 'info',
      action: { text: t('banner.update'), act: take },
    })
  return found
}

function officeOf({ desk }: AppState): string {
  if (desk === null) return ''
  const { name, organisation } = desk.session.person
  return `${name} · ${organisation.name}`
}
