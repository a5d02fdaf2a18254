/** Where somebody signed in, coarse enough to recognise one's own and to say nothing more. */
export type Browser = { browser: string; system: string }

// The first that fits: every browser also calls itself by the names of older ones.
const BROWSERS = [
  ['edge', /\bEdg/],
  ['samsung', /SamsungBrowser/],
  ['opera', /\bOPR\//],
  ['firefox', /Firefox|FxiOS/],
  ['chrome', /Chrome|CriOS/],
  ['safari', /Safari/],
] as const
const SYSTEMS = [
  ['android', /Android/],
  ['ios', /iPhone|iPad/],
  ['windows', /Windows/],
  ['mac', /Mac OS X|Macintosh/],
  ['linux', /Linux|CrOS/],
] as const

export function browserOf(userAgent: string): Browser {
  const found = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, sign]) => sign.test(userAgent))?.[0] ?? 'other'
  return { browser: found(BROWSERS), system: found(SYSTEMS) }
}
