import type { Count } from './release.ts'

/** The numbers a shown count can stand for. */
export type Bounds = { least: number; most: number }

/** What a reader learns from one shown count. */
export function boundsOf(count: Count): Bounds {
  switch (count.kind) {
    case 'fewer_than_10':
      return { least: 0, most: 9 }
    case 'band':
      return { least: count.from, most: count.to }
    case 'rounded':
      // Rounded to the nearest five, and never below the band's upper end.
      return { least: Math.max(30, count.value - 2), most: count.value + 2 }
  }
}
