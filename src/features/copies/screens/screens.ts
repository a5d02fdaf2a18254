import type { WebFeature } from '../../../web/feature.ts'

/** What the phone needs to know of this feature. */
export const copies: WebFeature = {
  name: 'copies',
  screens: [{ path: '/my-list', page: async () => (await import('./my-list-page.tsx')).MyListPage }],
  layOver: () => [],
  tasks: () => [],
  strip: null,
}
