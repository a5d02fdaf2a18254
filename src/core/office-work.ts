import * as z from 'zod'
import { Confidence, Labels } from './safeguard-rule.ts'

/** Kinds of work a worker's load is told in: each is counted, none says anything about a child. */
export const WorkKind = z.enum(['open_case', 'first_month', 'limits', 'way_back', 'task'])
export type WorkKind = z.infer<typeof WorkKind>

/** `countries/<CODE>/workload.yaml`: what work takes, so that a load is told in hours and not in heads. */
export const Workload = z.strictObject({
  /** Hours a month that a full-time worker has for children. */
  hoursAMonth: z.int().min(1).max(300),
  confidence: Confidence,
  /** Hours a month that one of each kind takes. */
  hours: z.record(WorkKind, z.number().min(0).max(60)),
})
export type Workload = z.infer<typeof Workload>

/** How many of one kind of work a worker has. */
export type WorkCount = { workerId: string; kind: WorkKind; count: number }

/** A worker's load in hours a month, a whole number: it is a guess, and must not look like a measurement. */
export function hoursOf(counts: readonly Pick<WorkCount, 'kind' | 'count'>[], workload: Workload): number {
  return Math.round(counts.reduce((sum, { kind, count }) => sum + count * workload.hours[kind], 0))
}

/** What a row of the ministry's monthly form counts; each feature counts its own. */
export const MonthlyCount = z.enum([
  'open_at_start',
  'opened',
  'taken_over',
  'reopened',
  'closed',
  'handed_over',
  'open_at_end',
  'held',
  'released',
  'visits',
  'calls',
  'plans_approved',
  'follow_ups',
])
export type MonthlyCount = z.infer<typeof MonthlyCount>

/** The columns of each split; the last takes whoever is in no other of them. */
const SEX_COLUMNS = ['female', 'male', 'sex_other'] as const
const AGE_COLUMNS = ['0_5', '6_11', '12_14', '15_17', '18_plus', 'age_not_known'] as const

function isWhole(split: readonly string[]) {
  return (columns: readonly string[]) =>
    !columns.some((one) => split.includes(one)) || split.every((one) => columns.includes(one))
}

/** `countries/<CODE>/monthly.yaml`: the office's monthly figures in the ministry's own layout. */
export const MonthlyLayout = z.strictObject({
  title: Labels,
  confidence: Confidence,
  /** The columns each row is told in. */
  columns: z
    .array(z.enum(['all', ...SEX_COLUMNS, ...AGE_COLUMNS]))
    .min(1)
    .refine(isWhole(SEX_COLUMNS), { message: 'a split by sex has all its columns, so that they add up' })
    .refine(isWhole(AGE_COLUMNS), { message: 'a split by age has all its columns, so that they add up' }),
  sections: z
    .array(
      z.strictObject({
        label: Labels,
        rows: z.array(z.strictObject({ ref: z.string().max(12), label: Labels, counts: MonthlyCount })).min(1),
      }),
    )
    .min(1),
})
export type MonthlyLayout = z.infer<typeof MonthlyLayout>

/** The codes of a child that a month is told in. */
export type Codes = { sex: string; ageBand: string }

/**
 * How much of one thing one case had in a month, or, of cases that may have left since, all with the same codes together;
 * added up by the supervisor's own office and shown to her alone.
 */
export type CaseCount = { counts: MonthlyCount; n: number } & ({ caseId: string } | Codes)

/** An order in which what we know of one case is told: another system's, or a paper's. Nothing else can be told in it. */
export const OtherSystem = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: Labels,
  confidence: Confidence,
  sections: z
    .array(
      z.strictObject({
        label: Labels,
        fields: z
          .array(
            z.strictObject({
              label: Labels,
              /** A field of a thing as a card names it, `child_identity.fullName`; of several rows all stand. */
              from: z.string().regex(/^[a-z_]+\.[a-zA-Z]+$/),
              /** What is told instead while nothing is known of the first. */
              or: z
                .string()
                .regex(/^[a-z_]+\.[a-zA-Z]+$/)
                .optional(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
})
export type OtherSystem = z.infer<typeof OtherSystem>

/** `countries/<CODE>/other-systems.yaml`: the order in which another system asks what we know of one case. */
export const OtherSystems = z.array(OtherSystem)
export type OtherSystems = z.infer<typeof OtherSystems>
