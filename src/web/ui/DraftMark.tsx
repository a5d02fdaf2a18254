import { LANGUAGES, type Speech } from '../language.ts'

/** On a paper in a language that still waits for a native reader: whoever holds it knows that its words may be wrong. */
export function DraftMark({ speech: { t, language } }: { speech: Pick<Speech, 't' | 'language'> }) {
  return LANGUAGES[language].draft ? <p className="tiny">{t('paper.draft')}</p> : null
}
