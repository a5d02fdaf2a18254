import type { WebFeature } from '../../../web/feature.ts'

/** What the phone needs to know of this feature. */
export const reports: WebFeature = { name: 'reports', screens: [], layOver: () => [], tasks: () => [], strip: null }
