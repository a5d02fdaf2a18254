import type { PublicPack } from '../../../core/country.ts'
import type { Speech } from '../../../web/language.ts'
import type { ChildCase } from '../case.ts'
import { regionText } from './codes.ts'

/** Sex, age band and place, from codes: what a list may say beside an alias. */
export function aboutText(
  { speech, pack }: { speech: Speech; pack: PublicPack },
  { sex, ageBand, region }: Pick<ChildCase, 'sex' | 'ageBand' | 'region'>,
): string {
  const { t } = speech
  return [t(`cases.sex.${sex}`), t(`cases.age.${ageBand}`), regionText(pack, speech, region)].join(' · ')
}
