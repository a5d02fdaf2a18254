import * as z from 'zod'
import { Duration } from './time.ts'

/** How sure we are: only national counsel may set `confirmed_by_counsel` (domain rules, "Confidence"). */
export const Confidence = z.enum(['recalled', 'verified', 'confirmed_by_counsel'])
export type Confidence = z.infer<typeof Confidence>

export const Capacity = z.enum(['victim', 'witness', 'alleged_offender', 'convicted'])
export type Capacity = z.infer<typeof Capacity>

/** Events that can start a clock. */
export const ClockEvent = z.enum([
  'apprehension',
  'first_custody',
  'first_contact',
  'transfer_of_custody',
  'request_made',
  'detention_order',
  'charge',
  'interview_scheduled',
  'decision_made',
  'release',
  'age_18',
  'arrival_in_country',
  'age_doubt_raised',
  'complaint_made',
  'case_closed',
])
export type ClockEvent = z.infer<typeof ClockEvent>

export const ContactKind = z.enum(['first_custody', 'interview', 'detention', 'hearing', 'handover', 'release'])
export type ContactKind = z.infer<typeof ContactKind>

/** What keeps a duty by itself: a later contact, or that our office knows (`known`, for the duty to tell child protection). */
export const MetBy = z.enum([...ContactKind.options, 'known'])

/** The questions a detention asks (safeguards.md, rule 5). */
export const Question = z.enum([
  'legal_basis',
  'deciding_authority',
  'individual_reason',
  'alternatives_tried',
  'next_review',
  'lawyer',
  'place',
  'apart_from_adults',
])
export type Question = z.infer<typeof Question>

/** Words per language; English at least. */
export const Labels = z
  .record(z.string(), z.string().min(1))
  .refine((labels) => 'en' in labels, { message: 'English is missing' })
export type Labels = z.infer<typeof Labels>

export const Source = z.strictObject({ id: z.string().min(1), locator: z.string().optional() })

/** One safeguard owed to a child in contact with the authorities, with its clock where it has one. */
export const SafeguardRule = z.strictObject({
  id: z.string().regex(/^SG-[A-Z]{3}-\d\d$/),
  group: z.string().min(1),
  title: Labels,
  rule: Labels,
  appliesTo: z.array(z.union([Capacity, z.literal('any')])).min(1),
  starts: ClockEvent.nullable(),
  limit: Duration.nullable(),
  recurring: z.boolean(),
  kind: z.enum(['hard', 'recommended', 'practice']).nullable(),
  /** How long before the limit a warning starts. */
  warnBefore: Duration,
  metBy: z.array(MetBy),
  endedBy: z.array(ContactKind),
  question: Question.nullable(),
  severity: z.enum(['critical', 'high', 'standard']),
  sources: z.array(Source),
  confidence: Confidence,
  limitConfidence: Confidence.nullable(),
  /** What the limit itself rests on: a deadline carries its own citation. */
  limitSources: z.array(Source),
  recalledParts: z.array(z.string()),
  /** The limit that does not time the clock, because the other one is shorter: shown beside it, never hidden. */
  otherLimit: z
    .strictObject({ of: z.enum(['national', 'international']), limit: Duration, confidence: Confidence })
    .nullable(),
  /** Where national law pulls the other way: shown, never hidden. */
  conflict: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
})
export type SafeguardRule = z.infer<typeof SafeguardRule>

/** The rules in force at a fact's own moment, so that a changed law never moves a past clock. */
export function rulesInForce(rules: readonly SafeguardRule[], at: string): SafeguardRule[] {
  const day = at.slice(0, 10)
  return rules.filter(
    (rule) => (rule.validFrom === null || rule.validFrom <= day) && (rule.validTo === null || day <= rule.validTo),
  )
}
