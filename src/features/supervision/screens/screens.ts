import type { WebFeature } from '../../../web/feature.ts'
import { layOver } from './lay-over.ts'
import { SupervisionStrip } from './SupervisionStrip.tsx'
import { SupervisionTeam } from './SupervisionTeam.tsx'
import { tasks } from './tasks.ts'

const pages = () => import('./pages.tsx')
const formPages = () => import('./form-pages.tsx')
const staffPages = () => import('./staff-pages.tsx')
const teamPages = () => import('./team-pages.tsx')

/** What the phone needs to know of this feature. */
export const supervision: WebFeature = {
  name: 'supervision',
  screens: [
    { path: '/cases/$caseId/supervision', page: async () => (await pages()).SupervisionPage, isPrinted: true },
    { path: '/cases/$caseId/supervision/talk', page: async () => (await formPages()).TalkPage },
    { path: '/cases/$caseId/supervision/file', page: async () => (await formPages()).ReviewPage },
    { path: '/cases/$caseId/supervision/$reviewId/put-right', page: async () => (await formPages()).PutRightPage },
    { path: '/team/files', page: async () => (await teamPages()).SamplePage },
    { path: '/team/staff', page: async () => (await staffPages()).TeamStaffPage },
    { path: '/team/staff/$personId/talks', page: async () => (await staffPages()).WorkTalksPage },
    { path: '/team/staff/$personId/leave', page: async () => (await staffPages()).LeavePage },
    { path: '/more/staff-care', page: async () => (await staffPages()).StaffCarePage },
    { path: '/more/staff-care/leave', page: async () => (await staffPages()).LeavePage },
  ],
  layOver,
  tasks,
  strip: SupervisionStrip,
  team: SupervisionTeam,
}
