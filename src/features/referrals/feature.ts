import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { consentOps } from './consent-feature.ts'
import { leavingOut } from './jobs.ts'
import { referralOps } from './referral-feature.ts'
import { dueAgreements } from './due-store.ts'
import { packs } from './packs.ts'
import { careTeamOps } from './care-team-feature.ts'

export const referrals: FeatureDefinition = {
  name: 'referrals',
  ops: [...consentOps, ...referralOps, ...careTeamOps],
  packs,
  due: dueAgreements,
  routes,
  jobs: [leavingOut],
}
