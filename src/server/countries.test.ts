import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countryCodes, loadCountry } from './countries.ts'

const CODES = countryCodes('countries')

describe('the packs that come with Kembali', () => {
  test('are a fictional country and the four countries of the Call', () => {
    expect(CODES).toEqual(['IDN', 'MDV', 'MYS', 'PHL', 'demo'])
  })

  test.each(CODES)('%s loads, with all 49 safeguards and every code list', (code) => {
    const { pack, files } = loadCountry('countries', code)
    expect(pack.safeguards).toHaveLength(49)
    // Two lists are of part `association`: they stay on the server.
    expect(Object.keys(pack.codeLists)).toHaveLength(readdirSync('countries/international/code-lists').length - 2)
    expect(pack.codeLists).not.toHaveProperty('association_role')
    expect(files.sharing.rules.length).toBeGreaterThan(30)
    expect(files.monitoring.disclosure_control.rules.map((rule) => rule.id)).toContain('SDC-10')
    expect(files.roadmap.commitments.flatMap((commitment) => commitment.measures)).toHaveLength(36)
  })

  test('have every safeguard in Indonesian', () => {
    const { pack } = loadCountry('countries', 'IDN')
    expect(pack.safeguards.filter((rule) => rule.title.id === undefined || rule.rule.id === undefined)).toEqual([])
  })

  test('hold 108 rows of law, none of which counsel has confirmed', () => {
    const rows = CODES.flatMap((code) => Object.values(loadCountry('countries', code).files.law?.sections ?? {}).flat())
    expect(rows).toHaveLength(108)
    expect(new Set(rows.map((row) => row.confidence))).toEqual(new Set(['verified', 'recalled']))
    expect(rows.every((row) => row.needs_review_by_national_counsel)).toBe(true)
  })

  test('hold the eleven national limits, each with its confidence', () => {
    const limits = CODES.flatMap((code) => loadCountry('countries', code).files.limits)
    expect(limits).toHaveLength(11)
    expect(limits.filter((limit) => limit.confidence === 'recalled').map((limit) => limit.parameter)).toEqual([
      'minimum_age_of_criminal_responsibility',
      'arrest_limit_hours',
    ])
  })

  test('hold 434 codes in 44 lists, each with an English and an Indonesian label', () => {
    const lists = readdirSync('countries/international/code-lists')
    const rows = lists.flatMap((name) =>
      readFileSync(join('countries/international/code-lists', name), 'utf8').trim().split('\n').slice(1),
    )
    expect(lists).toHaveLength(44)
    expect(rows).toHaveLength(434)
    const { pack } = loadCountry('countries', 'demo')
    const unlabelled = Object.values(pack.codeLists)
      .flat()
      .filter((code) => code.label.en === undefined || code.label.id === undefined)
    expect(unlabelled).toEqual([])
  })
})

describe('a deadline', () => {
  test.each(CODES)('of %s always carries citation, source and confidence', (code) => {
    const { pack } = loadCountry('countries', code)
    const deadlines = pack.safeguards.filter((rule) => rule.limit !== null)
    expect(deadlines.length).toBeGreaterThan(15)
    for (const rule of deadlines) {
      expect(rule.limitSources.length, rule.id).toBeGreaterThan(0)
      expect(
        rule.limitSources.every((source) => pack.sources[source.id] !== undefined),
        rule.id,
      ).toBe(true)
      expect(['recalled', 'verified'], rule.id).toContain(rule.limitConfidence)
    }
  })

  test('that is only recalled is marked as such', () => {
    const { pack } = loadCountry('countries', 'demo')
    const recalled = pack.safeguards.filter((rule) => rule.limitConfidence === 'recalled').map((rule) => rule.id)
    expect(recalled).toEqual(expect.arrayContaining(['SG-LIB-04', 'SG-LIB-05', 'SG-LIB-06']))
    expect(pack.safeguards.find((rule) => rule.id === 'SG-LIB-02')?.limitConfidence).toBe('verified')
  })

  test('of national law times the clock where it is stricter', () => {
    const handover = loadCountry('countries', 'PHL').pack.safeguards.find((rule) => rule.id === 'SG-HND-02')
    expect(handover).toMatchObject({
      limit: 'PT24H',
      kind: 'hard',
      otherLimit: { of: 'international', limit: 'PT48H' },
    })
  })

  test('of national law stands beside the clock where it is weaker', () => {
    const weaker = edited('MDV/safeguards.yaml', (text) =>
      text.replace(
        'id: SG-LIB-02',
        'id: SG-LIB-02\n    clock: {limit: PT48H, kind: hard, confidence: verified, sources: [{id: MDV-ATA19}], warn_before: PT6H}',
      ),
    )
    const judge = loadCountry(weaker, 'MDV').pack.safeguards.find((rule) => rule.id === 'SG-LIB-02')
    expect(judge).toMatchObject({ limit: 'PT24H', otherLimit: { of: 'national', limit: 'PT48H' } })
  })
})

