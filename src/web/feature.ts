import type { ComponentType } from 'react'
import type { CaseStep } from '../core/case-steps.ts'
import type { PublicPack } from '../core/country.ts'
import type { Jotting, JottingKind } from '../core/jotting.ts'
import type { DecideContext, Op } from '../core/op.ts'
import type { SignedAct } from '../core/second-signature.ts'
import type { Day, Instant } from '../core/time.ts'
import type { Upgrades } from '../core/upgrade.ts'
import type { Desk } from './app-state.ts'
import type { App } from './app.ts'
import type { Attempt } from './attempt.ts'
import type { Speech } from './language.ts'
import type { LayOver, Row, Rows } from './replica.ts'
import type { IconName } from './ui/Icon.tsx'
import type { FormValues } from './ui/form-values.ts'

/** One piece of due work, worked out from what is known and stored nowhere. */
export type Task = {
  key: string
  caseId: string
  /** Verb first. */
  title: string
  /**
   * What a list calls it where the title holds words somebody typed: a list of the office or on paper says this and no more,
   * a worker's own one says her words beside it (decision 0047).
   */
  inList?: { text: string; typed: string | null }
  why: string
  dueAt: Instant
  href: string
  /** A child is said not to be safe: it stands before everything else, also before a limit of the law. */
  unsafe?: boolean
  /** The time the law gives an authority: while it runs, it stands before everything else of a day. */
  limit?: boolean
  /** Whether a child is safe is asked on its own: it never stands behind other work of that child. */
  alone?: boolean
  /** Somebody else has to act; a worker only keeps it in mind. */
  waits?: boolean
}

/** What features look at to find due work. */
export type Look = { rows: Rows; pack: PublicPack; now: Instant; speech: Speech }

/** One screen; its code is fetched when it is first opened. Under one that is read and handed over stands a button to print it. */
export type ScreenDefinition = { path: string; page: () => Promise<ComponentType>; isPrinted?: true }

/** Where words that were not accepted can be put right: the screen, and the draft its form starts from. */
export type Correction = { href: string; form: string; values: FormValues }

/** Where a second person reads what she is asked to sign, and whether she answers on that same screen. */
export type SignWay = { read: (caseId: string, aboutId: string) => string; answersThere?: boolean }

/** Work that a form of another feature makes: it begins as a task of whoever keeps tasks, and its form sends both together. */
export type NewTask = { id: string; caseId: string; title: string; dueOn: Day; ownerId: string | null }
export type BeginTask = (task: NewTask, context: DecideContext) => Attempt

/** What was written without unlocking and is put on a case now: whose it is, and what its feature needs to record it. */
export type Onto = {
  app: App
  desk: Desk
  speech: Speech
  pack: PublicPack
  caseId: string
  closedAt: Instant | null
  timeZone: string
}

/** Makes an ordinary operation of it, under its own id; answers the sentence that stands in the way, or null. */
export type TakeJotting = (
  jotting: Omit<Jotting, 'kind'> & { id: string },
  file: Uint8Array<ArrayBuffer> | null,
  onto: Onto,
) => Promise<string | null>

/** A screen that is reached from *More*. */
export type MoreLink = { href: string; icon: IconName; title: string; about: string }

/** The parts list of a feature on the phone: everything the shell needs to know of it. */
export type WebFeature = {
  name: string
  screens: readonly ScreenDefinition[]
  layOver: LayOver
  /** How its operations that an older program left here are said today. */
  upgrades?: Upgrades
  tasks: (look: Look) => Task[]
  /** What it adds to the home of a case, one line that opens: given what the device or the server knows of it. */
  strip: ComponentType<{ caseId: string }> | null
  /** Its strip is seldom wanted: while a case is open, it stands with others like it behind one line. */
  isSeldom?: true
  /** What of it is wanted at once on the home of a case, under the next step. */
  first?: ComponentType<{ caseId: string }>
  /** What stands above everything else on the home of a case while it holds. */
  above?: ComponentType<{ caseId: string }>
  /** What it offers under *More*, to whom. */
  more?: (person: { role: string }, t: Speech['t']) => MoreLink[]
  /** What stands above a day, of whoever has one, while it holds. */
  aboveDay?: ComponentType
  /** What it puts on a worker's day beside what her device knows by itself. */
  day?: ComponentType
  /** What it asks in a step of a case, on the screens of whichever feature that step belongs to. */
  asks?: ComponentType<{ caseId: string; step: CaseStep }>
  /** How far child and carer have been asked about a record, in the step that asks who agrees to it. */
  agreed?: ComponentType<{ caseId: string }>
  /** Where a case stands, for whoever decides about the whole of it on a screen of another feature. */
  standing?: ComponentType<{ caseId: string }>
  /** Limits of the law on a supervisor's day: after a child who is not safe, before late work. */
  limits?: ComponentType
  /** What waits for her yes or no: after late work. */
  approvals?: ComponentType
  /** What it puts before a supervisor on her day besides. */
  team?: ComponentType
  /** What it has for the paper a child takes along, in the child's language: its own words and wishes, no codes. */
  own?: ComponentType<{ caseId: string; speech: Speech }>
  /** Where the acts of this feature that need a second person are read. */
  toSign?: { [act in SignedAct]?: SignWay }
  /** Begins a task for a form of another feature; fetched when such a form is sent. */
  begin?: () => Promise<BeginTask>
  /** Kinds of rows a device holds of cases taken along only: they go when its lease shrinks to cards. */
  beyondCard?: readonly string[]
  /** Which things written without unlocking become something of this feature; fetched when one is put on a case. */
  takes?: { [kind in JottingKind]?: () => Promise<TakeJotting> }
  /** For an operation of this feature that was not accepted; null where no form made it. */
  correct?: (op: Op) => Correction | null
}

/** Rows of one kind, of one case or of all. */
export function rowsOf(rows: Rows, thing: string, caseId?: string): Row[] {
  return [...rows.values()].filter((row) => row.thing === thing && (caseId === undefined || row.caseId === caseId))
}
