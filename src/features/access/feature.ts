import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { tidyAccounts } from './jobs.ts'

export const access: FeatureDefinition = { name: 'access', ops: [], packs: [], routes, jobs: [tidyAccounts] }
