/** How hard a guess at a passphrase is made: memory in KiB, passes over it, lanes (Argon2id). */
export type KdfParams = { memory: number; passes: number; lanes: number }

/** 64 MiB and three passes, on server and phone alike (security.md 4 and 5). */
export const KDF: KdfParams = { memory: 65_536, passes: 3, lanes: 1 }

/** A stored header asks for less work than we ever ask for: somebody wants our passphrases cheaper, or to exhaust the memory. */
export class KdfRefused extends Error {
  constructor() {
    super('the stored cost of guessing is not one we use')
    this.name = 'KdfRefused'
  }
}

const MOST_MEMORY = 1_048_576
const MOST_PASSES = 12

/** Throws unless stored costs are at least ours, and not absurdly high. */
export function mustBeStrong({ memory, passes, lanes }: KdfParams): void {
  const whole = [memory, passes, lanes].every((value) => Number.isInteger(value))
  const enough = memory >= KDF.memory && passes >= KDF.passes && lanes === KDF.lanes
  if (!whole || !enough || memory > MOST_MEMORY || passes > MOST_PASSES) throw new KdfRefused()
}

/** The costs as text, so that they can be bound into what they protect. */
export function kdfText({ memory, passes, lanes }: KdfParams): string {
  return `argon2id,m=${memory},t=${passes},p=${lanes}`
}

/** Reads `kdfText` and checks it at once. */
export function readKdf(text: string): KdfParams {
  const [, memory, passes, lanes] = /^argon2id,m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})$/.exec(text) ?? []
  const params = { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  mustBeStrong(params)
  return params
}
