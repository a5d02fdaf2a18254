import { useState } from 'react'
import type { Code } from '../../../core/country.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { isLanguage, LANGUAGES } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeOptions, codeText, optionsOf } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import type { AssociationRecord } from '../association.ts'
import { makeReady, recordAssociation } from '../ops.ts'
import { AskCircumstances } from './AskCircumstances.tsx'
import { Circumstances, type Told } from './Circumstances.tsx'
import { MakeReady } from './MakeReady.tsx'
import { useSendNow } from './send-now.ts'

/** Whose role has this part; the server decides by the case itself. */
const HAVE_IT = ['case_worker', 'supervisor']

type FromServer = {
  mayBeAsked: boolean
  records: (AssociationRecord & { writtenByName: string | null })[]
  lists: { circumstances: Code[]; roles: Code[] }
}

/** The part as the server opens it: asked each time, kept nowhere. */
function usePart() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const desk = useDesk()
  const [reason] = useReason(caseId)
  const goOn = useGoOn()
  const send = useSendNow()
  const asked = useAnswer(
    `circumstances|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () => (await desk.app.api.get(`/api/cases/${caseId}/association`, reasonHeaders(caseId))) as FromServer,
  )
  const back = () => goOn(`/cases/${caseId}/circumstances`)
  const problem =
    asked.state !== 'failed'
      ? null
      : asked.code === 'no_connection'
        ? desk.speech.t('association.needs_line')
        : errorText(desk.speech, asked.code)
  return { ...desk, caseId, found, part: asked.state === 'answered' ? asked.value : null, problem, back, send }
}

export function CircumstancesPage() {
  const { caseId, found, part, problem, speech, pack, now, person } = usePart()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row, timeZone } = found.opened
  const textOf = (list: readonly Code[], code: string) =>
    speech.label(list.find((each) => each.code === code)?.label ?? { en: code })

  function told(one_: FromServer['records'][number]): Told {
    const corrected = part?.records.find((each) => each.id === one_.corrects)
    const { circumstances = [], roles = [] } = part?.lists ?? {}
    return {
      id: one_.id,
      when: momentText(speech, one_.toldAt, timeZone, now),
      by: [t(`association.said_by.${one_.saidBy}`), one_.writtenByName].filter((text) => text !== null).join(' · '),
      corrects:
        corrected === undefined
          ? null
          : t('association.corrects', { when: momentText(speech, corrected.toldAt, timeZone, now) }),
      circumstances: one_.circumstances.map((code) => textOf(circumstances, code)),
      roles: one_.roles.map((code) => textOf(roles, code)),
      wayOut: one_.wayOut === null ? null : codeText(pack, 'exit_mode', speech, one_.wayOut),
      childSays: one_.childSays,
      helpNeeded: one_.helpNeeded,
    }
  }

  return (
    <Circumstances
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      told={part?.records.map(told) ?? null}
      mayBeAsked={part?.mayBeAsked ?? false}
      canWrite={row.state === 'open' && person.role === 'case_worker'}
      problem={problem}
    />
  )
}

export function AskPage() {
  const { caseId, found, part, problem, desk, speech, pack, now, back, send } = usePart()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  if (part === null)
    return <NotThere found={problem === null ? { state: 'asking' } : { state: 'failed', code: 'no_connection' }} />
  // Closed while authorities deal with the child: the page says why, and what comes first.
  if (!part.mayBeAsked) return <CircumstancesPage />
  const options = (list: readonly Code[]) => optionsOf(list, speech)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const saidBy = pick(['child', 'family', 'authority', 'worker'] as const, one(values, 'saidBy'))
    if (saidBy === null) return { saidBy: speech.t('field.needed') }
    const wrong = await send(recordAssociation, {
      id,
      caseId,
      toldAt: now,
      corrects: null,
      saidBy,
      circumstances: many(values, 'circumstances'),
      roles: many(values, 'roles'),
      wayOut: wordsOf(values, 'wayOut'),
      childSays: wordsOf(values, 'childSays'),
      helpNeeded: wordsOf(values, 'helpNeeded'),
    })
    if (wrong === null) back()
    return wrong
  }
  return (
    <AskCircumstances
      speech={speech}
      alias={found.opened.case.alias}
      lists={{
        circumstances: options(part.lists.circumstances),
        roles: options(part.lists.roles),
        waysOut: codeOptions(pack, 'exit_mode', speech),
      }}
      draft={desk.drafts.inMemory(`circumstances/${caseId}`)}
      submit={submit}
    />
  )
}

export function ReadyPage() {
  const { caseId, found, desk, speech, pack, now, person, back, send } = usePart()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const [lawyer, toldBy, language] = [one(values, 'lawyer'), one(values, 'toldBy'), one(values, 'language')]
    if (lawyer === '') return { lawyer: speech.t('field.needed') }
    if (language === '') return { language: speech.t('field.needed') }
    const wrong = await send(makeReady, { id, caseId, toldAt: now, language, lawyer, toldBy })
    if (wrong === null) back()
    return wrong
  }
  return (
    <MakeReady
      speech={speech}
      alias={found.opened.case.alias}
      languages={pack.languages.filter(isLanguage).map((value) => ({ value, label: LANGUAGES[value].name }))}
      start={{ toldBy: [person.name], language: [speech.language] }}
      draft={desk.drafts.inMemory(`circumstances-ready/${caseId}`)}
      submit={submit}
    />
  )
}

/** The way in stands on every case alike, and says nothing of what is behind it. */
export function Strip({ caseId }: { caseId: string }) {
  const { speech, person } = useDesk()
  if (!HAVE_IT.includes(person.role)) return null
  return (
    <section className="group not-printed">
      <h2>{speech.t('association.strip')}</h2>
      <To href={`/cases/${caseId}/circumstances`} className="line">
        {speech.t('association.strip_open')}
      </To>
    </section>
  )
}
