import type { WebFeature } from '../../../web/feature.ts'
import { CareDay } from './CareDay.tsx'
import { CareStrip } from './CareStrip.tsx'
import { ChildWants } from './ChildWants.tsx'
import { layOver } from './lay-over.ts'
import { OwnWords } from './OwnWords.tsx'
import { tasks } from './tasks.ts'

const notePages = () => import('./note-pages.tsx')
const taskPages = () => import('./task-pages.tsx')
const planPages = () => import('./plan-pages.tsx')
const followUpPages = () => import('./follow-up-pages.tsx')
const planForms = () => import('./plan-form-pages.tsx')

/** What the phone needs to know of this feature. */
export const care: WebFeature = {
  name: 'care',
  screens: [
    { path: '/cases/$caseId/note', page: async () => (await notePages()).AddNotePage },
    { path: '/cases/$caseId/note/$noteId', page: async () => (await notePages()).AddNotePage },
    { path: '/cases/$caseId/called', page: async () => (await notePages()).CalledPage },
    { path: '/cases/$caseId/notes', page: async () => (await notePages()).NotesPage, isPrinted: true },
    { path: '/cases/$caseId/task', page: async () => (await taskPages()).TaskPage },
    { path: '/cases/$caseId/task/$taskId', page: async () => (await taskPages()).TaskPage },
    { path: '/cases/$caseId/follow-up', page: async () => (await followUpPages()).FollowUpPage, isPrinted: true },
    { path: '/cases/$caseId/follow-up/new', page: async () => (await followUpPages()).ReturnPage },
    { path: '/cases/$caseId/follow-up/$returnId', page: async () => (await followUpPages()).ReturnPage },
    {
      path: '/cases/$caseId/follow-up/$returnId/contact',
      page: async () => (await followUpPages()).FollowUpContactPage,
    },
    { path: '/cases/$caseId/plan', page: async () => (await planPages()).PlanPage, isPrinted: true },
    { path: '/cases/$caseId/plan/copy', page: async () => (await planPages()).CopyPage },
    { path: '/cases/$caseId/plan/page', page: async () => (await planForms()).PlanPagePage },
    { path: '/cases/$caseId/plan/goal', page: async () => (await planForms()).GoalPage },
    { path: '/cases/$caseId/plan/goal/$goalId', page: async () => (await planForms()).GoalPage },
    { path: '/cases/$caseId/plan/goal/$goalId/action', page: async () => (await planForms()).ActionPage },
    { path: '/cases/$caseId/plan/action/$actionId', page: async () => (await planForms()).ActionPage },
    { path: '/cases/$caseId/plan/answer', page: async () => (await planForms()).DecisionPage },
  ],
  layOver,
  tasks,
  strip: CareStrip,
  first: ChildWants,
  own: OwnWords,
  toSign: { plan_approval: { read: (caseId) => `/cases/${caseId}/plan`, answersThere: true } },
  day: CareDay,
  takes: { note: async () => (await import('./take-note.ts')).takeNote },
  begin: async () => (await import('./begin-task.ts')).beginTask,
}
