import type { Op } from './op.ts'

type Payload = Op['payload']

/** From one version of a payload to the next, with the same meaning; null where what it says can no longer be taken. */
type Upgrade = (payload: Payload) => Payload | null

/**
 * By type of operation, oldest first: a type stands at one version more than it has upgrades, and one that is not named at
 * its first. They are kept as long as docs/running.md promises to hear phones of that age.
 */
export type Upgrades = { readonly [type: string]: readonly Upgrade[] }

/** The name of a type without its version. */
export function nameOf(type: string): string {
  return type.split('@')[0] ?? type
}

function versionOf(type: string): number {
  const name = nameOf(type)
  return type === name ? 1 : Number(type.slice(name.length + 1))
}

/** A type as an operation that is made today carries it: the first version is not said. */
export function atVersion(type: string, upgrades: Upgrades): string {
  const version = (upgrades[type]?.length ?? 0) + 1
  return version === 1 ? type : `${type}@${version}`
}

/** Whether something was said by a program newer than this one. */
export function isToCome(said: Pick<Op, 'type'>, upgrades: Upgrades): boolean {
  return versionOf(said.type) > (upgrades[nameOf(said.type)]?.length ?? 0) + 1
}

/** The same thing said as it is said today; null where it can no longer be taken. A version still to come stays as it is. */
export function todays<Said extends Pick<Op, 'type' | 'payload'>>(said: Said, upgrades: Upgrades): Said | null {
  const type = nameOf(said.type)
  const steps = upgrades[type] ?? []
  const version = versionOf(said.type)
  if (version < 1 || version > steps.length + 1 || (steps.length === 0 && said.type === type)) return said
  let payload: Payload | null = said.payload
  for (const step of steps.slice(version - 1)) payload = payload === null ? null : step(payload)
  return payload === null ? null : { ...said, type, payload }
}

/** A field that has another name now; what carries the new one already is left as it is. */
export function renamed(payload: Payload, from: string, to: string): Payload {
  if (!(from in payload) || to in payload) return payload
  const { [from]: value, ...rest } = payload
  return { ...rest, [to]: value }
}

/** The upgrades of all features together: each type has one feature. */
export function upgradesOf(features: readonly { upgrades?: Upgrades }[]): Upgrades {
  return Object.assign({}, ...features.map((feature) => feature.upgrades ?? {})) as Upgrades // each part is one
}
