import type { Upgrades } from '../../core/upgrade.ts'

/** A supervisor once agreed in advance that "victim" may be left out: now she is asked, and signs what she was asked. */
export const UPGRADES: Upgrades = { 'justice.agree_without_victim': [() => null] }
