// Apart from the schemas of a pack, so that the first load can read one without them.
import type { PublicPack } from './country.ts'
import type { Labels } from './safeguard-rule.ts'

/** A label in a language, in English where the pack has none yet. */
export function labelIn(labels: Labels, language: string): string {
  return labels[language] ?? labels.en ?? ''
}

/** The time zone of a region, or the country's. */
export function timeZoneOf(pack: Pick<PublicPack, 'regions' | 'timeZone'>, region: string): string {
  return pack.regions.find((one) => one.code === region)?.timeZone ?? pack.timeZone
}
