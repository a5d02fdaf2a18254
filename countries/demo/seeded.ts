/** A small seeded generator (mulberry32): the same seed gives the same ids. For fictional data only, never for keys. */
export function seeded(seed: number): { below: (limit: number) => number; uuid: () => string } {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join('')
  return { below, uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(12)}` }
}

const SYLLABLES = ['ba', 'de', 'ki', 'lu', 'mo', 'na', 'ri', 'su', 'ta', 'wi']

/** Names nobody has, no two of them alike, so that no fictional child is taken for another one. */
export function madeUpNames(n: number): [string, string] {
  const of = (at: number) => SYLLABLES[at % SYLLABLES.length] ?? ''
  const name = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  const tens = Math.floor(n / 10)
  return [name(`${of(n)}${of(tens)}${of(n + tens)}`), name(`${of(tens + 3)}${of(n + 7)}r`)]
}