/** The packs with one file changed. */
function edited(file: string, change: (text: string) => string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'kembali-packs-')), 'countries')
  cpSync('countries', folder, { recursive: true })
  const path = join(folder, file)
  const before = file.endsWith('new.csv') || file.endsWith('sharing.yaml') ? '' : readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  return folder
}

describe('a wrong file stops the start with its name, line and one sentence', () => {
  const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to)
  test.each<[string, string, (text: string) => string, string]>([
    [
      'a wrong type',
      'IDN/country.yaml',
      swap('value: 18', 'value: eighteen'),
      'countries/IDN/country.yaml, line 5: ageOfMajority.value: Invalid input: expected number, received string.',
    ],
    [
      'an unknown key',
      'IDN/country.yaml',
      swap('holidays: []', 'holidays: []\nanthem: none'),
      'line {last}: Unrecognized key: "anthem".',
    ],
    [
      'a missing key',
      'IDN/country.yaml',
      swap('languages: [id, en]\n', ''),
      'countries/IDN/country.yaml, line 1: languages: Invalid input: expected array, received undefined.',
    ],
    [
      'a time zone that does not exist',
      'IDN/country.yaml',
      swap('timeZone: Asia/Jakarta', 'timeZone: Asia/Atlantis'),
      'line 4: timeZone: no such time zone.',
    ],
    [
      'a bad duration',
      'PHL/safeguards.yaml',
      swap('limit: PT24H', 'limit: 24 hours'),
      'countries/PHL/safeguards.yaml, line 4: overrides.0.clock.limit: Invalid string',
    ],
    [
      'a deadline without a citation',
      'PHL/safeguards.yaml',
      swap('sources: [{id: RA11188-S24, locator: sec. 24}]', 'sources: []'),
      'line 4: overrides.0.clock.sources: a limit names at least one source.',
    ],
    [
      'a citation that leads nowhere',
      'PHL/safeguards.yaml',
      swap('RA11188-S24', 'RA-UNKNOWN'),
      'line 4: sources.yaml has no source RA-UNKNOWN.',
    ],
    [
      'a safeguard that does not exist',
      'PHL/safeguards.yaml',
      swap('id: SG-HND-01', 'id: SG-XXX-01'),
      'line 3: there is no safeguard SG-XXX-01 to override.',
    ],
    [
      'a limit confirmed by somebody who is not counsel',
      'PHL/safeguards.yaml',
      swap('confidence: verified', 'confidence: confirmed_by_counsel'),
      'line 4: only a review by national counsel that law.yaml names and dates can confirm a value.',
    ],
    [
      'YAML that cannot be read',
      'MYS/safeguards.yaml',
      swap('overrides:', 'overrides: ['),
      'countries/MYS/safeguards.yaml, line',
    ],
    [
      'a row of law that stands twice',
      'MYS/law.yaml',
      swap('id: MYS-TRE-02', 'id: MYS-TRE-01'),
      'the row MYS-TRE-01 stands twice.',
    ],
    [
      'a row of law without a source',
      'MDV/law.yaml',
      swap(/sources: \[\{id: [^\]]*\], confidence: verified/, 'sources: [], confidence: verified'),
      'a row that is not "recalled" names at least one source.',
    ],
    [
      'a row of law that meets nothing we know',
      'IDN/law.yaml',
      swap('against: [PRE-1.2]', 'against: [PRE-9.9]'),
      'there is no measure or safeguard PRE-9.9.',
    ],
    [
      'a file in the folder of another country',
      'MDV/law.yaml',
      swap('iso3: MDV', 'iso3: MYS'),
      'countries/MDV/law.yaml, line 1: the folder is MDV, the file says MYS.',
    ],
    [
      'a code that stands twice',
      'international/code-lists/sex.csv',
      (text) => `${text.trim()}\nmale,Boy,Laki-laki,,,,,\n`,
      'countries/international/code-lists/sex.csv, line 6: the code male stands twice; close a code with a date, never reuse it.',
    ],
    [
      'a code without an English label',
      'international/code-lists/sex.csv',
      swap('male,Male', 'male,'),
      'sex.csv, line 3: label: English is missing.',
    ],
    [
      'a column nobody knows',
      'international/code-lists/sex.csv',
      swap('primero', 'primary'),
      'sex.csv, line 1: there is no column called primary;',
    ],
    ['a quote that is never closed', 'international/code-lists/sex.csv', swap('Male', '"Male'), 'sex.csv, line'],
    [
      'a recipient that stands twice',
      'international/sharing.yaml',
      () =>
        readFileSync('countries/international/sharing.yaml', 'utf8').replace(
          'recipient: supervisor',
          'recipient: caseworker',
        ),
      'the recipient caseworker stands twice.',
    ],
    [
      'a country that widens what may be shared',
      'MYS/sharing.yaml',
      () => 'narrows:\n  - recipient: counter_terrorism\n    may: [D0, D3]\n    why: asked for\n',
      'countries/MYS/sharing.yaml, line 3: a country may only narrow: counter_terrorism does not get D3 anywhere.',
    ],
    [
      'a threshold below five',
      'international/monitoring.yaml',
      swap('internal: {min_cell: 5}', 'internal: {min_cell: 3}'),
      'countries/international/monitoring.yaml, line 21: disclosure_control.thresholds.internal.min_cell: Too small',
    ],
    [
      'a choice without options',
      'demo/questions.yaml',
      (text) => text.replace(/ {8}options:\n(?: {10}.*\n)+/, ''),
      'countries/demo/questions.yaml, line 6: adds.0.questions.0.kind: a choice needs two options at least, or a list.',
    ],
    [
      'a question in a section that does not exist',
      'demo/questions.yaml',
      swap('section: education', 'section: schooling'),
      'countries/demo/questions.yaml, line 3: there is no section schooling.',
    ],
    [
      'a question in a step that does not exist',
      'demo/questions.yaml',
      swap('step: follow_up', 'step: after_care'),
      'countries/demo/questions.yaml, line 39: sections.2.step: Invalid option',
    ],
    [
      'a question that is there already',
      'demo/questions.yaml',
      swap('id: nc_boat', 'id: edu_last'),
      'the question edu_last stands twice; close one with validTo, never reuse it.',
    ],
    [
      'a need that is asked before a strength',
      'international/questions.yaml',
      swap('id: fam_good, about: strength', 'id: fam_good, about: need'),
      'strengths and wishes are asked before needs: fam_cares stands after a need.',
    ],
    [
      'a list that only a restricted part may hold',
      'international/questions.yaml',
      swap('list: care_arrangement', 'list: association_role'),
      'there is no list association_role that may go to a phone.',
    ],
    [
      'a time frame without its source in the registry',
      'demo/country.yaml',
      swap(
        'holidays: []',
        'timeFrames:\n  high: {firstContact: PT12H, assessment: P5D, plan: P7D, followUpEvery: P3D, sources: [{id: NOBODY}], confidence: recalled}\nholidays: []',
      ),
      'countries/demo/country.yaml, line 14: sources.yaml has no source NOBODY.',
    ],
    [
      'a measure of an area that does not exist',
      'international/roadmap.yaml',
      swap('area: PRE\n', 'area: XYZ\n'),
      'there is no area XYZ.',
    ],
  ])('%s', (_title, file, change, expected) => {
    const folder = edited(file, change)
    const code = /^[A-Z]{3}\//.test(file) ? file.slice(0, 3) : 'demo'
    const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length
    const said = whyNot(folder, code)
    expect(said).toContain(expected.replace('{last}', String(lines)))
    expect(said).toMatch(new RegExp(`^countries/${file.replaceAll('.', '\\.')}, line \\d+: [^\\n]+\\.$`))
  })

  test('a file that is not there', () => {
    expect(whyNot('countries', 'XYZ')).toBe('There is no country pack called XYZ. Packs: IDN, MDV, MYS, PHL, demo.')
  })

  function whyNot(folder: string, code: string): string {
    try {
      loadCountry(folder, code)
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
    return 'it loads'
  }
})

