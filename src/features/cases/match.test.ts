import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMPOUNDS, COMPOUNDS_TO_AGREE, maskedCompare, type MatchFacts, textsOfFile, textsOfRequest } from './match.ts'

const child: MatchFacts = { names: 'Siti Aminah', birthYear: 2012, sex: 'female', origin: 'Desa Lembah' }

/** How many compounds agree, before they are cut to buckets. */
function agreeing(asked: MatchFacts, file: MatchFacts): number {
  const [a, b] = [textsOfRequest(asked), textsOfFile(file)]
  return COMPOUNDS.filter((compound) => b[compound].some((text) => a[compound].includes(text))).length
}

describe('a request finds the file of the same child', () => {
  test.each<[string, Partial<MatchFacts>]>([
    ['when everything is the same', {}],
    ['under another spelling', { names: 'Sitti Aminah' }],
    ['with the names the other way round and no place', { names: 'Aminah Siti', origin: null }],
    ['when the age was guessed a year wrong', { birthYear: 2013 }],
    ['when the age was guessed far wrong', { birthYear: 2006 }],
    ['when nobody wrote down the sex', { sex: 'not_known' }],
    ['when the place is written without "desa"', { origin: 'Lembah' }],
  ])('%s', (_title, over) => {
    expect(agreeing({ ...child, ...over }, child)).toBeGreaterThanOrEqual(COMPOUNDS_TO_AGREE)
  })
})

describe('a request does not find', () => {
  test.each<[string, Partial<MatchFacts>]>([
    ['a child who shares one common name, year, sex and place', { names: 'Siti Rahmawati' }],
    ['a child who shares only the first name and the place', { names: 'Siti', birthYear: 2015 }],
    ['a child of the same name and another age, sex and place', { birthYear: 2003, sex: 'male', origin: 'Pulau Jauh' }],
  ])('%s', (_title, over) => {
    expect(agreeing({ ...child, ...over }, child)).toBeLessThan(COMPOUNDS_TO_AGREE)
  })
})

test('no compound ever stands on one name alone, whatever is known', () => {
  const word = fc.constantFrom('Siti', 'Muhammad', 'Ali', 'Dewi', 'bin', '', 'Rizky')
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 4 }),
      fc.option(fc.integer({ min: 1995, max: 2025 })),
      fc.constantFrom('female', 'male', 'not_known'),
      fc.option(word),
      (names, birthYear, sex, origin) => {
        const texts = textsOfFile({ names: names.join(' '), birthYear, sex, origin })
        for (const [compound, found] of Object.entries(texts))
          for (const text of found) {
            const [name = '', ...rest] = text.split('|')
            // A second name, or a year, or a place, besides the name and the sex.
            if (compound === 'b') expect(name.split('.').length).toBeGreaterThan(1)
            else expect(rest[0]).not.toBe('')
          }
      },
    ),
  )
})

test('the keeper of a file sees first letters and how near each answer is', () => {
  const asked = { names: 'Sitti Aminah', birthYear: 2013, sex: 'female', origin: 'Lembah' }
  expect(maskedCompare(asked, child)).toEqual([
    { attribute: 'names', asked: 'S••• A•••', likeness: 'near' },
    { attribute: 'birthYear', asked: '2013', likeness: 'near' },
    { attribute: 'sex', asked: 'female', likeness: 'same' },
    { attribute: 'origin', asked: 'L•••', likeness: 'near' },
  ])
})
