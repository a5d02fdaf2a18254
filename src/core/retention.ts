import * as z from 'zod'
import { Part } from './part.ts'
import { Confidence, Source } from './safeguard-rule.ts'
import { Duration } from './time.ts'

/** How long one class of a closed file is kept, and from what age of the child no longer (security.md 7.1). */
export const RetentionClass = z.strictObject({
  id: z.enum(['story', 'place', 'care_and_law', 'who']),
  parts: z.array(Part).min(1),
  keep: Duration,
  notBeyondAge: z.int().min(15).max(21).nullable(),
  /** The young person may ask that it stays as long as the file says who it is about. */
  mayAskToKeep: z.boolean(),
  confidence: Confidence,
  sources: z.array(Source),
})
export type RetentionClass = z.infer<typeof RetentionClass>

/** `countries/international/retention.yaml`; a country may shorten what stands there, never lengthen it. */
export const RetentionFile = z.strictObject({
  classes: z.array(RetentionClass).min(1),
  /** A file that should never have been one goes as a whole. */
  screenedOut: z.strictObject({ reasons: z.array(z.string().min(1)).min(1), keep: Duration, confidence: Confidence }),
  /** How long before an erasure whoever answers for the file is warned. */
  warnBefore: Duration,
  /** How long a hold of erasure lasts at most before it must be given anew. */
  holdAtMost: Duration,
})
export type RetentionFile = z.infer<typeof RetentionFile>
