/** The last day with security updates of each Node line we run on (nodejs.org/en/about/previous-releases). */
const LAST_DAY: Record<number, string> = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30' }

/** Since when this Node gets no security updates, or null while it does; lines we do not know are newer than us. */
export function nodeEndedOn(version: string, today: string): string | null {
  const last = LAST_DAY[Number(version.split('.')[0])]
  return last !== undefined && today > last ? last : null
}
