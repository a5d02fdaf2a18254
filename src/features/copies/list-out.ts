import * as z from 'zod'

/** What leaves when somebody takes her own list along: on paper or as a file, and how many lines. */
export const ListOut = z.strictObject({ as: z.enum(['paper', 'csv']), lines: z.int().min(0).max(500) })
export type ListOut = z.infer<typeof ListOut>
