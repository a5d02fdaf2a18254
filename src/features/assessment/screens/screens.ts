import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'
import { correct } from './correct.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'
import { UPGRADES } from '../upgrades.ts'

const listPages = () => import('./assessment-pages.tsx')
const sectionPages = () => import('./section-pages.tsx')
const readPages = () => import('./read-pages.tsx')
const handedPages = () => import('./handed-pages.tsx')
const safetyPages = () => import('./safety-pages.tsx')

/** What the phone needs to know of this feature. */
const StepStrip = lazy(async () => ({ default: (await import('./StepStrip.tsx')).StepStrip }))
const StepStanding = lazy(async () => ({ default: (await import('./StepStrip.tsx')).StepStanding }))

export const assessment: WebFeature = {
  name: 'assessment',
  screens: [
    { path: '/cases/$caseId/assessment', page: async () => (await listPages()).AssessmentPage, isPrinted: true },
    { path: '/cases/$caseId/assessment/part/$section', page: async () => (await sectionPages()).SectionPage },
    { path: '/cases/$caseId/assessment/part/$section/$page', page: async () => (await sectionPages()).SectionPage },
    { path: '/cases/$caseId/assessment/read', page: async () => (await readPages()).ReadPage, isPrinted: true },
    {
      path: '/cases/$caseId/assessment/read/$roundId',
      page: async () => (await readPages()).ReadPage,
      isPrinted: true,
    },
    { path: '/cases/$caseId/assessment/conclude', page: async () => (await handedPages()).ConcludePage },
    { path: '/cases/$caseId/assessment/answer', page: async () => (await handedPages()).AnswerPage },
    { path: '/cases/$caseId/assessment/again', page: async () => (await handedPages()).AgainPage },
    { path: '/cases/$caseId/safety', page: async () => (await safetyPages()).SafetyPage, isPrinted: true },
    { path: '/cases/$caseId/safety/new', page: async () => (await safetyPages()).SafetyCheckPage },
    { path: '/cases/$caseId/questions/$stage', page: async () => (await sectionPages()).StepQuestionsPage },
  ],
  upgrades: UPGRADES,
  layOver,
  tasks,
  strip: StepStrip,
  standing: StepStanding,
  above: lazy(async () => ({ default: (await import('./SafetyAbove.tsx')).SafetyAbove })),
  asks: lazy(async () => ({ default: (await import('./CountryQuestions.tsx')).CountryQuestions })),
  toSign: { assessment_approval: { read: (caseId) => `/cases/${caseId}/assessment/read`, answersThere: true } },
  correct,
}