describe('a country lays its own lists over the international ones', () => {
  test('it relabels and closes codes, and none disappears', () => {
    const folder = edited('MYS/country.yaml', (text) => `${text}\n`)
    cpSync(join(folder, 'international/code-lists'), join(folder, 'MYS/code-lists'), { recursive: true })
    writeFileSync(
      join(folder, 'MYS/code-lists/sex.csv'),
      'code,en,ms,valid_to,maps_to\nfemale,Girl,Perempuan,2026-12-31,\nboy_here,Boy,Lelaki,,male\n',
    )
    const { sex = [] } = loadCountry(folder, 'MYS').pack.codeLists
    expect(sex.map((code) => code.code)).toEqual(['female', 'male', 'another', 'not_stated', 'boy_here'])
    expect(sex[0]).toMatchObject({ label: { en: 'Girl', ms: 'Perempuan' }, validTo: '2026-12-31' })
    expect(sex.at(-1)?.mapsTo).toBe('male')
  })

  test('a code of its own says as which international one it is counted', () => {
    const folder = edited('MYS/country.yaml', (text) => `${text}\n`)
    cpSync(join(folder, 'international/code-lists'), join(folder, 'MYS/code-lists'), { recursive: true })
    writeFileSync(join(folder, 'MYS/code-lists/sex.csv'), 'code,en\nboy_here,Boy\n')
    expect(() => loadCountry(folder, 'MYS')).toThrow(
      'countries/MYS/code-lists/sex.csv, line 2: the code boy_here is new: maps_to names the international code it is counted as.',
    )
  })
})

