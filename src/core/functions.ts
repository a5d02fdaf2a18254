import * as z from 'zod'

/** What somebody at a table is there for. People are noted by their function, never by name: who signs is known anyway. */
export const BodyFunction = z.enum([
  'child_protection',
  'health',
  'psychosocial',
  'education',
  'legal_aid',
  'guardian',
  'care_provider',
  'community',
  'independent',
])
export type BodyFunction = z.infer<typeof BodyFunction>
