import type { FeatureDefinition } from '../../server/feature.ts'
import { routes } from './api.ts'
import { firstAdministratorLink } from './enrol-store.ts'
import { endProposals, tidyAccounts } from './jobs.ts'

export const access: FeatureDefinition = {
  name: 'access',
  ops: [],
  packs: [],
  routes,
  jobs: [tidyAccounts, endProposals],
  onStart: async (machine) => {
    const link = await firstAdministratorLink(machine)
    return link === null ? [] : [`The first administrator enrols here within the hour: ${link}`]
  },
}
