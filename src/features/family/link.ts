import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { words } from '../../core/schema.ts'

/** What the other child is to this one; `same_child`: it is the same, and has two files. */
export const LinkRelation = z.enum(['sibling', 'mother', 'child', 'same_child'])
export type LinkRelation = z.infer<typeof LinkRelation>

/** Asks the worker of another case whether the two children belong together; the alias is all that is said of it. */
export const RequestLink = z.strictObject({ id: z.uuid(), caseId: CaseId, alias: words(60), relation: LinkRelation })
export type RequestLink = { id: string; caseId: string; alias: string; relation: LinkRelation }

export const AnswerLink = z.strictObject({ caseId: CaseId, linkId: z.uuid(), decision: z.enum(['agreed', 'declined']) })
export type AnswerLink = { caseId: string; linkId: string; decision: 'agreed' | 'declined' }

export const EndLink = z.strictObject({ caseId: CaseId, linkId: z.uuid() })
export type EndLink = { caseId: string; linkId: string }

export type LinkState = 'waiting' | 'agreed' | 'declined' | 'ended'

/** One side of a link, as the worker of its case knows it. */
export type FamilyLink = {
  id: string
  side: 'asked' | 'was_asked'
  relation: LinkRelation
  state: LinkState
  askedAt: string
  answeredAt: string | null
  /** Once both have agreed. */
  alias: string | null
  worker: string | null
  office: string | null
}