describe('a country may only narrow what is shared', () => {
  test('what it takes away is gone from its table, and nothing else', () => {
    const folder = edited(
      'PHL/sharing.yaml',
      () => 'narrows:\n  - {recipient: caseworker, may: [D2, D3], why: a test}\n',
    )
    const { rules } = loadCountry(folder, 'PHL').files.sharing
    expect(rules.find((rule) => rule.recipient === 'caseworker')?.may).toEqual(['D2', 'D3'])
    expect(rules.find((rule) => rule.recipient === 'supervisor')?.may).toContain('D4')
  })
})

test('no program text knows a country: what differs between countries is data', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  )
  const knowing = sources.filter((name) =>
    /['"`](IDN|MYS|MDV|PHL|Indonesia|Malaysia|Maldives|Philippines)['"`]|===\s*['"`]demo['"`]\s*\?.*countr/.test(
      readFileSync(join('src', name), 'utf8'),
    ),
  )
  expect(knowing).toEqual([])
})

describe('what is asked in each step', () => {
  const { pack } = loadCountry('countries', 'demo')
  test('is about a strength or a wish before it is about a need, in every section', () => {
    for (const { id, questions } of pack.questions) {
      const needs = questions.map((question) => question.about === 'need')
      expect({ id, inOrder: needs.indexOf(true) === -1 || !needs.slice(needs.indexOf(true)).includes(false) }).toEqual({
        id,
        inOrder: true,
      })
    }
  })
  test('covers every domain of an assessment, about six questions each, in English and Indonesian', () => {
    const assessment = pack.questions.filter((section) => section.step === 'assessment')
    expect(assessment.map((section) => section.id)).toEqual([
      'strengths',
      'family',
      'safety',
      'wellbeing',
      'functioning',
      'education',
      'livelihood',
      'documents',
      'community',
      'account',
      'clinic',
    ])
    for (const { title, questions } of assessment) {
      expect(questions.length).toBeLessThanOrEqual(6)
      for (const { en, id } of [title, ...questions.map((question) => question.ask)])
        expect([en, id]).not.toContain(undefined)
    }
  })
  test('of health is written in part health, and of what happened in part narrative', () => {
    const part = (id: string) => pack.questions.find((section) => section.id === id)?.part
    expect([part('clinic'), part('account'), part('family')]).toEqual(['health', 'narrative', 'services'])
  })
  test('grows by what a country adds, in its place', () => {
    const education = pack.questions.find((section) => section.id === 'education')
    expect(education?.questions.map((question) => question.id)).toContain('nc_boat')
  })
})

test('time frames follow from the risk to the child, are recalled, and say so', () => {
  const { timeFrames } = loadCountry('countries', 'demo').pack
  expect(timeFrames.high).toMatchObject({
    firstContact: 'PT24H',
    assessment: 'P7D',
    plan: 'P14D',
    followUpEvery: 'P7D',
  })
  expect(new Set(Object.values(timeFrames).map((frame) => frame.confidence))).toEqual(new Set(['recalled']))
})
