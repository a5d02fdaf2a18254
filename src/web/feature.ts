import type { ComponentType } from 'react'
import type { PublicPack } from '../core/country.ts'
import type { Instant } from '../core/time.ts'
import type { Speech } from './language.ts'
import type { LayOver, Row, Rows } from './replica.ts'

/** One piece of due work, worked out from what is known and stored nowhere. */
export type Task = {
  key: string
  caseId: string
  /** Verb first. */
  title: string
  why: string
  dueAt: Instant
  href: string
}

/** What features look at to find due work. */
export type Look = { rows: Rows; pack: PublicPack; now: Instant; speech: Speech }

/** One screen; its code is fetched when it is first opened. */
export type ScreenDefinition = { path: string; page: () => Promise<ComponentType> }

/** The parts list of a feature on the phone: everything the shell needs to know of it. */
export type WebFeature = {
  name: string
  screens: readonly ScreenDefinition[]
  layOver: LayOver
  tasks: (look: Look) => Task[]
  /** What it adds to the home of a case, given what the device or the server knows of it. */
  strip: ComponentType<{ caseId: string }> | null
}

/** Rows of one kind, of one case or of all. */
export function rowsOf(rows: Rows, thing: string, caseId?: string): Row[] {
  return [...rows.values()].filter((row) => row.thing === thing && (caseId === undefined || row.caseId === caseId))
}
