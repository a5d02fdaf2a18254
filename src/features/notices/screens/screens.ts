import type { WebFeature } from '../../../web/feature.ts'

/** What the phone needs to know of this feature. */
export const notices: WebFeature = {
  name: 'notices',
  screens: [{ path: '/more/notices', page: async () => (await import('./notices-page.tsx')).NoticesPage }],
  layOver: () => [],
  tasks: () => [],
  strip: null,
}
