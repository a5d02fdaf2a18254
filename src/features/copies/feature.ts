import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'

export const copies: FeatureDefinition = { name: 'copies', ops: [], packs: [], routes, jobs: [] }
