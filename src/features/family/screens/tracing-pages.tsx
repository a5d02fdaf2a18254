import { useState } from 'react'
import { type Day, Day as DaySchema, dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { changes } from '../../cases/screens/changes.ts'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { isWeighedHere } from '../../cases/screens/weighed-here.ts'
import { addStep, editTracing, reunify, verify } from '../ops.ts'
import { goesBack, isVerified, visitedBy } from '../tracing.ts'
import { type ShownFact, Tracing } from './Tracing.tsx'
import { ReunifyForm, StepForm, TracingForm, VerifyForm } from './tracing-forms.tsx'
import { type Family, useFamily } from './use-family.ts'

/** What every screen of a search works with; `tracing` is the one its path names. */
function useTracing() {
  const caseId = useCaseId()
  const { tracingId }: { tracingId?: string } = useParams() // the path of some of these screens names it
  const found = useCase(caseId)
  const { family, problem, isAsking } = useFamily(caseId)
  const desk = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  const timeZone = found.state === 'found' ? found.opened.timeZone : 'UTC'
  const today = dayOf(desk.now, timeZone)
  return {
    ...desk,
    id,
    caseId,
    found,
    family,
    problem,
    record,
    timeZone,
    today,
    tracingId: tracingId ?? null,
    tracing: family.tracings.find((each) => each.id === tracingId),
    missing: { state: 'failed', code: 'not_found' } as const,
    wait: isAsking ? ({ state: 'asking' } as const) : null,
    back: () => goOn(`/cases/${caseId}/tracing`),
    draftOf: (form: string) => desk.desk.drafts.of(`${form}/${caseId}/${tracingId ?? ''}`),
    onDay: (day: Day) => dayText(desk.speech, startOfDay(day, timeZone), timeZone, desk.now),
  }
}

const knownOf = (closedAt: Parameters<typeof addStep.decide>[1]['closedAt'], family: Family) => ({
  closedAt,
  tracings: family.tracings,
  verifications: family.verifications,
})

export function TracingPage() {
  const { found, family, problem, wait, speech, pack, caseId, onDay, today } = useTracing()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const said = (label: string, text: string | null) => (text === null ? [] : [{ label, text }])

  function factsOf(tracingId: string): ShownFact[] {
    const facts = [
      ...family.steps.map((step) => ({
        tracingId: step.tracingId,
        day: step.doneOn,
        id: step.id,
        what: `${codeText(pack, 'tracing_action', speech, step.action)} · ${t(`family.came.${step.cameOfIt}`)}`,
        words: said(t('family.step_words'), step.words),
      })),
      ...family.verifications.map((each) => ({
        tracingId: each.tracingId,
        day: each.doneOn,
        id: each.id,
        what: t(`family.is_family.${each.isFamily ? 'yes' : 'no'}`),
        words: [
          ...said(t('family.child_says'), each.childSays),
          ...said(t('family.family_says'), each.familySays),
          ...said(t('family.verified_how'), each.how),
        ],
      })),
      ...family.reunifications.map((each) => ({
        tracingId: each.tracingId,
        day: each.fromOn,
        id: each.id,
        what: `${codeText(pack, 'reunification_type', speech, each.kind)} · ${t(`family.agrees.${each.childAgrees}`)}`,
        words: [
          ...said(t('family.child_says_return'), each.childSays),
          ...said(t('family.agreed'), each.agreed),
          ...said(t('family.first_visit'), onDay(each.firstVisitOn)),
        ],
      })),
    ]
    return facts
      .filter((fact) => fact.tracingId === tracingId)
      .sort((a, b) => (a.day < b.day ? -1 : 1))
      .map(({ id, day, what, words }) => ({ id, when: onDay(day), what, words }))
  }

  return (
    <Tracing
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      tracings={family.tracings.map((each) => ({
        id: each.id,
        whom: each.whom,
        about: [
          codeText(pack, 'family_relationship', speech, each.relation),
          t(`family.wants.${each.childWants}`),
        ].join(' · '),
        state: {
          text: codeText(pack, 'tracing_status', speech, each.state),
          tone: ['verified', 'reunified'].includes(each.state) ? 'ok' : 'info',
        },
        next:
          each.nextOn === null && each.next === null
            ? null
            : t('family.next_is', { what: each.next ?? '', day: each.nextOn === null ? '' : onDay(each.nextOn) }),
        outcome: each.outcome,
        facts: factsOf(each.id),
        mayVerify: each.childWants === 'yes' && !isVerified(family.verifications, each.id, today),
        mayReunify: each.childWants === 'yes',
      }))}
      canWrite={isMine && row.state === 'open'}
      isAsking={wait !== null}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )
}

export function TracingFormPage() {
  const here = useTracing()
  const { found, tracing: before, tracingId, speech, pack, caseId, id: fresh, record, timeZone, back } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (tracingId !== null && before === undefined) return <NotThere found={here.wait ?? here.missing} />
  const { case: row } = found.opened
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const childWants = pick(['yes', 'no', 'not_asked_yet', 'no_answer'] as const, one(values, 'childWants'))
    for (const name of ['whom', 'relation', 'state'])
      if (one(values, name) === '') return { [name]: speech.t('field.needed') }
    if (childWants === null) return { childWants: speech.t('field.needed') }
    const now = {
      whom: one(values, 'whom'),
      relation: one(values, 'relation'),
      childWants,
      state: one(values, 'state'),
      next: wordsOf(values, 'next'),
      nextOn: dayIn(values, 'nextOn'),
      outcome: wordsOf(values, 'outcome'),
    }
    const set = changes({ ...before }, now)
    const id = before?.id ?? fresh
    const known = { closedAt: row.closedAt, row: before === undefined ? null : { ...before } }
    const at = { thing: 'family_tracing', id, seen: before?.version ?? 0 }
    const wrong =
      Object.keys(set).length === 0 ? null : await record(editTracing, { id, caseId, set }, known, timeZone, at)
    if (wrong === null) back()
    return wrong
  }
  const settable = codeOptions(pack, 'tracing_status', speech).filter(
    ({ value }) => !['verified', 'reunified'].includes(value) || value === before?.state,
  )
  return (
    <TracingForm
      speech={speech}
      alias={row.alias}
      relations={codeOptions(pack, 'family_relationship', speech)}
      states={settable}
      start={{
        whom: [before?.whom ?? ''],
        relation: [before?.relation ?? ''],
        childWants: [before?.childWants ?? ''],
        state: [before?.state ?? 'open'],
        next: [before?.next ?? ''],
        nextOn: [before?.nextOn ?? ''],
        outcome: [before?.outcome ?? ''],
      }}
      draft={here.draftOf('tracing')}
      submit={submit}
    />
  )
}

