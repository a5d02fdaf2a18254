import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'
import { UPGRADES } from '../upgrades.ts'

const pages = () => import('./pages.tsx')

/** What the phone needs to know of this feature. */
export const justice: WebFeature = {
  name: 'justice',
  screens: [
    { path: '/safeguards', page: async () => (await pages()).BoardPage },
    { path: '/cases/new', page: async () => (await pages()).NewCasePage },
    { path: '/cases/$caseId/contact', page: async () => (await pages()).RecordContactPage },
    { path: '/cases/$caseId/contact/$contactId', page: async () => (await pages()).CorrectContactPage },
    { path: '/cases/$caseId/safeguards', page: async () => (await pages()).SafeguardsPage, isPrinted: true },
    { path: '/cases/$caseId/safeguards/$contactId/$dutyId', page: async () => (await pages()).AnswerPage },
    { path: '/cases/$caseId/ask', page: async () => (await pages()).AskPage },
    { path: '/cases/$caseId/victim', page: async () => (await pages()).AskWithoutVictimPage },
  ],
  upgrades: UPGRADES,
  layOver,
  tasks,
  toSign: { leave_out_victim: { read: (caseId) => `/cases/${caseId}/safeguards` } },
  takes: { contact: async () => (await import('./take-contact.ts')).takeContact },
  limits: lazy(async () => ({ default: (await import('./LimitsTeam.tsx')).LimitsTeam })),
  strip: lazy(async () => ({ default: (await pages()).Strip })),
}
