import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { forgetSent, sendNotices } from './jobs.ts'

export const notices: FeatureDefinition = {
  name: 'notices',
  ops: [],
  packs: [],
  routes,
  jobs: [sendNotices, forgetSent],
}
