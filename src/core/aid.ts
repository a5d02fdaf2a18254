import * as z from 'zod'

/** What must hold before something of value is given to one child of many (case-management.md, "Material assistance"). */
export const AidSafeguard = z.enum([
  'not_for_information',
  'no_reward_for_harm',
  'does_not_single_out',
  'known_how_long',
])
export type AidSafeguard = z.infer<typeof AidSafeguard>

/** Kinds of help that give something of value to the child or the family. */
const GIVES = ['social_protection', 'basic_needs', 'livelihood']
/** Kinds of help for which the layer of psychosocial support is asked. */
const LAYERED = ['psychosocial', 'mental_health']

export const givesSomething = (kind: string) => GIVES.includes(kind)
export const hasLayer = (kind: string) => LAYERED.includes(kind)

/** Whether all of them have been said. */
export const hasAidSafeguards = (said: readonly AidSafeguard[] | undefined) =>
  AidSafeguard.options.every((one) => said?.includes(one) === true)
