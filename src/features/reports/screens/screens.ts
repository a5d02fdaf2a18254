import type { WebFeature } from '../../../web/feature.ts'

/** What the phone needs to know of this feature. */
export const reports: WebFeature = {
  name: 'reports',
  screens: [{ path: '/figures', page: async () => (await import('./pages.tsx')).FiguresPage, isPrinted: true }],
  layOver: () => [],
  tasks: () => [],
  strip: null,
}
