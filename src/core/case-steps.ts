import * as z from 'zod'
import { Confidence, Source } from './safeguard-rule.ts'
import { Duration } from './time.ts'

/** The six steps of a case, in their order (Inter-Agency Guidelines 2014, pp. 44-62). */
export const CaseStep = z.enum(['registration', 'assessment', 'plan', 'implementation', 'follow_up', 'closure'])
export type CaseStep = z.infer<typeof CaseStep>

/** Risk of harm TO the child: the only scale there is, and it sets the time frames of work. */
export const Risk = z.enum(['emergency', 'high', 'medium', 'low', 'none'])
export type Risk = z.infer<typeof Risk>

/** By when work is wanted at one level of risk; null where nothing is timed. */
export const TimeFrame = z.strictObject({
  /** After the case was opened. */
  firstContact: Duration.nullable(),
  /** After the case was opened. */
  assessment: Duration.nullable(),
  /** After the assessment. */
  plan: Duration.nullable(),
  /** After the last time somebody saw the child or spoke with it. */
  followUpEvery: Duration.nullable(),
  sources: z.array(Source),
  confidence: Confidence,
})
export type TimeFrame = z.infer<typeof TimeFrame>

export const TimeFrames = z.record(Risk, TimeFrame)
export type TimeFrames = z.infer<typeof TimeFrames>
