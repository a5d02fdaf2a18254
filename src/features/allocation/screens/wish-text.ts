import type { PublicPack } from '../../../core/country.ts'
import { LANGUAGES } from '../../../web/language.ts'
import type { Speech } from '../../../web/language.ts'
import { codeText } from '../../cases/screens/codes.ts'
import type { ChildWish, Fit } from '../wish.ts'

type Around = { speech: Speech; pack: PublicPack }

/** A language by its own name, or by the country's. */
export function languageText({ speech, pack }: Around, code: string): string {
  if (pack.codeLists.languages !== undefined) return codeText(pack, 'languages', speech, code)
  return code in LANGUAGES ? LANGUAGES[code as keyof typeof LANGUAGES].name : code // just seen to be one of them
}

/** The languages of a country, as choices. */
export function languageOptions(around: Around): { value: string; label: string }[] {
  const own = around.pack.codeLists.languages?.map(({ code }) => code) ?? around.pack.languages
  return own.map((value) => ({ value, label: languageText(around, value) }))
}

/** What a child wishes, in a line; null where it wished nothing. */
export function wishText(around: Around, wish: Pick<ChildWish, 'prefers' | 'language'> | null): string | null {
  if (wish === null) return null
  const { prefers, language } = wish
  const said = [
    prefers === null ? '' : around.speech.t(`allocation.prefers.${prefers}`),
    language === null ? '' : languageText(around, language),
  ].filter((text) => text !== '')
  return said.length === 0 ? null : said.join(' · ')
}

/** How a worker fits the wish, in words: what fits and what does not, and nothing where nobody has said. */
export function fitText({ speech: { t } }: Around, fit: Fit): string {
  return [
    fit.language === null ? '' : t(fit.language ? 'allocation.speaks' : 'allocation.speaks_not'),
    fit.gender === null ? '' : t(fit.gender ? 'allocation.as_wished' : 'allocation.not_as_wished'),
  ]
    .filter((text) => text !== '')
    .join(' · ')
}
