import type { WebFeature } from '../../../web/feature.ts'
import { ConferenceStrip } from './ConferenceStrip.tsx'
import { ConferenceTeam } from './ConferenceTeam.tsx'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const pages = () => import('./pages.tsx')
const formPages = () => import('./form-pages.tsx')

/** What the phone needs to know of this feature. */
export const conference: WebFeature = {
  name: 'conference',
  screens: [
    { path: '/cases/$caseId/conferences', page: async () => (await pages()).ConferencesPage, isPrinted: true },
    { path: '/cases/$caseId/conferences/new', page: async () => (await formPages()).CallPage },
    {
      path: '/cases/$caseId/conferences/$conferenceId',
      page: async () => (await pages()).OneConferencePage,
      isPrinted: true,
    },
    { path: '/cases/$caseId/conferences/$conferenceId/move', page: async () => (await formPages()).CallPage },
    { path: '/cases/$caseId/conferences/$conferenceId/minutes', page: async () => (await formPages()).MinutesPage },
  ],
  layOver,
  tasks,
  strip: ConferenceStrip,
  team: ConferenceTeam,
}
