import type { Code, PublicPack } from '../../../core/country.ts'
import type { Speech } from '../../../web/language.ts'
import { isLanguage, LANGUAGES } from '../../../web/language.ts'
import type { Option } from '../../../web/ui/Field.tsx'

/** The choices of a country's list, in its own order; a code that was closed is not offered any more. */
export function codeOptions(pack: PublicPack, list: string, speech: Pick<Speech, 'label'>): Option[] {
  return optionsOf(codesOf(pack, list), speech)
}

/** Without a list of its own a country's languages are those of the program, each called as it calls itself. */
function codesOf(pack: PublicPack, list: string): readonly Pick<Code, 'code' | 'label' | 'validTo'>[] {
  if (list === 'regions') return pack.regions.map(({ code, label }) => ({ code, label, validTo: null }))
  const codes = pack.codeLists[list]
  if (codes !== undefined || list !== 'languages') return codes ?? []
  return pack.languages.map((code) => ({
    code,
    label: { en: isLanguage(code) ? LANGUAGES[code].name : code },
    validTo: null,
  }))
}

/** The same of a list that is not everybody's, and comes with the part it belongs to. */
export function optionsOf(
  codes: readonly Pick<Code, 'code' | 'label' | 'validTo'>[],
  { label }: Pick<Speech, 'label'>,
): Option[] {
  return codes.filter((code) => code.validTo === null).map((code) => ({ value: code.code, label: label(code.label) }))
}

/** The label of a code, also of one that is no longer offered; the code itself where a list has lost it. */
export function codeText(pack: PublicPack, list: string, { label }: Pick<Speech, 'label'>, code: string): string {
  const found = codesOf(pack, list).find((one) => one.code === code)
  return found === undefined ? code.replaceAll('_', ' ') : label(found.label)
}

export function regionText(pack: PublicPack, { label }: Pick<Speech, 'label'>, region: string): string {
  const found = pack.regions.find((one) => one.code === region)
  return found === undefined ? region : label(found.label)
}
