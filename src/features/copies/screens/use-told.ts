import type { OtherSystem } from '../../../core/office-work.ts'
import { useDesk } from '../../../web/app-context.ts'
import { onPaper } from '../../../web/language.ts'
import { valueText } from '../../cases/screens/value-text.ts'
import type { OrderedSection } from './OtherSystem.tsx'

/** One field of a layout as the server answers it, with everything we know of it. */
export type Told = {
  section: number
  field: number
  thing: string
  name: string
  list: string | null
  values: unknown[]
}

/** What is known of one case in the order of a layout, in words; a dash where nobody has said anything. */
export function useTold(): (layout: OtherSystem, fields: readonly Told[], timeZone: string) => OrderedSection[] {
  const { speech: said, pack, now } = useDesk()
  const speech = onPaper(said) // it is typed into another system, or read there
  return (layout, fields, timeZone) =>
    layout.sections.map(({ label, fields: wanted }, section) => ({
      label: speech.label(label),
      fields: wanted.map((want, at) => {
        const one = fields.find((field) => field.section === section && field.field === at)
        const { thing = '', name = '', list = null, values = [] } = one ?? {}
        const texts = values.map((value) =>
          valueText({ speech, pack, timeZone, now }, { thing, field: name, list }, value),
        )
        return {
          key: `${section}/${at}`,
          label: speech.label(want.label),
          text: texts.length === 0 ? '–' : texts.join('; '),
          code: codeOf(list, values),
        }
      }),
    }))

  /** The other system's own code, where the list of the country knows it. */
  function codeOf(list: string | null, values: readonly unknown[]): string | null {
    const codes = values.flatMap((value) => {
      const known = pack.codeLists[list ?? '']?.find(({ code }) => code === value)
      return known?.primero ?? []
    })
    return codes.length === 0 ? null : codes.join('; ')
  }
}
