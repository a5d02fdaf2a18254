import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { firstAdministratorLink } from './enrol-store.ts'
import { tidyAccounts } from './jobs.ts'

export const access: FeatureDefinition = {
  name: 'access',
  ops: [],
  packs: [],
  routes,
  jobs: [tidyAccounts],
  onStart: async (machine) => {
    const link = await firstAdministratorLink(machine)
    return link === null ? [] : [`The first administrator enrols here within the hour: ${link}`]
  },
}
