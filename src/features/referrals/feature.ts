import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { consentOps } from './consent-feature.ts'
import { referralOps } from './referral-feature.ts'
import { packs } from './packs.ts'

export const referrals: FeatureDefinition = {
  name: 'referrals',
  ops: [...consentOps, ...referralOps],
  packs,
  routes,
  jobs: [],
}
