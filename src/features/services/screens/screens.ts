import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const pages = () => import('./service-pages.tsx')
const shelterPages = () => import('./shelter-pages.tsx')
const formPages = () => import('./service-form-pages.tsx')

/** What the phone needs to know of this feature. */
export const services: WebFeature = {
  name: 'services',
  screens: [
    { path: '/cases/$caseId/services', page: async () => (await pages()).ServicesPage, isPrinted: true },
    { path: '/cases/$caseId/services/new', page: async () => (await formPages()).ServicePage },
    { path: '/cases/$caseId/services/$serviceId', page: async () => (await formPages()).ServicePage },
    { path: '/cases/$caseId/services/$serviceId/session', page: async () => (await formPages()).SessionPage },
    { path: '/cases/$caseId/services/$serviceId/health', page: async () => (await formPages()).HealthNotePage },
    { path: '/cases/$caseId/care-sheet', page: async () => (await shelterPages()).CareSheetPage, isPrinted: true },
    { path: '/cases/$caseId/care-sheet/change', page: async () => (await shelterPages()).ChangeSheetPage },
    { path: '/cases/$caseId/day-log', page: async () => (await shelterPages()).DayLogPage, isPrinted: true },
    { path: '/cases/$caseId/day-log/new', page: async () => (await shelterPages()).EntryPage },
  ],
  layOver,
  tasks,
  strip: lazy(async () => ({ default: (await import('./ServicesStrip.tsx')).ServicesStrip })),
  day: lazy(async () => ({ default: (await import('./ServicesDay.tsx')).ServicesDay })),
  team: lazy(async () => ({ default: (await import('./Incidents.tsx')).Incidents })),
}
