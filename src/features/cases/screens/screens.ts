import type { WebFeature } from '../../../web/feature.ts'
import { correct } from './correct.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const todayPages = () => import('./today-pages.tsx')
const listPages = () => import('./list-pages.tsx')
const casePages = () => import('./case-pages.tsx')
const startPages = () => import('./start-pages.tsx')
const editPages = () => import('./edit-pages.tsx')

/** What the phone needs to know of this feature. */
export const cases: WebFeature = {
  name: 'cases',
  screens: [
    { path: '/', page: async () => (await todayPages()).TodayPage },
    { path: '/cases', page: async () => (await listPages()).CasesPage },
    { path: '/cases/$caseId', page: async () => (await casePages()).CaseHomePage },
    { path: '/cases/$caseId/timeline', page: async () => (await casePages()).TimelinePage, isPrinted: true },
    { path: '/cases/$caseId/who', page: async () => (await casePages()).WhoMaySeePage, isPrinted: true },
    { path: '/cases/$caseId/start/$step', page: async () => (await startPages()).SafeStartPage },
    { path: '/cases/$caseId/match/$hitId', page: async () => (await startPages()).MatchPage },
    { path: '/cases/$caseId/differences', page: async () => (await editPages()).DifferencesPage },
    { path: '/cases/$caseId/card', page: async () => (await editPages()).EditCardPage },
    { path: '/cases/$caseId/threatened', page: async () => (await editPages()).ThreatenedPage },
    { path: '/cases/$caseId/assign', page: async () => (await editPages()).AssignPage },
  ],
  layOver,
  tasks,
  strip: null,
  beyondCard: ['child_identity'],
  // What was asked of whom stands in the ledger, where it is also asked anew.
  toSign: { record_without_consent: { read: (caseId) => `/cases/${caseId}/consent` } },
  correct,
}
