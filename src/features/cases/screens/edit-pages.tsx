import { useNavigate, useParams } from '@tanstack/react-router'
import type { AnyRefusal, OpDefinition } from '../../../core/op.ts'
import { newId } from '../../../crypto/random.ts'
import { attempt } from '../../../web/attempt.ts'
import { decideContext, recordOrSay, useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText, refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { assignCase, editCard, editIdentity, editSafeStart, requestMatch, settleDifference } from '../ops.ts'
import { SAFE_START_STEPS, type SafeStartStep } from '../safe-start.ts'
import { Assign } from './Assign.tsx'
import { type DifferenceRow, marksRow } from './case-file.ts'
import { codeOptions } from './codes.ts'
import { Differences } from './Differences.tsx'
import { EditCard } from './EditCard.tsx'
import { NotThere, useCaseId } from './NotThere.tsx'
import { SafeStart } from './SafeStart.tsx'
import { type OpenedCase, useCase } from './use-case.ts'

/** Records an operation by this feature's own rule; answers what stands in the way, or null. */
function useRecord() {
  const { app, desk, speech } = useDesk()
  return async function <Payload, Known, Change>(
    op: OpDefinition<Payload, Known, Change, AnyRefusal>,
    payload: unknown,
    known: Known,
    timeZone: string,
    row?: { thing: string; id: string; seen?: number },
  ): Promise<FormErrors | null> {
    const tried = attempt(op, payload as Payload, known, decideContext(app, desk, timeZone), row) // its own schema checks it first
    if (tried.ok) return recordOrSay(app, speech, [tried.draft])
    if ('refusal' in tried) return { '': refusalText(speech, tried.refusal) }
    return Object.fromEntries(
      tried.fields.map((field) => [field.replace(/^set\./, ''), speech.t('field.does_not_fit')]),
    )
  }
}

/** Only what was changed goes into an edit; what stands as it was is nobody's difference. */
function changes(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => (before[field] ?? null) !== value))
}

export function EditCardPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, desk } = useDesk()
  const record = useRecord()
  const navigate = useNavigate()
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, card, timeZone } = found.opened
  const before: Record<string, unknown> = { ...card }
  const start = Object.fromEntries(Object.entries(before).map(([name, value]) => [name, [String(value ?? '')]]))
  async function submit(values: FormValues) {
    const set = changes(before, {
      callName: wordsOf(values, 'callName'),
      carer: wordsOf(values, 'carer'),
      village: wordsOf(values, 'village'),
      phoneLast: wordsOf(values, 'phoneLast'),
    })
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record(editCard, { id: caseId, caseId, set }, { closedAt: row.closedAt }, timeZone, {
            thing: 'child_card',
            id: caseId,
          })
    if (wrong === null) await navigate({ to: `/cases/${caseId}`, replace: true })
    return wrong
  }
  return (
    <EditCard
      speech={speech}
      alias={row.alias}
      start={start}
      draft={desk.drafts.of(`card/${caseId}`)}
      isThreatened={row.threatened}
      submit={submit}
    />
  )
}

export function SafeStartPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const asked = (useParams({ strict: false }) as { step?: string }).step // the path of this screen names it
  const step = SAFE_START_STEPS.find((one) => one === asked) ?? 'safe_now'
  const { speech, desk, pack } = useDesk()
  const record = useRecord()
  const navigate = useNavigate()
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened } = found
  const at = SAFE_START_STEPS.indexOf(step) + 1

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const wrong = missing(step, values, speech.t('field.needed')) ?? (await send(values))
    if (wrong !== null) return wrong
    await mark()
    const next = SAFE_START_STEPS[at]
    if (step !== 'match')
      await navigate({ to: next === undefined ? `/cases/${caseId}` : `/cases/${caseId}/start/${next}`, replace: true })
    return null
  }

  function send(values: FormValues): Promise<FormErrors | null> {
    const { timeZone, case: row } = opened
    const known = { closedAt: row.closedAt }
    switch (step) {
      case 'safe_now':
      case 'how_known':
      case 'basis': {
        const set = changes(
          { ...opened.safeStart },
          Object.fromEntries(FIELDS[step].map((field) => [field, wordsOf(values, field)])),
        )
        if (Object.keys(set).length === 0) return Promise.resolve(null)
        return record(editSafeStart, { id: caseId, caseId, set }, known, timeZone, { thing: 'safe_start', id: caseId })
      }
      case 'who': {
        const age = one(values, 'approxAge')
        const said = {
          fullName: wordsOf(values, 'fullName'),
          approxAge: age === '' ? null : Number(age),
          ageBasis: wordsOf(values, 'ageBasis'),
          language: wordsOf(values, 'language'),
        }
        const set = changes({ ...opened.identity }, said)
        if (Object.keys(set).length === 0) return Promise.resolve(null)
        return record(editIdentity, { id: caseId, caseId, set }, known, timeZone, {
          thing: 'child_identity',
          id: caseId,
          seen: opened.file?.identity?.version ?? 0,
        })
      }
      case 'match': {
        const payload = {
          id: newId(),
          caseId,
          givenNames: one(values, 'givenNames'),
          otherNames: one(values, 'otherNames'),
          birthYear: Number(one(values, 'birthYear')),
          sex: row.sex,
          origin: one(values, 'origin'),
        }
        return record(requestMatch, payload, { today: 0 }, timeZone)
      }
    }
  }

  /** Steps that leave nothing on this device are remembered as done, or they would be asked again. */
  async function mark(): Promise<void> {
    const before = desk.replica.rows().get(`marks/${caseId}`)?.fields
    const marks = { who: step === 'who' || before?.who === true, match: step === 'match' || before?.match === true }
    await desk.replica.commit({ put: [marksRow(caseId, marks)] })
  }

  return (
    <SafeStart
      speech={speech}
      caseId={caseId}
      step={step}
      at={at}
      start={startOf(opened)}
      draft={desk.drafts.of(`start/${caseId}/${step}`)}
      lists={{
        caseSource: codeOptions(pack, 'case_source', speech),
        ageBasis: codeOptions(pack, 'age_basis', speech),
        languages: codeOptions(pack, 'languages', speech),
      }}
      submit={submit}
    />
  )
}

