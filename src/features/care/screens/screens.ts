import type { WebFeature } from '../../../web/feature.ts'
import { CareStrip } from './CareStrip.tsx'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const notePages = () => import('./note-pages.tsx')
const taskPages = () => import('./task-pages.tsx')

/** What the phone needs to know of this feature. */
export const care: WebFeature = {
  name: 'care',
  screens: [
    { path: '/cases/$caseId/note', page: async () => (await notePages()).AddNotePage },
    { path: '/cases/$caseId/note/$noteId', page: async () => (await notePages()).AddNotePage },
    { path: '/cases/$caseId/notes', page: async () => (await notePages()).NotesPage },
    { path: '/cases/$caseId/task', page: async () => (await taskPages()).TaskPage },
    { path: '/cases/$caseId/task/$taskId', page: async () => (await taskPages()).TaskPage },
  ],
  layOver,
  tasks,
  strip: CareStrip,
}
