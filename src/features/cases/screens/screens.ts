import type { WebFeature } from '../../../web/feature.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const pages = () => import('./pages.tsx')

/** What the phone needs to know of this feature. */
export const cases: WebFeature = {
  name: 'cases',
  screens: [
    { path: '/', page: async () => (await pages()).TodayPage },
    { path: '/cases', page: async () => (await pages()).CasesPage },
    { path: '/cases/$caseId', page: async () => (await pages()).CaseHomePage },
    { path: '/cases/$caseId/timeline', page: async () => (await pages()).TimelinePage },
    { path: '/cases/$caseId/who', page: async () => (await pages()).WhoMaySeePage },
    { path: '/cases/$caseId/differences', page: async () => (await pages()).DifferencesPage },
    { path: '/cases/$caseId/card', page: async () => (await pages()).EditCardPage },
    { path: '/cases/$caseId/start/$step', page: async () => (await pages()).SafeStartPage },
    { path: '/cases/$caseId/assign', page: async () => (await pages()).AssignPage },
  ],
  layOver,
  tasks,
  strip: null,
}