const FIELDS = {
  safe_now: ['safeNow', 'safeWords'],
  how_known: ['howKnown', 'howKnownWords'],
  basis: ['basis', 'basisWords'],
} as const
const NEEDED: Record<SafeStartStep, readonly string[]> = {
  safe_now: ['safeNow'],
  how_known: ['howKnown'],
  basis: ['basis'],
  who: ['approxAge', 'ageBasis'],
  match: ['givenNames', 'birthYear'],
}

function missing(step: SafeStartStep, values: FormValues, text: string): FormErrors | null {
  const fields = NEEDED[step].filter((field) => one(values, field) === '')
  return fields.length === 0 ? null : Object.fromEntries(fields.map((field) => [field, text]))
}

function startOf({ safeStart, identity }: OpenedCase): FormValues {
  const known = { ...safeStart, ...identity }
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, [String(value)]]],
    ),
  )
}

export function DifferencesPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, desk, now } = useDesk()
  const record = useRecord()
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened, problem } = found
  const rows = opened.file?.conflicts ?? []
  const waiting = new Set(desk.replica.waiting().map(({ op }) => op.payload.conflictId))
  const open = rows.filter((row) => !waiting.has(row.id))
  async function settle(conflictId: string, keep: 'mine' | 'theirs') {
    await record(
      settleDifference,
      { conflictId, caseId, keep, both: null },
      { open: true, bothFit: true },
      opened.timeZone,
    )
    await desk.replica.commit({ dealtWith: [conflictId] })
  }
  const [first] = open
  return (
    <Differences
      speech={speech}
      alias={opened.case.alias}
      difference={first === undefined ? null : shown(first)}
      left={open.length}
      problem={problem === null ? null : errorText(speech, problem)}
      settle={(id, keep) => void settle(id, keep)}
    />
  )
  function shown({ id, field = '', mine, theirs, madeAt }: DifferenceRow) {
    return {
      id,
      field: speech.find(`field.name.${field}`) ?? field,
      mine: String(mine ?? '–'),
      theirs: String(theirs ?? '–'),
      when: momentText(speech, madeAt, opened.timeZone, now),
    }
  }
}

export function AssignPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { app, speech, person } = useDesk()
  const record = useRecord()
  const navigate = useNavigate()
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'colleagues',
    async () => ((await app.api.get('/api/colleagues')) as { workers: { id: string; name: string }[] }).workers,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const workers = asked.state === 'answered' ? asked.value.map(({ id, name }) => ({ value: id, label: name })) : null
  async function submit(values: FormValues) {
    const payload = { caseId, personId: one(values, 'personId'), teamId: one(values, 'teamId') }
    const known = { closedAt: row.closedAt, worker: { id: payload.personId, sector: '', role: '' }, teamIsOurs: true } // the server knows better, and decides
    const wrong = await record(assignCase, payload, known, timeZone)
    if (wrong === null) await navigate({ to: '/cases', replace: true })
    return wrong
  }
  return (
    <Assign
      speech={speech}
      alias={row.alias}
      workers={workers}
      teams={person.teams.map(({ id, name }) => ({ value: id, label: name }))}
      start={{ personId: [row.workerId], teamId: [row.teamId] }}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      submit={submit}
    />
  )
}
