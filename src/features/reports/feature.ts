import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { release } from './jobs.ts'

export const reports: FeatureDefinition = { name: 'reports', ops: [], packs: [], routes, jobs: [release] }
