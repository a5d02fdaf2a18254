import type { WebFeature } from '../../../web/feature.ts'
import { edited } from '../../../web/edited.ts'
import { keyOf } from '../../../web/replica.ts'
import { AllocationStrip } from './AllocationStrip.tsx'
import { AllocationTeam } from './AllocationTeam.tsx'

const pages = () => import('./allocate-pages.tsx')
const transferPages = () => import('./transfer-pages.tsx')

/** What the phone needs to know of this feature. */
export const allocation: WebFeature = {
  name: 'allocation',
  screens: [
    { path: '/allocate', page: async () => (await pages()).AllocatePage },
    { path: '/more/about-me', page: async () => (await pages()).AboutMePage },
    { path: '/cases/$caseId/wish', page: async () => (await pages()).WishPage },
    { path: '/cases/$caseId/transfer', page: async () => (await transferPages()).TransferPage },
  ],
  layOver(op, rows) {
    if (op.type !== 'allocation.edit_wish') return []
    // `payload` passed the schema of its operation before it came here.
    const { caseId, set } = op.payload as { caseId: string; set: Record<string, unknown> }
    if (!rows.has(keyOf({ thing: 'case', id: caseId }))) return []
    const unsaid = ['prefers', 'language', 'saidOn', 'inTheirWords']
    return [edited(rows, { thing: 'child_wish', id: caseId, caseId }, set, unsaid)]
  },
  tasks: () => [],
  strip: AllocationStrip,
  isSeldom: true,
  team: AllocationTeam,
  more: ({ role }, t) => [
    ...(role === 'case_worker'
      ? [
          {
            href: '/more/about-me',
            icon: 'people' as const, // one of the signs, not any text
            title: t('allocation.about_me'),
            about: t('allocation.about_me_short'),
          },
        ]
      : []),
    ...(role === 'supervisor'
      ? [
          {
            href: '/allocate',
            icon: 'two' as const, // one of the signs, not any text
            title: t('allocation.allocate'),
            about: t('allocation.allocate_short'),
          },
        ]
      : []),
  ],
}
