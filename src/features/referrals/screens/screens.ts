import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'
import { layOver } from './lay-over.ts'
import { tasks } from './tasks.ts'

const consentPages = () => import('./consent-pages.tsx')
const referralPages = () => import('./referral-pages.tsx')

/** What the phone needs to know of this feature. */
export const referrals: WebFeature = {
  name: 'referrals',
  screens: [
    { path: '/cases/$caseId/consent', page: async () => (await consentPages()).LedgerPage, isPrinted: true },
    { path: '/cases/$caseId/consent/ask', page: async () => (await consentPages()).AskPage },
    { path: '/cases/$caseId/consent/ask/$purpose', page: async () => (await consentPages()).AskPage },
    { path: '/cases/$caseId/consent/$consentId/end', page: async () => (await consentPages()).WithdrawPage },
    { path: '/cases/$caseId/care-team', page: async () => (await import('./team-page.tsx')).TeamPage },
    { path: '/cases/$caseId/consent/basis', page: async () => (await referralPages()).BasisPage },
    { path: '/cases/$caseId/referrals', page: async () => (await referralPages()).ReferralsPage, isPrinted: true },
    { path: '/cases/$caseId/referral/new', page: async () => (await referralPages()).WritePage },
    { path: '/cases/$caseId/referral/$referralId', page: async () => (await import('./show-page.tsx')).ShowPage },
  ],
  layOver,
  tasks,
  toSign: { share_without_consent: { read: (caseId) => `/cases/${caseId}/consent` } },
  agreed: lazy(async () => ({ default: (await import('./AgreedSoFar.tsx')).AgreedSoFar })),
  strip: lazy(async () => ({ default: (await consentPages()).ReferralStrip })),
}
