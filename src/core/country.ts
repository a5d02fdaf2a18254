import * as z from 'zod'
import { ConsentPack } from './consent-pack.ts'
import { MonthlyLayout, OtherSystem, OtherSystems, Workload } from './office-work.ts'
import { RetentionFile } from './retention.ts'
import { Risk, TimeFrame, TimeFrames } from './case-steps.ts'
import { QuestionSection } from './questions.ts'
import { Duration } from './time.ts'
import { Confidence, Labels, SafeguardRule } from './safeguard-rule.ts'

const TimeZone = z.string().refine(isTimeZone, { message: 'no such time zone' })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** What a determination of a child's best interests needs here, each number with how sure we are of it. */
export const BestInterestsRules = z.strictObject({
  panel: z.strictObject({ quorum: z.int().min(2).max(12), confidence: Confidence }),
  appeal: z.strictObject({ within: Duration, confidence: Confidence }),
})
export type BestInterestsRules = z.infer<typeof BestInterestsRules>

/** `countries/<CODE>/country.yaml`. */
export const CountryFile = z.strictObject({
  code: z.string().regex(/^([A-Z]{3}|demo|international)$/),
  name: Labels,
  fictional: z.boolean().default(false),
  languages: z.array(z.enum(['en', 'id', 'ms', 'fil', 'dv'])).min(1),
  timeZone: TimeZone,
  ageOfMajority: z.strictObject({ value: z.int().min(15).max(21), confidence: Confidence }),
  regions: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z0-9-]{2,20}$/),
      label: Labels,
      timeZone: TimeZone.optional(),
      confidence: Confidence,
    }),
  ),
  /** When a child that came back is to be seen, where this country has its own steps. */
  followUpAfter: z.array(Duration).min(1).optional(),
  /** By when work is wanted, where this country has its own time frames: each level it names is replaced whole. */
  timeFrames: z.partialRecord(Risk, TimeFrame).optional(),
  /** How many of a panel must decide, and how long a decision can be asked to be looked at again. */
  bestInterests: BestInterestsRules.optional(),
  holidays: z.array(z.strictObject({ on: z.iso.date(), label: Labels, confidence: Confidence })),
})
export type CountryFile = z.infer<typeof CountryFile>

export const Code = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]+$/),
  label: Labels,
  /** The code of the exchange format of other case systems, where one was read. */
  primero: z.string().nullable(),
  /** For a code only this country has: the international code it is counted as, so that reports compare. */
  mapsTo: z.string().nullable(),
  /** A code is never deleted; it is closed by a date. */
  validTo: z.iso.date().nullable(),
})
export type Code = z.infer<typeof Code>

export const AliasWords = z.record(
  z.string(),
  z.strictObject({ first: z.array(z.string().min(2)).min(40), second: z.array(z.string().min(2)).min(40) }),
)

/** `countries/<CODE>/emergency.yaml`: whom to call when a child is not safe now, first things first. */
export const EmergencyFile = z.array(
  z.strictObject({
    label: Labels,
    phone: z
      .string()
      .max(24)
      .regex(/^\+?[\d ]{2,}$/),
    confidence: Confidence,
  }),
)

/** What goes to the phone: rules, lists and labels, all public (C0); never anything about a child. */
export const PublicPack = z.strictObject({
  code: z.string(),
  name: Labels,
  fictional: z.boolean(),
  languages: z.array(z.string()),
  timeZone: z.string(),
  ageOfMajority: CountryFile.shape.ageOfMajority,
  regions: CountryFile.shape.regions,
  safeguards: z.array(SafeguardRule),
  /** Titles of the sources the safeguards rest on, by id. */
  sources: z.record(z.string(), z.string()),
  emergency: EmergencyFile,
  /** When a child that came back is to be seen, counted from that day; a default until a country sets its own. */
  followUpAfter: z.array(Duration).min(1),
  bestInterests: BestInterestsRules,
  /** What work takes, for a load told in hours. */
  workload: Workload,
  /** The office's monthly figures in the ministry's own layout. */
  monthly: MonthlyLayout,
  /** In which order other systems ask what we know of one case. */
  otherSystems: OtherSystems,
  /** What a copy for a named body may hold, and in which order. */
  namedCopy: OtherSystem,
  codeLists: z.record(z.string(), z.array(Code)),
  consent: ConsentPack,
  /** How long a closed file is kept, class by class. */
  retention: RetentionFile,
  /** By when work is wanted at each level of risk to the child. */
  timeFrames: TimeFrames,
  /** What is asked in each step, the country's own questions among them. */
  questions: z.array(QuestionSection),
  aliasWords: AliasWords,
})
export type PublicPack = z.infer<typeof PublicPack>
