import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'
import { ClosureStrip } from './ClosureStrip.tsx'
import { ClosureTeam } from './ClosureTeam.tsx'
import { layOver } from './lay-over.ts'
import { UPGRADES } from '../upgrades.ts'

const closePages = () => import('./close-pages.tsx')
const afterPages = () => import('./after-pages.tsx')

/** What the phone needs to know of this feature. */
export const closure: WebFeature = {
  name: 'closure',
  screens: [
    { path: '/cases/$caseId/close', page: async () => (await closePages()).CloseCasePage },
    { path: '/cases/$caseId/reopen', page: async () => (await afterPages()).ReopenPage },
    { path: '/cases/$caseId/kept', page: async () => (await afterPages()).KeptPage, isPrinted: true },
    { path: '/cases/$caseId/hold', page: async () => (await afterPages()).HoldPage },
    { path: '/cases/$caseId/leaving', page: async () => (await import('./leaving-page.tsx')).LeavingPage },
    { path: '/cases/$caseId/return-code', page: async () => (await afterPages()).ReturnCodePage },
    { path: '/retention', page: async () => (await import('./retention-page.tsx')).RetentionPage },
  ],
  upgrades: UPGRADES,
  layOver,
  // What waits for a signature, and what came back, is the work of the one table of signatures.
  tasks: () => [],
  above: lazy(async () => ({ default: (await import('./ClosureAbove.tsx')).ClosureAbove })),
  strip: ClosureStrip,
  isSeldom: true,
  team: ClosureTeam,
  day: lazy(async () => ({ default: (await import('./ContactsDay.tsx')).ContactsDay })),
  toSign: {
    close_case: { read: (caseId) => `/cases/${caseId}/close` },
    reopen_case: { read: (caseId) => `/cases/${caseId}/kept` },
    hold_erasure: { read: (caseId) => `/cases/${caseId}/kept` },
  },
}
