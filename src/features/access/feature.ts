import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'

export const access: FeatureDefinition = { name: 'access', ops: [], packs: [], routes, jobs: [] }
