import type { Answer, Op } from '../core/op.ts'
import type { Day } from '../core/time.ts'
import type { Drafts } from './drafts.ts'
import type { FileOutbox } from './file-outbox.ts'
import type { Speech } from './language.ts'
import type { Lease } from './lease.ts'
import type { Draft } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { Rounds } from './rounds.ts'
import type { Session, Surroundings } from './start.ts'
import type { SyncResult } from './sync.ts'
import type { Vault } from './vault.ts'

/** Where this page stands; a screen is shown only at `open`, and nothing of a child at any other. */
export type Stage = 'starting' | 'unreachable' | 'signed_out' | 'locked' | 'covered' | 'open'

/** What is open while somebody works: her files, her drafts, and the way to record. */
export type Desk = {
  session: Session
  device: string
  vault: Vault
  replica: Replica
  drafts: Drafts
  /** Files that were added here and have not all reached the server. */
  files: FileOutbox
  put: (drafts: readonly Draft[]) => Promise<Op[]>
  rounds: Rounds
}

/**
 * `idle`: nobody used the page. `hidden`: she hid the screen. `ended`: the server knows her session no longer. Of words that were
 * typed and not sent: `kept` wait in this page, there were `none`, or it began anew and cannot hold any (`gone`).
 */
export type Left = { why: 'idle' | 'hidden' | 'ended'; words: 'kept' | 'none' | 'gone' }

export type AppState = {
  stage: Stage
  speech: Speech
  surroundings: Surroundings | null
  desk: Desk | null
  hasDevice: boolean
  hasPasskey: boolean
  /** How long this device may still hold files without meeting its server; null when it holds none. */
  lease: Lease | null
  /** The files of this device were taken away because it had not met its server for too long. */
  wasEmptied: boolean
  /** Why somebody stands before the sign-in page who was signed in here, and what became of her words; null when nobody was. */
  left: Left | null
  /** The day on which she said that this device is set up later. */
  setUpLaterOn: Day | null
  /** How many things written without unlocking lie here, sealed, until there is a line. */
  jotted: number
  /** With which code the server said no to the last of them. */
  jottedProblem: string | null
  /** How the last round of sending and fetching ended. */
  sync: SyncResult | 'running' | null
  /** The server has said that it needs a newer program than this one; so it is until the page begins anew. */
  isTooOld: boolean
  /** Changes whenever the files do, so that screens look again. */
  turn: number
}

/** Before anything is known. */
export function stateAtFirst(speech: Speech): AppState {
  return {
    stage: 'starting',
    speech,
    surroundings: null,
    desk: null,
    hasDevice: false,
    hasPasskey: false,
    lease: null,
    wasEmptied: false,
    left: null,
    setUpLaterOn: null,
    jotted: 0,
    jottedProblem: null,
    sync: null,
    isTooOld: false,
    turn: 0,
  }
}

/** What became of something recorded. `not_yet`: only this page knows of it, and it is not safe until the server has answered. */
export type Recorded =
  | { kept: 'here' | 'sent' | 'not_yet' }
  | { kept: 'no'; answer: Exclude<Answer, { answer: 'accepted' }> }
