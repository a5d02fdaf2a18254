import type { WebFeature } from '../../../web/feature.ts'
import { Called } from './Called.tsx'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'
import { WorkStrip } from './WorkStrip.tsx'
import { WorkTeam } from './WorkTeam.tsx'

const askPages = () => import('./ask-pages.tsx')
const changePages = () => import('./change-pages.tsx')

/** What the phone needs to know of this feature. */
export const work: WebFeature = {
  name: 'work',
  screens: [
    { path: '/cases/$caseId/questions', page: async () => (await askPages()).AskPage, isPrinted: true },
    { path: '/cases/$caseId/attention', page: async () => (await askPages()).AttentionPage },
    { path: '/cases/$caseId/changes', page: async () => (await changePages()).ChangesPage, isPrinted: true },
    { path: '/cases/$caseId/opened', page: async () => (await changePages()).OpenedPage, isPrinted: true },
  ],
  layOver,
  tasks,
  strip: WorkStrip,
  first: Called,
  team: WorkTeam,
}
