import type { Upgrades } from '../../core/upgrade.ts'

/** A case was once closed by one person with one word: now a second one signs, and there is more to say before. */
export const UPGRADES: Upgrades = { 'cases.close_case': [() => null] }
