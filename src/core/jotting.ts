import * as z from 'zod'
import { FILE_KINDS } from './files.ts'
import { ContactKind } from './safeguard-rule.ts'
import { words } from './schema.ts'
import { Instant } from './time.ts'

/** What can be written down without unlocking: words, the bare facts of a contact with authorities, or one file. */
export const JOTTING_KINDS = ['note', 'contact', ...FILE_KINDS] as const
export const JottingKind = z.enum(JOTTING_KINDS)
export type JottingKind = z.infer<typeof JottingKind>

/** What somebody on the telephone can say: what happened, when, where in words, and who called. */
export const JottedContact = z.strictObject({
  what: ContactKind,
  authority: z.string().min(1).max(40).meta({ codeList: 'custody_actor' }),
  when: Instant,
  where: words(300).nullable(),
  calledBy: words(300).nullable(),
})
export type JottedContact = Omit<z.infer<typeof JottedContact>, 'when'> & { when: Instant }

/** What stands before the file in a jotting. It names no child and no case: whose it is, its writer says after unlocking. */
export const Jotting = z.strictObject({
  kind: JottingKind,
  at: Instant,
  text: words(4000).nullable(),
  contact: JottedContact.nullable(),
  /** What the browser calls the file; the server looks at its content before anybody reads it. */
  type: z.string().max(60).nullable(),
})
export type Jotting = {
  kind: JottingKind
  at: Instant
  text: string | null
  contact: JottedContact | null
  type: string | null
}

/** A piece as large as its padding allows, so that a thin line gets somewhere and no length says much. */
export const JOTTING_PIECE = 128 * 1024 - 1
export const MOST_PIECES = 64

/** The largest file that fits beside its head; a longer one is added after unlocking. */
export const LARGEST_JOTTED = MOST_PIECES * JOTTING_PIECE - 24 * 1024

/** How long the server keeps what nobody has confirmed. */
export const JOTTING_TERM = 'P30D'
