/**
 * Which program a phone runs, as it says with every write: one more with each that changed an operation, a row, or how they
 * travel. 1: harm to a child was called `risk` and `dangers`. 2: as now, but no operation said its version.
 */
export const PROTOCOL = 3

/** The oldest program this server speaks with: the two before its own (docs/running.md), fewer only after a security fix. */
export const LEAST_PROTOCOL = Math.max(1, PROTOCOL - 2)

/** The header a phone says it in. No form of another site can send one, so that it guards writes as well. */
export const PROTOCOL_HEADER = 'x-kembali'

/** Whether what a phone said of itself is too old for this server; what is no number was never ours. */
export function isTooOld(said: string | undefined): boolean {
  return !(Number(said) >= LEAST_PROTOCOL)
}
