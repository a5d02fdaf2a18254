/** The schemas of a pack's files beside safeguards and code lists: facts with source and confidence, for people and reports. */
import * as z from 'zod'
import { RetentionClass } from '../core/retention.ts'
import { Confidence, Labels, Source } from '../core/safeguard-rule.ts'
import { Duration } from '../core/time.ts'

const Text = z.string().min(1)
const Sources = z.array(Source)

/** A list whose ids stand once each; a second one is named with its own line. */
export function unique<Row>(rows: z.ZodType<Row[]>, keyOf: (row: Row) => string, word: string): z.ZodType<Row[]> {
  return rows.superRefine((list, ctx) => {
    const seen = new Set<string>()
    list.forEach((row, at) => {
      const key = keyOf(row)
      if (seen.has(key)) ctx.addIssue({ code: 'custom', path: [at], message: `the ${word} ${key} stands twice` })
      seen.add(key)
    })
  })
}

export const SourceFile = z.strictObject({
  version: z.int(),
  as_of_note: Text,
  sources: unique(
    z.array(
      z.strictObject({
        id: Text,
        title: Text,
        issuer: Text,
        year: z.int().min(1900).max(2100),
        access: z.enum(['full_text', 'excerpt', 'dataset', 'partial', 'secondary', 'not_seen']),
        seen: Text.optional(),
        note: Text.optional(),
        url: z.url().optional(),
        repo: Text.optional(),
        path: Text.optional(),
        commit: Text.optional(),
      }),
    ),
    (source) => source.id,
    'source',
  ),
})

const Indicator = z.strictObject({
  id: Text,
  type: z.enum(['structure', 'process', 'outcome']),
  text: Text,
  value_type: z.enum([
    'yes_no_partial',
    'count',
    'percent',
    'duration_days_median',
    'duration_hours_median',
    'ordinal_1_5',
    'text',
  ]),
  from: Text,
  disclosure: z.enum(['open', 'controlled', 'internal']),
  disaggregate: z.array(Text).optional(),
})
const Measure = z.strictObject({
  id: Text,
  title: Text,
  basis: z.array(z.strictObject({ id: Text, locator: Text.optional() })),
  confidence: Confidence,
  note: Text.optional(),
  indicators: z.array(Indicator),
})

/** `international/roadmap.yaml`: areas, commitments, measures, indicators, and the articles of the Call they serve. */
export const RoadmapFile = z.strictObject({
  version: z.int(),
  status: Text,
  roadmap_text_seen: z.boolean(),
  sources_file: Text,
  indicator_types: z.array(Text),
  value_types: z.array(Text),
  disclosure_classes: z.record(z.string(), Text),
  pledge: z.strictObject({ text: Text, source: Sources, confidence: Confidence, note: Text }),
  areas: z.array(
    z.strictObject({ id: Text, name: Text, source: Sources, confidence: Confidence, note: Text.optional() }),
  ),
  commitments: unique(
    z.array(
      z.strictObject({
        id: Text,
        area: Text,
        title: Text,
        bali_articles: z.array(z.int().min(1).max(9)),
        measures: unique(z.array(Measure), (measure) => measure.id, 'measure'),
      }),
    ),
    (commitment) => commitment.id,
    'commitment',
  ),
  bali_call_map: z.array(z.strictObject({ article: z.int().min(1).max(9), gist: Text, measures: z.array(Text) })),
})
export type RoadmapFile = z.infer<typeof RoadmapFile>

/** `<CODE>/roadmap.yaml`: the national action plan's actions and who owns them. */
export const NationalRoadmapFile = z.strictObject({
  actions: unique(
    z.array(
      z.strictObject({
        id: Text,
        measure: Text,
        title: Text,
        owner: Text,
        due: z.iso.date().nullable(),
        sources: Sources,
        confidence: Confidence,
      }),
    ),
    (action) => action.id,
    'action',
  ),
})

const DataClassCode = z.string().regex(/^D\d\d?$/)

