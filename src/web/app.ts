import { type AppState, type Left, type Recorded, type Stage, stateAtFirst } from './app-state.ts'
import { type Api, NoConnection, ServerSaysNo } from './api.ts'
import type { Clock } from './clock.ts'
import type { DevicePlace, OpenDevice } from './device.ts'
import type { Day, Instant } from '../core/time.ts'
import type { PassphraseRefusal } from '../crypto/passphrase.ts'
import { makeJotter } from './jotter.ts'
import { makeLeaseKeeper } from './lease-keeper.ts'
import { holdTo } from './hold-to.ts'
import { type Extent, isLanguage, type Language, loadSpeech, preferredLanguage, type Speech } from './language.ts'
import { deskIdle, IDLE_PHONE, isInUse, type LockEvent, lockAfter, type LockState, opened } from './lock.ts'
import type { Draft } from './outbox.ts'
import type { ReplicaParts } from './replica.ts'
import { unsubscribeHere } from './push-here.ts'
import { recordAt } from './record-at.ts'
import { dropShared } from './shared.ts'
import { findSession, findSurroundings, type Session } from './start.ts'
import { memoryVault, type Vault } from './vault.ts'
import { newId } from '../crypto/random.ts'

type Parts = {
  api: Api
  clock: Clock
  place: DevicePlace
  /** What features make of operations that lie here. */
  readers: () => Promise<Pick<ReplicaParts, 'layOvers' | 'upgrades'>>
  speech: Speech
  /** Kinds of rows that lie here beside the cards. */
  beyondCard: () => Promise<readonly string[]>
}

