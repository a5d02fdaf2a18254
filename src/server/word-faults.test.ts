import { describe, expect, test } from 'vitest'
import { codesOf, usedWords } from './used-words.ts'
import { type Catalogue, catalogueFaults, doorFaults, type DoNotUse, wordingFaults } from './word-faults.ts'

const SCREEN = `
  export const Page = ({ t, find, kind, late }) => (
    <main aria-label={t('cases.title')}>
      <p>{t(late ? 'cases.late' : 'cases.early', { count: 2 })}</p>
      <p>{find(\`cases.kind.\${kind}\`)} · {t('banner.training')}</p>
    </main>
  )`
const RULES = `
  export const op = { type: 'cases.open_case', payload: z.strictObject({ village: words(120).nullable() }) }
  if (closed) return refuse({ reason: 'case_closed' })
  throw new Refused(404, 'not_found')`
const ENGLISH: Record<string, string> = {
  'banner.training': 'Training data',
  'cases.early': 'Early',
  'cases.kind.note': 'Note',
  'cases.late': '{count, plural, one {# step late} other {# steps late}}',
  'cases.title': 'Cases',
  'did.cases.open_case': 'Case opened',
  'error.not_found': 'Not found',
  'field.name.village': 'Village',
  'refused.case_closed': 'This case is closed',
}

type Planted = {
  screen?: string
  rules?: string
  en?: Record<string, string | null>
  id?: Record<string, string | null>
  dv?: Record<string, string | null>
}

/** The faults found in a small, sound program with something planted in it. */
function faultsWith({ screen = SCREEN, rules = RULES, en = {}, id = {}, dv = {} }: Planted = {}): string[] {
  const catalogues = [
    catalogue('en', false, { ...ENGLISH, ...en }),
    catalogue('id', false, { ...ENGLISH, ...en, ...id }),
    catalogue('dv', true, { ...ENGLISH, ...en, ...dv }),
  ]
  const used = usedWords([{ path: 'src/features/cases/screens/Page.tsx', text: screen }])
  return catalogueFaults(catalogues, used, codesOf([{ path: 'src/features/cases/ops.ts', text: rules }]))
}

function catalogue(language: string, isDraft: boolean, texts: Record<string, string | null>): Catalogue {
  const entries = Object.entries(texts).flatMap(([id, text]) => (text === null ? [] : [{ id, text }]))
  return { language, isDraft, entries: entries.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

describe('the words of the program', () => {
  test('are sound when nothing is planted', () => {
    expect(faultsWith()).toEqual([])
  })

  test.each<[string, Planted, string]>([
    [
      'an id without an English message',
      { screen: SCREEN.replace('banner.training', 'banner.gone') },
      'banner.gone has no message',
    ],
    [
      'either side of a choice without a message',
      { screen: SCREEN.replace("'cases.early'", "'cases.never'") },
      'cases.never has no message',
    ],
    ['a message missing in a finished language', { id: { 'cases.title': null } }, 'id: cases.title has no message'],
    ['a safety word missing in a draft', { dv: { 'refused.case_closed': null } }, 'and it is a safety word'],
    [
      'a refusal without its sentence',
      { rules: RULES.replace('case_closed', 'case_sealed') },
      'refused.case_sealed has no message',
    ],
    [
      'an error code without its sentence',
      { rules: RULES.replace('not_found', 'gone_away') },
      'error.gone_away has no message',
    ],
    [
      'an operation without its line in the path',
      { rules: RULES.replace('open_case', 'move_case') },
      'did.cases.move_case has no message',
    ],
    [
      'a field for words without a name',
      { rules: RULES.replace('village', 'street') },
      'field.name.street has no message',
    ],
    ['an id nothing uses', { en: { 'cases.old': 'Old' } }, 'cases.old is used nowhere'],
    ['a sentence for a refusal no rule gives', { en: { 'refused.never': 'Never' } }, 'refused.never is used nowhere'],
    ['a translation of nothing', { id: { 'cases.extra': 'Lebih' } }, 'cases.extra is not in English'],
    ['a translation that loses a number', { id: { 'cases.late': 'terlambat' } }, 'id: cases.late leaves out {count}'],
    ['a translation that asks for what nobody gives', { id: { 'cases.title': 'Kasus {nama}' } }, 'asks for {nama}'],
    ['a message that cannot be read', { en: { 'cases.title': 'Cases {' } }, 'cannot be read'],
    [
      'text between tags',
      { screen: SCREEN.replace('<main', '<main><h1>My cases</h1').replace('</h1', '</h1><b') },
      '“My cases”',
    ],
    ['text in braces', { screen: SCREEN.replace("{t('banner.training')}", "{late && 'Too late'}") }, '“Too late”'],
    ['text glued to a value', { screen: SCREEN.replace("{t('banner.training')}", '{`${late} steps`}') }, '“steps”'],
    [
      'text in a label only a screen reader says',
      { screen: SCREEN.replace("{t('cases.title')}", '"Cases"') },
      '“Cases”',
    ],
  ])('do not pass with %s', (_title, planted, sentence) => {
    expect(faultsWith(planted).join('\n')).toContain(sentence)
  })

  test('may lack an everyday message in a draft language, which then stands in English', () => {
    expect(faultsWith({ dv: { 'cases.title': null } })).toEqual([])
  })

  test('may leave out a number that only chooses the English form', () => {
    const en = { 'cases.late': '{count, plural, one {step late} other {steps late}}' }
    expect(faultsWith({ en, id: { 'cases.late': 'langkah terlambat' } })).toEqual([])
  })

  test('are there before anybody has signed in, where the shell says them', () => {
    const used = usedWords([{ path: 'src/web/Root.tsx', text: "t('frame.hide'); t('cases.title')" }])
    expect(doorFaults(used, ['cases.'])).toEqual([
      'src/web/Root.tsx:1: cases.title is fetched only after signing in (locales/after-sign-in.json).',
    ])
  })

  test('stand in order, each once', () => {
    const used = usedWords([{ path: 'a.tsx', text: "t('b'); t('a')" }])
    const entries = ['b', 'a', 'a'].map((id) => ({ id, text: id }))
    expect(catalogueFaults([{ language: 'en', isDraft: false, entries }], used, { wanted: [] })).toEqual([
      'en: a is out of order; npm run words sorts.',
      'en: a stands there twice.',
    ])
  })
})

describe('a word we do not use', () => {
  const list: DoNotUse[] = [
    {
      pattern: 'child soldiers?',
      instead: 'child associated with an armed group',
      severity: 'error',
      allow_in: ['quotation'],
    },
    { pattern: 'minors?', instead: 'child', severity: 'warning' },
  ]
  const found = (text: string, kind: 'words' | 'label' | 'document') =>
    wordingFaults([{ at: 'here', text, kind }], list).length

  test.each([
    ['is found in a catalogue', 'Child soldiers', 'words', 1],
    ['is found in a pack’s label', 'a child soldier', 'label', 1],
    ['is found in a document', 'a child soldier', 'document', 1],
    ['may be quoted in a document', 'the court wrote “child soldier”', 'document', 0],
    ['may not be quoted in a catalogue', 'the court wrote “child soldier”', 'words', 1],
    ['is found in a catalogue when it is only doubtful', 'the minor', 'words', 1],
    ['passes elsewhere when it is only doubtful', 'a minor change', 'document', 0],
    ['is not found inside another word', 'minority', 'words', 0],
  ] as const)('%s', (_title, text, kind, count) => {
    expect(found(text, kind)).toBe(count)
  })
})
