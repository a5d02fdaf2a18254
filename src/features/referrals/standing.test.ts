import { describe, expect, test } from 'vitest'
import { instant } from '../../core/time.ts'
import { loadCountry } from '../../server/countries.ts'
import type { AdultAnswer, Capacity, ChildAnswer, Standing } from './consent.ts'
import { basisProblem, lacksOf, standingOf, standsNow } from './standing.ts'

const { consent } = loadCountry('countries', 'demo').pack

describe('whether a question is answered with yes follows from the child’s age and from both answers', () => {
  const rows: [Capacity, ChildAnswer, AdultAnswer, Standing][] = [
    ['0_5', 'told', 'agrees', 'given'],
    ['0_5', 'told', 'not_safe_to_ask', 'not_complete'],
    ['0_5', 'refuses', 'agrees', 'refused'],
    ['6_11', 'told', 'agrees', 'not_complete'],
    ['6_11', 'agrees', 'agrees', 'given'],
    ['12_14', 'agrees', 'not_asked', 'not_complete'],
    ['12_14', 'agrees', 'not_safe_to_ask', 'not_complete'],
    ['15_17', 'agrees', 'agrees', 'given'],
    ['15_17', 'agrees', 'not_safe_to_ask', 'given'],
    ['15_17', 'agrees', 'not_reached', 'not_complete'],
    ['15_17', 'agrees', 'refuses', 'refused'],
    ['15_17', 'not_asked', 'agrees', 'not_complete'],
    ['18_plus', 'agrees', 'not_asked', 'given'],
    ['not_known', 'agrees', 'not_safe_to_ask', 'not_complete'],
    ['not_known', 'agrees', 'agrees', 'given'],
  ]
  test.each(rows)('a child of %s that says %s and an adult who says %s: %s', (capacity, child, adult, expected) => {
    expect(standingOf(consent.bands, { capacity, child, adult })).toBe(expected)
  })

  test.each<[Capacity, ChildAnswer, AdultAnswer, string[]]>([
    ['12_14', 'agrees', 'not_asked', ['adult']],
    ['12_14', 'not_asked', 'agrees', ['child']],
    ['0_5', 'not_asked', 'not_asked', ['told', 'adult']],
    ['15_17', 'agrees', 'agrees', []],
    ['15_17', 'refuses', 'not_asked', []],
  ])(
    'for a child of %s that says %s and an adult who says %s it is told who is missing: %j',
    (capacity, child, adult, lacks) => {
      expect(lacksOf(consent.bands, { capacity, child, adult })).toEqual(lacks)
    },
  )
})

describe('a yes with a last day', () => {
  const yes = { id: 'a', standing: 'given', endsOn: '2026-03-10' } as const
  test.each([
    ['2026-03-10T16:59:00.000Z', 'given'],
    ['2026-03-10T17:00:00.000Z', 'over'],
  ])('at %s is %s, where the day ends at five in the afternoon of the world’s clock', (now, expected) => {
    const of = { ...yes, endsOn: yes.endsOn as never } // a day as the schema brands it
    expect(standsNow(of, [], instant(now), 'Asia/Jakarta')).toBe(expected)
  })
})

describe('a reason for telling without consent', () => {
  const decidedAt = instant('2026-03-10T18:00Z')
  test.each([
    ['2026-06-09T16:59:00.000Z', true, null],
    ['2026-06-09T17:00:00.000Z', true, 'basis_over'],
    ['2026-03-11T00:00:00.000Z', false, 'signature_first'],
  ])('at %s, signed: %s, is kept from opening anything by %s', (now, isSigned, problem) => {
    expect(basisProblem({ decidedAt, isSigned }, instant(now), 'Asia/Jakarta')?.reason ?? null).toBe(problem)
  })
})

describe('whom the country lets be told', () => {
  const reach = (code: string) => consent.recipients.find((one) => one.code === code)?.reach
  test('"authorities" is never one recipient: each kind of body has an answer of its own', () => {
    expect([
      reach('civil_registrar'),
      reach('defence_lawyer'),
      reach('judge_child'),
      reach('police_children_desk'),
      reach('counter_terrorism'),
    ]).toEqual(['parts', 'parts', 'words', 'words', 'nothing'])
  })
  test('no body of the security sector is ever given a part of a file', () => {
    const enforcement = consent.recipients.filter((one) => one.kind === 'enforcement')
    expect(enforcement.length).toBe(7)
    expect(enforcement.flatMap((one) => one.parts)).toEqual([])
  })
  test('every purpose has a text, in every language of the country', () => {
    const { pack } = loadCountry('countries', 'demo')
    for (const { code } of pack.codeLists.consent_purpose ?? []) {
      const text = consent.texts.find((one) => one.purpose === code)
      expect({ code, languages: Object.keys(text?.text ?? {}).sort() }).toEqual({
        code,
        languages: [...pack.languages].sort(),
      })
    }
  })
})