/** The program on this phone or desk: from starting to signed in, unlocked, covered, and out again. */
export function makeApp({ api, clock, place, readers, beyondCard, speech }: Parts) {
  let state = stateAtFirst(speech)
  let lock: LockState | null = null
  let pin: string | null = null
  /** Screens behind the door have words of their own; they stay, once they are here. */
  let extent: Extent = 'door'
  const keeper = makeLeaseKeeper(place.door, clock)
  const jotter = makeJotter(api, place, set)
  const listeners = new Set<() => void>()

  function set(change: Partial<AppState>): void {
    state = { ...state, ...change, turn: state.turn + 1 }
    for (const listener of listeners) listener()
  }

  async function start(): Promise<void> {
    const surroundings = await findSurroundings(api, place.door)
    if (surroundings === null) return set({ stage: 'unreachable' })
    const language = await place.door.get('language')
    const preferred = preferredLanguage(navigator.languages, surroundings.start.languages)
    const lease = await keeper.look()
    // What was recorded and never sent is not thrown away: then the files go at unlocking, and it stays (`openDevice`).
    const isOver = lease?.stage === 'over' && !(await place.holdsUnsent())
    if (isOver) await place.forget()
    set({
      surroundings,
      speech: await loadSpeech(isLanguage(String(language)) ? (language as Language) : preferred, extent),
      hasDevice: await place.isSetUp(),
      hasPasskey: await place.hasPasskey(),
      lease: isOver ? null : lease,
      wasEmptied: isOver,
      setUpLaterOn: (await place.door.get('set_up_later')) as Day | null, // put there below
    })
    void jotter.send()
    if (state.hasDevice) return set({ stage: 'locked' })
    const session = await findSession(api)
    if (session === 'nobody' || session === 'unknown') {
      // Signing out empties this browser: whoever is still noted here did not leave by herself.
      const wasHere = session === 'nobody' && (await place.door.get('was_here')) === true
      if (wasHere) await place.door.put('was_here', null)
      return set({ stage: 'signed_out', left: wasHere ? { why: 'ended', words: 'gone' } : null })
    }
    await openMemory(session)
  }

  /** A desk browser that keeps nothing: the same files and outbox, for as long as the page is open. */
  async function openMemory(session: Session): Promise<void> {
    const vault = memoryVault()
    await place.door.put('was_here', true)
    await openDesk(session, newId(), vault, deskIdle(session))
  }

  async function openDesk(session: Session, device: string, vault: Vault, idle: number): Promise<void> {
    const { layDesk } = await import('./lay-desk.ts')
    const desk = await layDesk({
      session,
      device,
      vault,
      api,
      clock,
      readers,
      isInUse: () => lock !== null && isInUse(lock, clock.now()),
      changed: () => set({}),
      told(sync) {
        set({ sync, isTooOld: state.isTooOld || sync === 'too_old' })
        if (sync === 'done' && vault.lasting) void meet()
      },
    })
    if (vault.lasting) await holdTo(await keeper.look(), desk.replica, beyondCard)
    pin = ((await vault.get('meta', 'pin')) as string | null) ?? null // put there by `setUpDevice`
    lock = opened(clock.now(), pin !== null, idle)
    extent = 'all'
    set({
      desk,
      stage: 'open',
      left: null,
      speech: await loadSpeech(state.speech.language, extent),
    })
    if (isLanguage(session.person.language) && (await place.door.get('language')) === null)
      await speak(session.person.language)
    void desk.rounds.now()
  }

  /** After signing in: the same person finds her page as she left it, another one finds nothing of hers. */
  async function signedIn(): Promise<void> {
    const session = await findSession(api)
    if (session === 'nobody' || session === 'unknown') return set({ stage: 'signed_out' })
    const { desk } = state
    if (desk === null) return openMemory(session)
    if (desk.session.person.id !== session.person.id) {
      if (desk.vault.lasting) return set({ sync: 'signed_out' }) // this device's files belong to somebody else
      closeDesk('starting')
      return openMemory(session)
    }
    lock = opened(clock.now(), pin !== null, desk.vault.lasting ? IDLE_PHONE : deskIdle(session))
    await place.door.put('was_here', !desk.vault.lasting)
    set({ stage: 'open', left: null, desk: { ...desk, session } })
    void desk.rounds.now()
  }

  /** Makes this device hold her open cases, sealed; what waits in this page moves along. */
  async function setUpDevice(passphrase: string, chosenPin: string | null): Promise<PassphraseRefusal | null> {
    const { desk } = state
    if (desk === null) throw new Error('a device is set up by somebody who has signed in')
    const made = await place.create(passphrase)
    if (!made.ok) return made.refusal
    const { device, vault } = made.change
    const waiting = desk.replica.waiting()
    await vault.write([
      { store: 'meta', key: 'session', value: desk.session },
      { store: 'meta', key: 'pin', value: chosenPin },
      ...waiting.map((one) => ({ store: 'out' as const, key: one.op.opId, value: one })),
      ...(await desk.files.cells()),
      ...(await desk.drafts.cells()),
    ])
    desk.rounds.stop()
    await keeper.met() // signing in was meeting the server
    set({ hasDevice: true, hasPasskey: false, lease: await keeper.look() })
    await openDesk(desk.session, device, vault, IDLE_PHONE)
    return null
  }

  async function meet(): Promise<void> {
    await keeper.met()
    if (state.desk !== null) void jotter.met(state.desk).catch(() => null) // the next round asks again
    await lookAtLease()
    if (state.wasEmptied) set({ wasEmptied: false })
  }

  async function lookAtLease(): Promise<void> {
    const lease = await keeper.look()
    if (JSON.stringify(lease) !== JSON.stringify(state.lease)) set({ lease })
    if (state.desk?.vault.lasting === true) await holdTo(lease, state.desk.replica, beyondCard)
  }

  async function openDevice(found: OpenDevice | null): Promise<boolean> {
    if (found === null) return false
    const before = (await found.vault.get('meta', 'session')) as Session // put there when the device was set up
    const now = await findSession(api)
    const isHers = typeof now === 'object' && now.person.id === before.person.id
    if (isHers) await found.vault.write([{ store: 'meta', key: 'session', value: now }])
    const lease = await keeper.look()
    await openDesk(isHers ? now : before, found.device, found.vault, IDLE_PHONE)
    if (lease?.stage === 'over') {
      await state.desk?.replica.commit({ startAgain: true, state: { cursor: null } })
      set({ wasEmptied: true })
    }
    if (!isHers && now !== 'unknown') set({ sync: 'signed_out' })
    return true
  }

  function tell(event: LockEvent): void {
    if (event === 'time_passed' && state.hasDevice) void lookAtLease()
    if (lock === null || state.desk === null) return
    const before = lock.phase
    lock = lockAfter(lock, event, clock.now())
    if (lock.phase === before) return
    if (lock.phase === 'open') set({ stage: 'open' })
    else if (lock.phase === 'covered') set({ stage: 'covered' })
    else if (state.desk.vault.lasting) closeDesk('locked')
    else leaveDesk(event === 'hide' ? 'hidden' : 'idle')
  }

  /** The key is dropped with everything that was opened with it, and what another app handed to this person. */
  function closeDesk(stage: Stage): void {
    state.desk?.rounds.stop()
    dropShared()
    lock = null
    pin = null
    set({ desk: null, stage, sync: null })
  }

  /** A desk browser left alone: what she typed and has not sent waits under the sign-in page for the same person. */
  function leaveDesk(why: Left['why']): void {
    void api.post('/api/sign-out').catch(() => null) // without a line the session ends by itself
    void place.door.put('was_here', null)
    if (unsent() > 0 || state.desk?.drafts.areKept() === true)
      return set({ stage: 'signed_out', left: { why, words: 'kept' } })
    closeDesk('signed_out')
    set({ left: { why, words: 'none' } })
  }

  function unsent(): number {
    const { desk } = state
    if (desk === null) return 0
    return desk.replica.waiting().filter((one) => one.answer === null).length + desk.files.list().length
  }

  async function speak(language: Language): Promise<void> {
    await place.door.put('language', language)
    set({ speech: await loadSpeech(language, extent) })
  }

  /** Records what a person did. Resolves as soon as it is safe: on this device, or else with the server's answer. */
  const record = (drafts: readonly Draft[]): Promise<Recorded> => recordAt(state.desk, drafts)

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    api,
    jotter,
    keepUntil: (moment: Instant) => keeper.keepUntil(moment).then(lookAtLease),
    now: clock.now,
    start,
    signedIn,
    setUpDevice,
    unlock: async (passphrase: string) => openDevice(await place.unlock(passphrase)),
    unlockByPasskey: async () => openDevice(await place.unlockByPasskey()),
    async addPasskey(passphrase: string) {
      const added = await place.addPasskey(passphrase)
      if (added === 'added') set({ hasPasskey: true })
      return added
    },
    unsent,
    tell,
    tryPin: (text: string) => tell(pin !== null && text === pin ? 'right_pin' : 'wrong_pin'),
    speak,
    /** Every word there is, also before the door; English, which is always here, where the rest of a language is not. */
    async speakAll() {
      extent = 'all'
      const { language } = state.speech
      set({ speech: await loadSpeech(language, extent).catch(() => loadSpeech('en', extent)) })
    },
    record,
    /** Covers at once, drops the key, and goes to a neutral page; Back leads to the page before the app. */
    hide: async () => {
      const { desk } = state
      const unsafe = desk?.vault.lasting === false && unsent() > 0
      tell('hide')
      if (unsafe) return
      // Nothing is shown any more; the word that was being typed reaches the disk before the page goes.
      await new Promise((resolve) => window.setTimeout(resolve))
      await Promise.race([desk?.drafts.settled(), new Promise((resolve) => window.setTimeout(resolve, 500))])
      window.location.replace('/notes.html')
    },
    async signOut() {
      void unsubscribeHere()
      await api.post(state.hasDevice ? '/api/sign-out?device=kept' : '/api/sign-out').catch((error: unknown) => {
        if (!(error instanceof NoConnection || error instanceof ServerSaysNo)) throw error
      })
      await place.door.put('was_here', null)
      closeDesk(state.hasDevice ? 'locked' : 'signed_out')
    },
    /** Not today: the day after, this device is spoken of again. */
    async setUpLater(today: Day) {
      await place.door.put('set_up_later', today)
      set({ setUpLaterOn: today })
    },
    async erase() {
      closeDesk('starting')
      void unsubscribeHere()
      await place.erase()
      await api.post('/api/sign-out').catch(() => null) // the device is empty whether or not the server hears of it
      window.location.replace('/notes.html')
    },
  }
}

export type App = ReturnType<typeof makeApp>
