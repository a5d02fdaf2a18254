import * as z from 'zod'

/** What leaves when somebody takes a list or the month's figures along: on paper or as a file, and how many lines. */
export const ListOut = z.strictObject({
  what: z.enum(['my_list', 'office_month']),
  as: z.enum(['paper', 'csv']),
  lines: z.int().min(0).max(500),
})
export type ListOut = z.infer<typeof ListOut>
