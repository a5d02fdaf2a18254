import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { eraseUnconfirmed } from './jobs.ts'

export const phone: FeatureDefinition = {
  name: 'phone',
  ops: [],
  packs: [],
  routes,
  jobs: [eraseUnconfirmed],
}
