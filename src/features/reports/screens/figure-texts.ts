import type { Translate } from '../../../web/language.ts'
import type { ReleasedRow } from '../release.ts'
import type { Count, Share } from '../shown.ts'

/** A count as the release gate lets it out: a band, a rounded number, or "fewer than 10". */
export function countText(t: Translate, count: Count): string {
  switch (count.kind) {
    case 'fewer_than_10':
      return t('reports.fewer_than_10')
    case 'band':
      return t('reports.band', { from: count.from, to: count.to })
    case 'rounded':
      return t('reports.about', { count: count.value })
  }
}

export function shareText(t: Translate, share: Share): string {
  switch (share.kind) {
    case 'percent':
      return t('reports.percent', { value: share.value })
    case 'nearly_all':
      return t('reports.nearly_all')
    case 'nearly_none':
      return t('reports.nearly_none')
    case 'withheld':
      return t('reports.withheld')
  }
}

/** The page's heading: one true sentence, however small the numbers are. */
export function headline(t: Translate, together: (ReleasedRow & { from: string; to: string }) | null): string {
  if (together === null) return t('reports.title.unsaid')
  const { held, from, to } = together
  switch (held.kind) {
    case 'fewer_than_10':
      return t('reports.title.fewer', { from, to })
    case 'band':
      return t('reports.title.band', { least: held.from, most: held.to, from, to })
    case 'rounded':
      return t('reports.title.about', { count: held.value, from, to })
  }
}

/** What authorities did, as a sentence; where it may not be told, why not. */
export function dutySentence(t: Translate, duty: 'heard' | 'handed_over', share: Share): string {
  const what = t(`reports.duty.${duty}`)
  if (share.kind === 'withheld') return t('reports.duty.withheld', { what, why: t(`reports.why.${share.why}`) })
  return t('reports.duty.said', { share: shareText(t, share), what })
}
