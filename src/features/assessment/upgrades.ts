import { renamed, type Upgrades } from '../../core/upgrade.ts'

/** The first phones wrote `risk` and `dangers`: the names now say whose harm is meant. */
export const UPGRADES: Upgrades = {
  'assessment.check_safety': [(payload) => renamed(renamed(payload, 'risk', 'harmToChild'), 'dangers', 'couldHarm')],
  'assessment.submit': [(payload) => renamed(payload, 'risk', 'harmToChild')],
}
