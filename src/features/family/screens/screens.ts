import type { WebFeature } from '../../../web/feature.ts'
import { FamilyCalls } from './FamilyCalls.tsx'
import { FamilyStrip } from './FamilyStrip.tsx'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const peoplePages = () => import('./people-pages.tsx')
const tracingPages = () => import('./tracing-pages.tsx')

/** What the phone needs to know of this feature. */
export const family: WebFeature = {
  name: 'family',
  screens: [
    { path: '/team/same-child', page: async () => (await import('./same-child-page.tsx')).SameChildPage },
    { path: '/cases/$caseId/people', page: async () => (await peoplePages()).PeoplePage, isPrinted: true },
    { path: '/cases/$caseId/people/new', page: async () => (await peoplePages()).PersonPage },
    { path: '/cases/$caseId/people/$kinId', page: async () => (await peoplePages()).PersonPage },
    { path: '/cases/$caseId/link', page: async () => (await peoplePages()).LinkPage },
    { path: '/cases/$caseId/tracing', page: async () => (await tracingPages()).TracingPage, isPrinted: true },
    { path: '/cases/$caseId/tracing/new', page: async () => (await tracingPages()).TracingFormPage },
    { path: '/cases/$caseId/tracing/$tracingId', page: async () => (await tracingPages()).TracingFormPage },
    { path: '/cases/$caseId/tracing/$tracingId/step', page: async () => (await tracingPages()).StepPage },
    { path: '/cases/$caseId/tracing/$tracingId/verify', page: async () => (await tracingPages()).VerifyPage },
    { path: '/cases/$caseId/tracing/$tracingId/reunify', page: async () => (await tracingPages()).ReunifyPage },
  ],
  layOver,
  tasks,
  strip: FamilyStrip,
  first: FamilyCalls,
}
