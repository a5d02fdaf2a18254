import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { OtherSystem } from './OtherSystem.tsx'
import { type Told, useTold } from './use-told.ts'

export function OtherSystemPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, speech, pack } = useDesk()
  const sectionsOf = useTold()
  const [system] = pack.otherSystems
  // Our own server answers in its own schema. Asked once: each answer is a copy, and written down.
  const asked = useAnswer(
    `copy|${caseId}|${reason}`,
    async () => ((await app.api.get(`/api/cases/${caseId}/copy`, reasonHeaders(caseId))) as { fields: Told[] }).fields,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const fields = asked.state === 'answered' ? asked.value : []

  return (
    <OtherSystem
      speech={speech}
      title={speech.t('copies.system_title', {
        alias: row.alias,
        name: system === undefined ? '' : speech.label(system.name),
      })}
      sections={system === undefined || fields.length === 0 ? [] : sectionsOf(system, fields, timeZone)}
      isFetching={asked.state === 'asking'}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      isGuess={system?.confidence !== 'confirmed_by_counsel'}
      print={() => window.print()}
    />
  )
}