/** `international/sharing.yaml`: which kind of body may get which class of data, for what, on what basis. Default: nothing. */
export const SharingFile = z.strictObject({
  version: z.int(),
  sources_file: Text,
  default: z.literal('deny'),
  confidence: Confidence,
  principle_source: Sources,
  principle_confidence: Confidence,
  data_classes: z.array(z.strictObject({ code: DataClassCode, label: Text, examples: Text })),
  recipient_functions: z.record(z.string(), z.array(Text)),
  rules: unique(
    z.array(
      z.strictObject({
        recipient: Text,
        may: z.array(DataClassCode),
        purpose: Text,
        basis: z.array(Text).optional(),
        limits: Text.optional(),
      }),
    ),
    (rule) => rule.recipient,
    'recipient',
  ),
  emergency_disclosure: z.strictObject({
    threshold: Text,
    deciders: z.int().min(2),
    content: Text,
    log_within: Duration,
    review_within: Duration,
    confidence: Confidence,
  }),
  lawful_request_outcomes: z.array(Text),
  never: z.array(Text),
})
export type SharingFile = z.infer<typeof SharingFile>

/** `<CODE>/sharing.yaml`: what a country takes away from the international table. It cannot add. */
export const NationalSharingFile = z.strictObject({
  narrows: unique(
    z.array(z.strictObject({ recipient: Text, may: z.array(DataClassCode), why: Text })),
    (rule) => rule.recipient,
    'recipient',
  ),
})

/** `<CODE>/retention.yaml`: what a country keeps for a shorter time than the others. */
export const NationalRetentionFile = z.strictObject({
  shortens: unique(
    z.array(
      z.strictObject({
        class: RetentionClass.shape.id,
        keep: Duration,
        why: Text,
        confidence: Confidence,
        sources: Sources,
      }),
    ),
    (row) => row.class,
    'class',
  ),
})

const Rule = z.strictObject({
  id: Text,
  text: Text,
  source: Sources.optional(),
  confidence: Confidence,
  note: Text.optional(),
  use: Text.optional(),
})
const Threshold = z.strictObject({ min_cell: z.int().min(5) })
const Limits = z.strictObject({ internal: z.int(), controlled: z.int(), controlled_public: z.int() })

/** `international/monitoring.yaml`: levels of reporting and the disclosure rules every figure passes. */
export const MonitoringFile = z.strictObject({
  version: z.int(),
  sources_file: Text,
  reporting_levels: z.array(
    z.strictObject({ code: Text, label: Text, audience: Text, cadence: Text, disclosure: Text, note: Text.optional() }),
  ),
  disaggregation: z.strictObject({
    allowed: z.array(Text),
    allowed_internal_only: z.array(Text),
    never_published: z.array(Text),
    max_dimensions: Limits,
    confidence: Confidence,
    note: Text,
  }),
  disclosure_control: z.strictObject({
    thresholds: z.strictObject({
      internal: Threshold,
      controlled: Threshold,
      controlled_public: Threshold,
      source: Sources,
      confidence: Confidence,
      note: Text,
    }),
    rules: unique(z.array(Rule), (rule) => rule.id, 'rule'),
    symbols: z.record(z.string(), Text),
  }),
  global_links: z.array(Rule),
})
export type MonitoringFile = z.infer<typeof MonitoringFile>

/** `consent-texts.yaml`: what a child and a carer are shown before they say yes or no, by purpose. */
export const ConsentTextFile = z.strictObject({
  version: z.int(),
  sources_file: Text,
  confidence: Confidence,
  points_source: Sources,
  points_confidence: Confidence,
  always: Labels,
  texts: unique(
    z.array(
      z.strictObject({
        code: z.string().regex(/^[a-z_]+_\d+$/),
        purpose: Text,
        valid_to: z.iso.date().optional(),
        text: Labels,
      }),
    ),
    (text) => text.code,
    'text',
  ),
})
export type ConsentTextFile = z.infer<typeof ConsentTextFile>
