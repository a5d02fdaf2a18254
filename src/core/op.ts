import * as z from 'zod'
import type { Decision } from './decision.ts'
import { CaseId, DeviceId, OpId } from './ids.ts'
import type { Level, Part } from './part.ts'
import { Instant } from './time.ts'

/** One thing a person did, made once and never edited; the only way anything changes (security.md 9.3). */
export const Op = z.strictObject({
  opId: OpId,
  device: DeviceId,
  /** Counts up on one device, so that the gate can tell a gap. */
  seq: z.int().min(1).max(2_147_483_647),
  type: z
    .string()
    .max(80)
    .regex(/^[a-z_]+\.[a-z_]+(@\d+)?$/),
  baseVersion: z.int().min(0).nullable(),
  payload: z.record(z.string(), z.unknown()),
  claimedAt: Instant,
})
export type Op = Omit<z.infer<typeof Op>, 'claimedAt'> & { claimedAt: Instant }

export const OpBatch = z.strictObject({ operations: z.array(Op).min(1).max(100) })

/** A field of a mutable thing that two people changed; the value that did not win waits for a person. */
export const FieldConflict = z.strictObject({ conflictId: z.uuid(), field: z.string() })
export type FieldConflict = z.infer<typeof FieldConflict>

/** The gate's answer: codes, ids, moments, versions, never a word somebody typed. */
export const Answer = z.discriminatedUnion('answer', [
  z.strictObject({
    opId: OpId,
    answer: z.literal('accepted'),
    caseId: CaseId.nullable(),
    version: z.int().nullable(),
    /** What the server had to settle, e.g. another alias because the phone's was taken. */
    settled: z.record(z.string(), z.string()),
    conflicts: z.array(FieldConflict),
  }),
  z.strictObject({
    opId: OpId,
    answer: z.literal('refused'),
    reason: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  z.strictObject({ opId: OpId, answer: z.literal('malformed'), fields: z.array(z.string()) }),
  z.strictObject({ opId: OpId, answer: z.literal('not_allowed') }),
  z.strictObject({
    opId: OpId,
    answer: z.literal('retry'),
    why: z.enum(['earlier_missing', 'busy', 'keys_unavailable', 'server_older']),
  }),
])
export type Answer = z.infer<typeof Answer>

/** `part:level`, the right an operation needs on its case; `case:open` is the right to register a child. */
export type Needs = `${Part}:${Level}` | 'case:open'

/** What every refusal looks like before a screen finds words for it. */
export type AnyRefusal = { reason: string } & { [detail: string]: string | number | boolean | null }

/**
 * What a person can do, as pure data and one pure function; it runs on the phone for speed and on the server for truth.
 * `decide` gets the payload, what is known, and who asks when.
 */
export type OpDefinition<Payload, Known, Change, Refusal extends AnyRefusal> = {
  type: string
  payload: z.ZodType<Payload>
  /** One right for all, or the one that follows from what the payload names. */
  needs: Needs | ((payload: Payload) => Needs)
  decide: (payload: Payload, known: Known, ctx: DecideContext) => Decision<Change, Refusal>
}

export type DecideContext = {
  /** The moment of the act: the phone's clock there, the claimed moment checked by the gate here. */
  now: Instant
  actor: string
  role: string
  timeZone: string
}