function dayIn(values: FormValues, name: string): Day | null {
  const found = DaySchema.safeParse(one(values, name))
  return found.success ? found.data : null
}

export function StepPage() {
  const here = useTracing()
  const { found, tracing, family, speech, pack, caseId, id, record, timeZone, back } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (tracing === undefined) return <NotThere found={here.wait ?? here.missing} />
  const { case: row } = found.opened
  async function submit(values: FormValues): Promise<FormErrors | null> {
    for (const name of ['action', 'doneOn', 'cameOfIt'])
      if (one(values, name) === '') return { [name]: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      tracingId: tracing?.id,
      action: one(values, 'action'),
      doneOn: one(values, 'doneOn'),
      cameOfIt: one(values, 'cameOfIt'),
      words: wordsOf(values, 'words'),
    }
    const wrong = await record(addStep, payload, knownOf(row.closedAt, family), timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <StepForm
      speech={speech}
      actions={codeOptions(pack, 'tracing_action', speech).filter(({ value }) => value !== 'mass')}
      start={{ doneOn: [here.today] }}
      draft={here.draftOf('step')}
      submit={submit}
    />
  )
}

export function VerifyPage() {
  const here = useTracing()
  const { found, tracing, family, speech, caseId, id, record, timeZone, back } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (tracing === undefined) return <NotThere found={here.wait ?? here.missing} />
  const { case: row } = found.opened
  async function submit(values: FormValues): Promise<FormErrors | null> {
    for (const name of ['how', 'doneOn', 'isFamily'])
      if (one(values, name) === '') return { [name]: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      tracingId: tracing?.id,
      doneOn: one(values, 'doneOn'),
      isFamily: one(values, 'isFamily') === 'yes',
      childSays: wordsOf(values, 'childSays'),
      familySays: wordsOf(values, 'familySays'),
      how: wordsOf(values, 'how'),
    }
    const wrong = await record(verify, payload, knownOf(row.closedAt, family), timeZone)
    if (wrong === null) back()
    return wrong
  }
  return <VerifyForm speech={speech} start={{ doneOn: [here.today] }} draft={here.draftOf('verify')} submit={submit} />
}

export function ReunifyPage() {
  const here = useTracing()
  const { found, tracing, family, speech, pack, rows, now, caseId, id, record, timeZone, back } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (tracing === undefined) return <NotThere found={here.wait ?? here.missing} />
  const { case: row } = found.opened
  const isWeighed = isWeighedHere(rows, caseId, 'return', now)
  async function submit(values: FormValues): Promise<FormErrors | null> {
    for (const name of ['kind', 'childAgrees', 'fromOn', 'firstVisitOn'])
      if (one(values, name) === '') return { [name]: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      tracingId: tracing?.id,
      kind: one(values, 'kind'),
      fromOn: one(values, 'fromOn'),
      childAgrees: one(values, 'childAgrees'),
      firstVisitOn: one(values, 'firstVisitOn'),
      childSays: wordsOf(values, 'childSays'),
      agreed: wordsOf(values, 'agreed'),
    }
    const known = { ...knownOf(row.closedAt, family), isWeighed, followUpAfter: pack.followUpAfter }
    const wrong = await record(reunify, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <ReunifyForm
      speech={speech}
      kinds={codeOptions(pack, 'reunification_type', speech)}
      caseId={caseId}
      isVerified={isVerified(family.verifications, tracing.id, here.today)}
      needsWeighing={(kind) => goesBack(kind) && !isWeighed}
      latestVisit={(values) => {
        const fromOn = dayIn(values, 'fromOn')
        return fromOn === null ? null : here.onDay(visitedBy(fromOn, pack.followUpAfter, timeZone))
      }}
      start={{}}
      draft={here.draftOf('reunify')}
      submit={submit}
    />
  )
}
