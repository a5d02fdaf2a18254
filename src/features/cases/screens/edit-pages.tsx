import { useGoOn } from '../../../web/here-context.ts'
import { useState } from 'react'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { MUTABLE } from '../case.ts'
import { assignCase, editCard, shieldCase, settleDifference } from '../ops.ts'
import { Assign } from './Assign.tsx'
import type { Author, DifferenceRow } from './case-file.ts'
import { changes } from './changes.ts'
import { type Account, Differences, type Keep, type ShownDifference } from './Differences.tsx'
import { EditCard } from './EditCard.tsx'
import { fieldLabel } from './field-words.ts'
import { NotThere, useCaseId } from './NotThere.tsx'
import { Threatened } from './Threatened.tsx'
import { useCase } from './use-case.ts'
import { useRecord } from './use-record.ts'
import { AwayNote } from './AwayNote.tsx'
import { useWorkers } from './use-workers.ts'
import { valueText } from './value-text.ts'

export function EditCardPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, desk } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, card, timeZone } = found.opened
  const before: Record<string, string | null | undefined> = { ...card }
  const start = Object.fromEntries(Object.entries(before).map(([name, value]) => [name, [value ?? '']]))
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
    if (wrong === null) goOn(`/cases/${caseId}`)
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

export function DifferencesPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, desk, now, pack } = useDesk()
  const record = useRecord()
  const [refused, setRefused] = useState<string | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened, problem } = found
  const rows = opened.file?.conflicts ?? []
  const waiting = new Set(desk.replica.waiting().map(({ op }) => op.payload.conflictId))
  // A difference in a part that this person may not read is somebody else's to decide.
  const open = rows.filter((row) => !waiting.has(row.id) && row.field !== undefined)
  async function settle(conflictId: string, keep: Keep, both: string | null) {
    const wrong = await record(
      settleDifference,
      { conflictId, caseId, keep, both },
      { closedAt: opened.case.closedAt, open: true, bothFit: true },
      opened.timeZone,
    )
    setRefused(wrong?.[''] ?? null)
    if (wrong !== null) return
    await desk.replica.commit({ dealtWith: [conflictId] })
  }
  const [first] = open
  return (
    <Differences
      speech={speech}
      alias={opened.case.alias}
      difference={first === undefined ? null : shown(first)}
      left={open.length}
      problem={refused ?? (problem === null ? null : errorText(speech, problem))}
      settle={(id, keep, both) => void settle(id, keep, both)}
    />
  )

  function shown({ id, thing, field = '', mine, theirs, late, early, lateIsMine }: DifferenceRow): ShownDifference {
    const later: Account = { keep: 'mine', who: whoText(late), says: said(thing, field, mine), isMine: lateIsMine }
    const earlier: Account = {
      keep: 'theirs',
      who: whoText(early),
      says: said(thing, field, theirs),
      isMine: !lateIsMine,
    }
    return {
      id,
      field: fieldLabel(speech, { thing, field }) ?? field,
      accounts: lateIsMine ? [later, earlier] : [earlier, later],
      both:
        isText(thing, field) && typeof mine === 'string' && typeof theirs === 'string' ? `${theirs}; ${mine}` : null,
    }
  }

  function whoText(author: Author | null): string {
    if (author === null) return ''
    return [author.name ?? '', momentText(speech, author.at, opened.timeZone, now)]
      .filter((text) => text !== '')
      .join(' · ')
  }

  /** A code reads as its label. */
  function said(thing: string, field: string, value: unknown): string {
    const around = { speech, pack, timeZone: opened.timeZone, now }
    return valueText(around, { thing, field, list: CODED[field] ?? null }, value)
  }
}

const CODED: { [field: string]: string } = {
  howKnown: 'case_source',
  ageBasis: 'age_basis',
  language: 'languages',
  domain: 'need_domain',
  layer: 'mhpss_layer',
  provider: 'service_provider',
  relation: 'family_relationship',
  status: 'plan_action_status',
}

/** Whether two values of a field can be written into one text. */
function isText(thing: string, field: string): boolean {
  const known = Object.values(MUTABLE).find((one) => one.meta.table === thing)
  return (
    (known === undefined || known.sealed.includes(field)) && !['phoneLast', 'approxAge', 'birthYear'].includes(field)
  )
}

export function AssignPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, desk, person } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const { workers, away, code } = useWorkers(true)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  async function submit(values: FormValues) {
    const payload = { caseId, personId: one(values, 'personId'), teamId: one(values, 'teamId') }
    const known = { closedAt: row.closedAt, worker: { id: payload.personId, sector: '', role: '' }, teamIsOurs: true } // the server knows better, and decides
    const wrong = await record(assignCase, payload, known, timeZone)
    if (wrong === null) goOn('/cases')
    return wrong
  }
  return (
    <Assign
      speech={speech}
      alias={row.alias}
      workers={workers}
      away={<AwayNote speech={speech} {...away} />}
      teams={person.teams.map(({ id, name }) => ({ value: id, label: name }))}
      start={{ personId: [row.workerId], teamId: [row.teamId] }}
      draft={desk.drafts.of(`assign/${caseId}`)}
      problem={code === null ? null : errorText(speech, code)}
      submit={submit}
    />
  )
}

export function ThreatenedPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, person } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [problem, setProblem] = useState<string | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  async function mark(threatened: boolean) {
    const wrong = await record(shieldCase, { caseId, threatened }, { closedAt: row.closedAt }, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}`)
    else setProblem(wrong[''] ?? null)
  }
  return (
    <Threatened
      speech={speech}
      alias={row.alias}
      isThreatened={row.threatened}
      mayEnd={person.role === 'supervisor'}
      problem={problem}
      mark={(threatened) => void mark(threatened)}
    />
  )
}
