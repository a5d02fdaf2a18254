import * as z from 'zod'
import { Confidence, Source } from '../core/safeguard-rule.ts'

const Text = z.string().min(1)

const LAW_TOPICS = [
  'treaty',
  'recruitment_offence',
  'macr',
  'child_justice',
  'diversion',
  'detention',
  'interview',
  'handover',
  'victim_status',
  'child_protection',
  'ct_law',
  'privacy',
  'sentencing',
  'returnees',
  'nap',
  'agency',
] as const

const LawRow = z
  .strictObject({
    id: z.string().regex(/^[A-Z]{3}-[A-Z]{2,4}-\d\d$/),
    topic: z.enum(LAW_TOPICS),
    /** Empty for a body that no single instrument made. */
    instrument: z.string(),
    locator: z.string(),
    text: Text,
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    status: z.enum([
      'in_force',
      'bill',
      'lapsed',
      'amended_unclear',
      'treaty_in_force',
      'not_party',
      'policy',
      'practice',
    ]),
    dates: z.partialRecord(z.enum(['signed', 'ratified', 'acceded', 'in_force', 'amended', 'withdrawn']), Text),
    sources: z.array(Source),
    confidence: Confidence,
    basis: z.enum(['primary_text', 'official_dataset', 'official_statement', 'secondary', 'press', 'none']),
    needs_review_by_national_counsel: z.boolean(),
    against: z.array(Text),
    assessment: z.enum(['meets', 'partly', 'gap', 'conflict', 'unknown']),
  })
  .refine((row) => row.confidence === 'recalled' || row.sources.length > 0, {
    path: ['sources'],
    message: 'a row that is not "recalled" names at least one source',
  })

/** `<CODE>/law.yaml`: where the law of a country stands, row by row, all for counsel. */
export const LawFile = z
  .strictObject({
    country: z.strictObject({
      iso3: z.string().regex(/^[A-Z]{3}$/),
      name: Text,
      legal_languages: z.array(Text).min(1),
      as_of: z.string().regex(/^\d{4}-\d\d$/),
      counsel_review: z.strictObject({
        status: z.enum(['not_started', 'started', 'confirmed']),
        reviewer: Text.nullable(),
        date: z.iso.date().nullable(),
      }),
    }),
    sections: z.record(z.string(), z.array(LawRow)),
    gaps: z.array(z.strictObject({ q: Text, rows: z.array(Text) })),
  })
  .refine(
    ({ country: { counsel_review: review } }) =>
      review.status !== 'confirmed' || (review.reviewer !== null && review.date !== null),
    { path: ['country', 'counsel_review'], message: 'a confirmed review names its reviewer and date' },
  )
export type LawFile = z.infer<typeof LawFile>
