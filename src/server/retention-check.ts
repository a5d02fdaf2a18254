import type * as z from 'zod'
import type { RetentionFile } from '../core/retention.ts'
import { addDuration, instant } from '../core/time.ts'
import type { Yaml } from './countries.ts'
import type { NationalRetentionFile } from './country-files.ts'

const ANY_DAY = instant('2024-01-01T00:00Z')

/** How long a country keeps closed files: the international table, shortened where the country says so (security.md 7.1). */
export function retentionOf(
  own: Yaml<z.infer<typeof NationalRetentionFile>> | null,
  base: RetentionFile,
): RetentionFile {
  if (own === null) return base
  const until = (duration: string) => addDuration(ANY_DAY, duration, 'UTC')
  own.data.shortens.forEach(({ class: id, keep }, at) => {
    const longest = base.classes.find((one) => one.id === id)?.keep ?? 'P0D'
    if (until(keep) > until(longest))
      throw own.fault(['shortens', at, 'keep'], `a country may only shorten: ${id} is kept ${longest} at most`)
  })
  return {
    ...base,
    classes: base.classes.map((one) => {
      const shorter = own.data.shortens.find((row) => row.class === one.id)
      return shorter === undefined ? one : { ...one, keep: shorter.keep, confidence: shorter.confidence }
    }),
  }
}
