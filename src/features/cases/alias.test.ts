import { describe, expect, test } from 'vitest'
import { countryCodes, loadCountry } from '../../server/countries.ts'
import { makeAlias } from './alias.ts'
import { Alias } from './case.ts'

const lists = Object.entries(loadCountry('countries', 'demo').pack.aliasWords)

/** Words that could hint at a child, a place of origin or a belief, or hurt whoever is called so. */
const NEVER =
  /^(black|white|yellow|brown|dark|dead|lost|broken|wild|war|fire|gun|blood|little|slow|poor|bad|north|south|east|west|utara|selatan|timur|barat|hitam|putih|kuning|gelap|api|perang|darah|hilang|kecil|miskin|jahat|itim|puti|dilaw|apoy|dugo|maliit|church|mosque|temple|masjid|gereja|simbahan|cross|salib|crescent|islam|martyr|soldier|tentara|askar|sundalo|boy|girl|lelaki|perempuan|lalaki|babae|cantik|tampan|maganda|pogi)$/i

describe('the words aliases are made of', () => {
  test.each(lists)(
    'in %s are many, each once, fit the form, and can neither hurt nor hint',
    (_language, { first, second }) => {
      for (const words of [first, second]) {
        expect(new Set(words).size).toBe(words.length)
        for (const word of words) expect([word, NEVER.test(word)]).toEqual([word, false])
      }
      for (const [index, word] of first.entries())
        expect(Alias.safeParse(makeAlias({ first, second }, index, index)).success ? word : '').toBe(word)
      // Two words for a district, three for a nation.
      expect(first.length * second.length).toBeGreaterThan(3500)
      expect(first.length * second.length * second.length).toBeGreaterThan(150_000)
    },
  )

  test('are there for the languages of every country, or English stands in', () => {
    for (const code of countryCodes('countries')) {
      const { languages, aliasWords } = loadCountry('countries', code).pack
      for (const language of languages) expect(aliasWords[language] ?? aliasWords.en).toBeDefined()
      expect(Object.keys(aliasWords)).toEqual(expect.arrayContaining(['en', 'id', 'ms', 'fil']))
    }
  })
})

describe('an alias', () => {
  const words = { first: ['Calm', 'Blue'], second: ['Reef', 'Heron', 'Lake'] }
  test.each([
    [0, 0, null, 'Calm Reef'],
    [3, 4, null, 'Blue Heron'],
    [1, 1, 2, 'Blue Heron Lake'],
    [1, 1, 1, 'Blue Heron'],
  ])('%i and %i and %s make %s', (a, b, c, expected) => {
    expect(makeAlias(words, a, b, c)).toBe(expected)
  })
})
