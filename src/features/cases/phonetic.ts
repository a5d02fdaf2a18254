/**
 * A key that different spellings of one name share: a skeleton of consonants, by the spellings of this region
 * (old and new Indonesian, Arabic names as Malay, Dhivehi and Indonesian offices write them, Spanish names of the Philippines).
 * It is never kept or indexed alone: a single name gives a child away by how often it occurs (security.md 2.6).
 */
export function phonetic(word: string): string {
  let text = plain(word)
  // Old Indonesian spelling: oe for u, tj for c, dj for j, and then j for y.
  if (/oe|dj|tj/.test(text))
    text = text
      .replaceAll('dj', '+')
      .replaceAll('tj', 'c')
      .replaceAll('oe', 'u')
      .replaceAll('j', 'y')
      .replaceAll('+', 'j')
  for (const [from, to] of REWRITES) text = text.replace(from, to)
  const first = /^[aeiou]/.test(text) ? 'a' : (text[0] ?? '')
  return (first + text.slice(1).replace(/[aeiou]/g, '')).toUpperCase()
}

const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^(?:mohd|moh|muh|mhd|md|m[ou]ha?m+[ae][dt])$/, 'muhammad'],
  [/^abd(?:[aeou]{1,2}[lrnsdtz]{1,2})?(?=[a-z]{3})/, 'abdu'], // Abdulrahman, Abdurrahman
  [/[ae]?a?th$/, 'a'], // Fathimath, Aishath: the Dhivehi ending
  [/th(?=m)/g, 's'], // Othman, Osman
  [/sy|sh|sj|zh|dz|ts|x|z/g, 's'],
  [/ph|[vf]/g, 'p'],
  [/b(?=t|d|$)/g, 'p'],
  [/(?:kh|ch|h)(?=[bcdgklmnprst])/g, ''], // Achmad, Akhmad, Ahmad
  [/th|dh|dl|d/g, 't'],
  [/kh|ch|ck|qu?|c/g, 'k'],
  [/gu(?=[ei])|gh/g, 'g'],
  [/g$/, 'k'],
  [/ng|ny|nh/g, 'n'],
  [/n(?=[bp])/g, 'm'],
  [/(?<=.)h/g, ''],
  [/(?:ie|y)$/, 'i'], // Rizky, Rizki
  [/j/g, 'y'], // Jusuf, Yusuf
  [/(?<=[aeiou])y(?![aeiou])/g, 'i'], // Faysal, Faisal
  [/i?y|(?<=[^aeiouy])i(?=[aeou])/g, 'y'], // Mariam, Mariyam, Maryam
  [/(.)\1+/g, '$1'],
]

/** The pieces of a name that tell people apart, as keys: without particles, titles, and a leading Muhammad that papers drop. */
export function namePieces(name: string): string[] {
  const words = name
    .replace(/\ba\/[lp]\b/gi, ' ')
    .replace(/\babd(?:ul|ur|us|oel|el|al)?[\s-]+(?=\p{L}{3})/giu, 'abdul')
    .split(/[^\p{L}\p{M}'’`]+/u)
    .filter((word) => plain(word).length > 1 && !PARTICLES.has(plain(word)))
  const keys = words.map(phonetic).filter((key) => key !== '')
  return keys.length > 2 && keys[0] === phonetic('muhammad') ? keys.slice(1) : keys
}

const PARTICLES = new Set(
  'bin binti binte bint bt bte ibn al el as ad de del dela delos la las los haji hajah hajjah hj tuan puan encik nik'.split(
    ' ',
  ),
)

function plain(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/[\p{M}'’`]/gu, '')
    .toLowerCase()
}
