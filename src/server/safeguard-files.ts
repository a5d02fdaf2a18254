import * as z from 'zod'
import {
  Confidence,
  ClockEvent,
  ContactKind,
  Labels,
  MetBy,
  Question,
  type SafeguardRule,
  Source,
} from '../core/safeguard-rule.ts'
import { addDuration, Duration, instant } from '../core/time.ts'
import { unique } from './country-files.ts'

const Clock = z.strictObject({
  starts: ClockEvent,
  limit: Duration,
  recurring: z.boolean(),
  kind: z.enum(['hard', 'recommended', 'practice']),
  confidence: Confidence,
  sources: z.array(Source).min(1, 'a limit names at least one source'),
  warn_before: Duration,
})

const Row = z.strictObject({
  id: z.string(),
  group: z.string(),
  title: Labels,
  rule: Labels,
  applies_to: z.array(z.enum(['victim', 'witness', 'alleged_offender', 'convicted', 'any'])),
  trigger: ClockEvent,
  clock: Clock.nullable(),
  met_by: z.array(MetBy),
  ended_by: z.array(ContactKind),
  question: Question.nullable(),
  evidence: z.array(z.string()),
  breach: z.array(z.string()),
  severity: z.enum(['critical', 'high', 'standard']),
  basis_level: z.enum(['treaty', 'treaty_body', 'un_standard', 'guideline', 'national']),
  sources: z.array(Source),
  confidence: Confidence,
  recalled_parts: z.array(z.string()),
  known_limits: z.array(z.record(z.string(), z.unknown())).optional(),
  national_parameter: z.string().optional(),
  note: z.string().optional(),
})

/** `international/safeguards.yaml`: what every country starts from. */
export const InternationalSafeguards = z.strictObject({
  groups: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  safeguards: unique(z.array(Row).min(1), (row) => row.id, 'safeguard'),
})

const NationalLimit = z
  .strictObject({
    parameter: z.string().regex(/^[a-z_]+$/),
    value: z.union([z.number(), z.string().min(1)]),
    extension_hours: z.int().optional(),
    extension_days: z.int().optional(),
    condition: z.string().min(1).optional(),
    sources: z.array(Source),
    confidence: Confidence,
    conflict: z.string().min(1).optional(),
  })
  .refine((limit) => limit.confidence === 'recalled' || limit.sources.length > 0, {
    path: ['sources'],
    message: 'a limit that is not "recalled" names at least one source',
  })

/** `<CODE>/safeguards.yaml`: where national law is stricter, or pulls the other way. */
export const NationalSafeguards = z.strictObject({
  overrides: unique(
    z.array(
      z.strictObject({
        id: z.string(),
        clock: z
          .strictObject({
            limit: Duration,
            kind: Clock.shape.kind,
            confidence: Confidence,
            sources: Clock.shape.sources,
            warn_before: Duration,
          })
          .optional(),
        conflict: z.string().optional(),
        valid_from: z.iso.date().optional(),
        valid_to: z.iso.date().optional(),
      }),
    ),
    (override) => override.id,
    'override',
  ),
  /** What national law says beside the clocks: ages and limits that no clock counts yet. */
  limits: unique(z.array(NationalLimit), (limit) => limit.parameter, 'limit').default([]),
})

/** Lays the national file over the international one; the checks have seen that each override has its safeguard. */
export function rulesOf(
  base: z.infer<typeof InternationalSafeguards>,
  own: z.infer<typeof NationalSafeguards>,
): SafeguardRule[] {
  return base.safeguards.map((row) => {
    const over = own.overrides.find((one) => one.id === row.id)
    const { clock, otherLimit } = limitsOf(row.clock, over?.clock)
    return {
      id: row.id,
      group: row.group,
      title: row.title,
      rule: row.rule,
      appliesTo: row.applies_to,
      // A doubt about age starts its clock only once somebody has raised it, though the limit counts from first contact.
      starts: row.trigger === 'age_doubt_raised' ? row.trigger : (clock?.starts ?? null),
      limit: clock?.limit ?? null,
      recurring: clock?.recurring ?? false,
      kind: clock?.kind ?? null,
      warnBefore: clock?.warn_before ?? 'PT0M',
      metBy: row.met_by,
      endedBy: row.ended_by,
      question: row.question,
      severity: row.severity,
      sources: [...row.sources, ...(over?.clock?.sources ?? [])],
      confidence: row.confidence,
      limitConfidence: clock?.confidence ?? null,
      limitSources: clock?.sources ?? [],
      recalledParts: row.recalled_parts,
      otherLimit,
      conflict: over?.conflict ?? null,
      validFrom: over?.valid_from ?? null,
      validTo: over?.valid_to ?? null,
    }
  })
}

type BaseClock = z.infer<typeof Clock>
type OwnClock = z.infer<typeof NationalSafeguards>['overrides'][number]['clock']

/** The shorter limit times the clock; the other one stands beside it (safeguards.md, "How to read a row"). */
function limitsOf(
  base: BaseClock | null,
  own: OwnClock,
): { clock: BaseClock | null; otherLimit: SafeguardRule['otherLimit'] } {
  if (base === null || own === undefined) return { clock: base, otherLimit: null }
  if (isLonger(own.limit, base.limit))
    return { clock: base, otherLimit: { of: 'national', limit: own.limit, confidence: own.confidence } }
  const otherLimit =
    own.limit === base.limit ? null : ({ of: 'international', limit: base.limit, confidence: base.confidence } as const)
  return { clock: { ...base, ...own }, otherLimit }
}

// Which of two limits is longer does not depend on the day it is counted from, as long as both are limits of a law.
const SOME_DAY = instant('2026-01-01T00:00:00Z')

function isLonger(a: string, b: string): boolean {
  return addDuration(SOME_DAY, a, 'UTC') > addDuration(SOME_DAY, b, 'UTC')
}
