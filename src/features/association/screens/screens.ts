import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'

const pages = () => import('./pages.tsx')

/** What the phone needs to know of this feature: where its one screen is. It keeps nothing, and nothing is ever due. */
export const association: WebFeature = {
  name: 'association',
  screens: [
    { path: '/cases/$caseId/circumstances', page: async () => (await pages()).CircumstancesPage },
    { path: '/cases/$caseId/circumstances/new', page: async () => (await pages()).AskPage },
    { path: '/cases/$caseId/circumstances/ready', page: async () => (await pages()).ReadyPage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: lazy(async () => ({ default: (await pages()).Strip })),
  isSeldom: true,
}
