import type { WebFeature } from '../../../web/feature.ts'
import { CopyStrip } from './CopyStrip.tsx'

/** What the phone needs to know of this feature. */
export const copies: WebFeature = {
  name: 'copies',
  screens: [
    { path: '/my-list', page: async () => (await import('./my-list-page.tsx')).MyListPage },
    { path: '/office-month', page: async () => (await import('./month-page.tsx')).OfficeMonthPage },
    { path: '/cases/$caseId/other_system', page: async () => (await import('./copy-page.tsx')).OtherSystemPage },
    { path: '/cases/$caseId/named-copy', page: async () => (await import('./named-copy-page.tsx')).NamedCopyPage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: CopyStrip,
  isSeldom: true,
  toSign: { give_named_copy: { read: (caseId) => `/cases/${caseId}/named-copy` } },
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
