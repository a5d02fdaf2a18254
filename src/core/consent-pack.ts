import * as z from 'zod'
import { Part } from './part.ts'
import { Labels } from './safeguard-rule.ts'

/** What a child of an age can do with a question about itself, and what an adult who cares for it does beside. */
export const CapacityBand = z.strictObject({
  ageBand: z.enum(['0_5', '6_11', '12_14', '15_17']),
  child: z.enum(['inform', 'assent', 'assent_or_consent_by_maturity', 'consent']),
  adult: z.enum(['consent', 'consent_unless_unsafe']),
})
export type CapacityBand = z.infer<typeof CapacityBand>

/** One text as it is shown before a yes or no; never edited once it was shown, only closed. */
export const ConsentText = z.strictObject({
  code: z.string(),
  purpose: z.string(),
  text: Labels,
  validTo: z.iso.date().nullable(),
})
export type ConsentText = z.infer<typeof ConsentText>

/**
 * A kind of body that may be told something, by what it is for: "authorities" is never one recipient. `reach` says how far
 * any yes can open: to parts of the file, to words written for it alone, or to nothing, because the firewall stands above.
 */
export const Recipient = z.strictObject({
  code: z.string(),
  kind: z.string(),
  reach: z.enum(['parts', 'words', 'nothing']),
  parts: z.array(Part),
})
export type Recipient = z.infer<typeof Recipient>

/** What the phone must know to ask for consent without a line. */
export const ConsentPack = z.strictObject({
  bands: z.array(CapacityBand),
  texts: z.array(ConsentText),
  recipients: z.array(Recipient),
})
export type ConsentPack = z.infer<typeof ConsentPack>
