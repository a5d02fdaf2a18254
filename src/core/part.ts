import * as z from 'zod'

/**
 * A part is the unit of need-to-know: one table family each (security.md 2.2).
 * `case` is the file's own row (alias, office, team), which comes with any other part except `handover`.
 */
export const Part = z.enum([
  'case',
  'identity',
  'family',
  'location',
  'narrative',
  'association',
  'health',
  'services',
  'justice',
  'legal',
  'handover',
  'sealed',
])
export type Part = z.infer<typeof Part>

export const Level = z.enum(['read', 'write'])
export type Level = z.infer<typeof Level>

/** What a body is for, as the law made it. A person belongs to exactly one organisation and so to one sector. */
export const Sector = z.enum([
  'child_protection',
  'health',
  'education',
  'legal_aid',
  'civil_society',
  'child_justice',
  'oversight',
  'police',
  'military',
  'intelligence',
  'counter_terrorism',
  'prosecution',
  'judiciary',
  'immigration',
  'prison',
  'interior',
  'coordination',
])
export type Sector = z.infer<typeof Sector>

/** The only sectors that may hold more than `handover`: an allow-list (security.md 3.3; Bali Call art. 9). */
export const PROTECTION_SECTORS: readonly Sector[] = [
  'child_protection',
  'health',
  'education',
  'legal_aid',
  'civil_society',
  'child_justice',
  'oversight',
]

/** C0 public, C1 coded, C2 confidential, C3 sealed (security.md 2.1). */
export const DataClass = z.enum(['C0', 'C1', 'C2', 'C3'])
export type DataClass = z.infer<typeof DataClass>

export const Purpose = z.enum(['casework', 'supervision', 'safeguarding', 'handover', 'oversight', 'other'])
export type Purpose = z.infer<typeof Purpose>
