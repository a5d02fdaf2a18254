import { namePieces, phonetic } from './phonetic.ts'

/** What a child is recognised by when two offices ask whether they know the same one. */
export type MatchFacts = { names: string; birthYear: number | null; sex: string; origin: string | null }

/** The three compounds of the blind index; each joins several attributes, none stands on one name alone (security.md 2.6). */
export const COMPOUNDS = ['a', 'b', 'c'] as const
export type Compound = (typeof COMPOUNDS)[number]

/** For each compound the texts whose 12-bit buckets are kept or looked for. */
export type CompoundTexts = Record<Compound, string[]>

/** Two of the three must fall into the same buckets before anybody is told: one alone is shared by many by design. */
export const COMPOUNDS_TO_AGREE = 2

/** How a file is found: one text for each compound it has enough for. */
export function textsOfFile(facts: MatchFacts): CompoundTexts {
  return texts(facts, facts.birthYear === null ? [] : [facts.birthYear], [facts.sex])
}

/** What a request looks for: an age is often a guess, so a year to either side counts, and so does a sex nobody wrote down. */
export function textsOfRequest(facts: MatchFacts): CompoundTexts {
  const { birthYear, sex } = facts
  const years = birthYear === null ? [] : [birthYear - 1, birthYear, birthYear + 1]
  return texts(facts, years, sex === 'not_known' ? ['female', 'male', 'other', 'not_known'] : [sex, 'not_known'])
}

function texts({ names, origin }: MatchFacts, years: readonly number[], sexes: readonly string[]): CompoundTexts {
  const pieces = namePieces(names)
  const [given] = pieces
  if (given === undefined) return { a: [], b: [], c: [] }
  // In either order: which name comes first differs from paper to paper.
  const all = [...pieces].sort().join('.')
  const place = placeKey(origin)
  return {
    a: years.map((year) => `${all}|${year}`),
    b: pieces.length < 2 ? [] : sexes.map((sex) => `${all}|${sex}`),
    c: place === '' ? [] : sexes.map((sex) => `${given}|${place}|${sex}`),
  }
}

function placeKey(origin: string | null): string {
  return (origin ?? '')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word.length > 2 && !PLACE_WORDS.has(word.toLowerCase()))
    .map(phonetic)
    .sort()
    .join('.')
}

const PLACE_WORDS = new Set(
  'desa dusun kampung kampong kg kelurahan kecamatan kabupaten kota village barangay brgy sitio purok island atoll the'.split(
    ' ',
  ),
)

/** How near two answers are, for whoever keeps the file; never for whoever asks. */
export type Likeness = 'same' | 'near' | 'different' | 'not_known'
export const MATCH_ATTRIBUTES = ['names', 'birthYear', 'sex', 'origin'] as const
export type MaskedAttribute = { attribute: (typeof MATCH_ATTRIBUTES)[number]; asked: string | null; likeness: Likeness }

/** What the keeper of a file sees of a request: first letters, and how near each answer is to her own file. */
export function maskedCompare(asked: MatchFacts, own: MatchFacts): MaskedAttribute[] {
  return [
    { attribute: 'names', asked: mask(asked.names), likeness: likenessOfNames(asked.names, own.names) },
    {
      attribute: 'birthYear',
      asked: asked.birthYear === null ? null : String(asked.birthYear),
      likeness: likenessOfYears(asked.birthYear, own.birthYear),
    },
    {
      attribute: 'sex',
      asked: asked.sex,
      likeness: [asked.sex, own.sex].includes('not_known') ? 'not_known' : asked.sex === own.sex ? 'same' : 'different',
    },
    {
      attribute: 'origin',
      asked: asked.origin === null ? null : mask(asked.origin),
      likeness: likenessOfNames(asked.origin ?? '', own.origin ?? ''),
    },
  ]
}

/** The first letter of each word; how long a word is says too much. */
function mask(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${Array.from(word)[0] ?? ''}•••`)
    .join(' ')
}

function likenessOfYears(a: number | null, b: number | null): Likeness {
  if (a === null || b === null) return 'not_known'
  const apart = Math.abs(a - b)
  return apart === 0 ? 'same' : apart <= 2 ? 'near' : 'different'
}

function likenessOfNames(a: string, b: string): Likeness {
  if (a.trim() === '' || b.trim() === '') return 'not_known'
  const [one, two] = [namePieces(a), namePieces(b)]
  if (a.trim().toLowerCase() === b.trim().toLowerCase()) return 'same'
  return one.some((key) => two.includes(key)) ? 'near' : 'different'
}
