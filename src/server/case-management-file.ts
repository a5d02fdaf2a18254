/** What `international/case-management.yaml` says, as far as the program reads it. */
import * as z from 'zod'
import { CapacityBand } from '../core/consent-pack.ts'
import { BestInterestsRules } from '../core/country.ts'
import { Confidence, Source } from '../core/safeguard-rule.ts'
import { Duration } from '../core/time.ts'

const Text = z.string().min(1)
const Sources = z.array(Source)

const WrittenFrame = z.strictObject({
  first_action: Duration.optional(),
  first_contact: Duration.optional(),
  assessment: Duration.optional(),
  plan: Duration.optional(),
  follow_up_every: Duration.optional(),
})

/** What `international/case-management.yaml` says of each code list; its other parts are read by those who build them. */
export const CaseManagementFile = z.looseObject({
  version: z.int(),
  sources_file: Text,
  consent: z.looseObject({
    confidence: Confidence,
    capacity_bands_default: z.strictObject({
      confidence: Confidence,
      items: z.array(
        z.strictObject({
          band: z.string().regex(/^\d+-\d+$/),
          child: CapacityBand.shape.child,
          adult: CapacityBand.shape.adult,
        }),
      ),
    }),
    purposes: z.array(z.looseObject({ code: Text, label: Text })),
    /** Nobody may be asked for these: a text for one of them stops the start. */
    never_a_purpose: z.array(Text),
  }),
  best_interests: z.looseObject(BestInterestsRules.shape),
  timeframes: z.looseObject({
    confidence: Confidence,
    defaults: z.looseObject({
      emergency: WrittenFrame,
      high: WrittenFrame,
      medium: WrittenFrame,
      low: WrittenFrame,
      none: WrittenFrame,
      after_reunification: z.array(Duration).min(1),
    }),
  }),
  code_lists: z.record(
    z.string(),
    z.strictObject({
      confidence: Confidence,
      source: Sources.optional(),
      note: Text.optional(),
      restricted: z.boolean().optional(),
      multiple: z.boolean().optional(),
      optional: z.boolean().optional(),
      score_scale: z.record(z.string(), z.unknown()).optional(),
      guard: Text.optional(),
      label_confidence: Confidence.optional(),
      /** What is known of single codes beyond their labels. */
      items: z.record(z.string(), z.record(z.string(), z.union([z.boolean(), z.string()]))).optional(),
    }),
  ),
})
export type CaseManagementFile = z.infer<typeof CaseManagementFile>
