import type { Upgrades } from '../../core/upgrade.ts'

/** The decisions of a conference once waited for a signature of their own; nobody is asked for one any more. */
export const UPGRADES: Upgrades = {
  'signatures.answer': [(payload) => (payload.act === 'conference_decisions' ? null : payload)],
}
