import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { valueText } from '../../cases/screens/value-text.ts'
import { OtherSystem, type OrderedSection } from './OtherSystem.tsx'

type FromServer = {
  section: number
  field: number
  thing: string
  name: string
  list: string | null
  values: unknown[]
}

export function OtherSystemPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, speech, pack, now } = useDesk()
  const [system] = pack.otherSystems
  // Our own server answers in its own schema. Asked once: each answer is a copy, and written down.
  const asked = useAnswer(
    `copy|${caseId}|${reason}`,
    async () =>
      ((await app.api.get(`/api/cases/${caseId}/copy`, reasonHeaders(caseId))) as { fields: FromServer[] }).fields,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const fields = asked.state === 'answered' ? asked.value : []

  function sections(): OrderedSection[] {
    if (system === undefined || fields.length === 0) return []
    return system.sections.map(({ label, fields: wanted }, section) => ({
      label: speech.label(label),
      fields: wanted.map((want, at) => {
        const one = fields.find((field) => field.section === section && field.field === at)
        const texts = (one?.values ?? []).map((value) => textOf(one, value))
        return {
          key: `${section}/${at}`,
          label: speech.label(want.label),
          text: texts.length === 0 ? '–' : texts.join('; '),
          code: codeOf(one),
        }
      }),
    }))
  }

  function textOf(one: FromServer | undefined, value: unknown): string {
    const { thing = '', name = '', list = null } = one ?? {}
    return valueText({ speech, pack, timeZone, now }, { thing, field: name, list }, value)
  }

  /** The other system's own code, where the list of the country knows it. */
  function codeOf(one: FromServer | undefined): string | null {
    const codes = (one?.values ?? []).flatMap((value) => {
      const known = pack.codeLists[one?.list ?? '']?.find(({ code }) => code === value)
      return known?.primero ?? []
    })
    return codes.length === 0 ? null : codes.join('; ')
  }

  return (
    <OtherSystem
      speech={speech}
      title={speech.t('copies.system_title', {
        alias: row.alias,
        name: system === undefined ? '' : speech.label(system.name),
      })}
      sections={sections()}
      isFetching={asked.state === 'asking'}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      isGuess={system?.confidence !== 'confirmed_by_counsel'}
      print={() => window.print()}
    />
  )
}
