import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import type { Part } from '../../core/part.ts'
import { thing, words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'

/** The parts a copy may hold: never what kind of child it is, how it is ill, or what its lawyer knows. */
export const COPY_PARTS = ['identity', 'family', 'services'] as const satisfies readonly Part[]

/** How long a copy may wait to be fetched, and be kept by whoever gets it (security.md 7.3). */
export const COPY_DAYS = 7

/** A copy of one case for one named body: asked for, signed by a second person, fetched once. A fact. */
export const NamedCopy = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 110, table: 'named_copy' },
  {
    id: z.uuid(),
    caseId: CaseId,
    recipient: z.string().min(1).max(40).meta({ codeList: 'recipient_function' }),
    parts: z.array(z.enum(COPY_PARTS)).min(1).max(COPY_PARTS.length),
    endsAt: Instant,
    toWhom: words(200),
    why: words(1000),
  },
)
export type NamedCopy = {
  id: string
  caseId: string
  recipient: string
  parts: (typeof COPY_PARTS)[number][]
  endsAt: Instant
  toWhom: string
  why: string
}

/** Where a copy stands. `withdrawn`: what it rested on stands no more. */
export type CopyState = 'waits' | 'declined' | 'ready' | 'fetched' | 'over' | 'withdrawn'

/** A copy as its readers see it. */
export type ReadCopy = Omit<NamedCopy, 'caseId'> & {
  purpose: string
  askedAt: Instant
  askedByName: string | null
  isMine: boolean
  state: CopyState
}

/** On what a body may be told something of a case. */
export type Ground = { recipient: string; purpose: string; consentId: string | null; basisId: string | null }
