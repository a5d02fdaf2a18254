import type { WebFeature } from '../../../web/feature.ts'

/** What the phone needs to know of this feature. */
export const justice: WebFeature = { name: 'justice', screens: [], layOver: () => [], tasks: () => [], strip: null }
