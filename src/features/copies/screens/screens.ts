import type { WebFeature } from '../../../web/feature.ts'
import { CopyStrip } from './CopyStrip.tsx'

/** What the phone needs to know of this feature. */
export const copies: WebFeature = {
  name: 'copies',
  screens: [
    { path: '/my-list', page: async () => (await import('./my-list-page.tsx')).MyListPage },
    { path: '/office-month', page: async () => (await import('./month-page.tsx')).OfficeMonthPage },
    { path: '/cases/$caseId/other_system', page: async () => (await import('./copy-page.tsx')).OtherSystemPage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: CopyStrip,
  more: ({ role }, t) =>
    role === 'supervisor'
      ? [
          {
            href: '/office-month',
            icon: 'figures',
            title: t('copies.month'),
            about: t('copies.month_short'),
          },
        ]
      : [],
}
