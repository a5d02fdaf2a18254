import type { WebFeature } from '../../../web/feature.ts'
import { BestInterestsStrip } from './BestInterestsStrip.tsx'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const pages = () => import('./pages.tsx')
const formPages = () => import('./form-pages.tsx')

const readRecord = (caseId: string, aboutId: string) => `/cases/${caseId}/best-interests/${aboutId}`

/** What the phone needs to know of this feature. */
export const bestInterests: WebFeature = {
  name: 'best_interests',
  screens: [
    { path: '/cases/$caseId/best-interests', page: async () => (await pages()).BestInterestsPage, isPrinted: true },
    { path: '/cases/$caseId/best-interests/new', page: async () => (await formPages()).NewRecordPage },
    {
      path: '/cases/$caseId/best-interests/$recordId',
      page: async () => (await pages()).OneRecordPage,
      isPrinted: true,
    },
    { path: '/cases/$caseId/best-interests/$recordId/review', page: async () => (await formPages()).NewRecordPage },
    { path: '/cases/$caseId/best-interests/$recordId/appeal', page: async () => (await formPages()).AppealPage },
    { path: '/cases/$caseId/protect-now', page: async () => (await formPages()).ProtectNowPage },
    { path: '/cases/$caseId/decide', page: async () => (await formPages()).DecidePage },
  ],
  layOver,
  tasks,
  strip: BestInterestsStrip,
  toSign: {
    best_interests_determination: { read: readRecord },
    not_to_act_or_share: { read: readRecord },
    urgent_protection: { read: (caseId) => `/cases/${caseId}/best-interests` },
  },
}
