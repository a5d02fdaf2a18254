import { useState } from 'react'
import { type Day, dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn, fieldsOf } from '../../../web/ui/when.ts'
import { changes } from '../../cases/screens/changes.ts'
import { numbersIn } from '../../cases/screens/dial.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { SHEET_LINES } from '../care-sheet.ts'
import { EntryKind, Shift, type ShelterEntry } from '../shelter-entry.ts'
import { addEntry, editCareSheet } from '../shelter-ops.ts'
import { useMyCare } from './use-my-care.ts'
import { CareSheetView } from './CareSheetView.tsx'
import { DayLog, type ShownEntry } from './DayLog.tsx'
import { CareSheetForm, EntryForm } from './shelter-forms.tsx'
import { things, useServices } from './use-services.ts'

/** Who writes the day log; the gate and the database say the same. */
const KEEPS_THE_LOG = ['shelter_worker', 'case_worker']

/** How many words for the next shift stand above the care sheet. */
const LAST = 2

function useShelter() {
  const here = useServices()
  const { caseId, found, all, person, speech, timeZone, now } = here
  const entries = things(all, 'shelter_entry', caseId)
    .map((row) => row.fields)
    .sort((a, b) => orderOf(b).localeCompare(orderOf(a)))
  const goOn = useGoOn()
  const isOpen = found.state === 'found' && found.opened.case.state === 'open'
  const myCare = useMyCare()
  return {
    ...here,
    sheet: things(all, 'care_sheet', caseId)[0] ?? null,
    entries,
    // The worker of the child, or whoever answers for it in the house; a shift reads the sheet.
    canWriteSheet: here.canWrite || (isOpen && myCare?.some((one) => one.caseId === caseId && one.writes) === true),
    canLog: isOpen && KEEPS_THE_LOG.includes(person.role),
    go: (to: string) => goOn(`/cases/${caseId}/${to}`),
    onDay: (day: Day | null) => (day === null ? '' : dayText(speech, startOfDay(day, timeZone), timeZone, now)),
  }
}

/** Day, shift, and within a shift when it reached the file. */
function orderOf({ onDay, shift, savedAt }: ShelterEntry & { savedAt?: string }): string {
  return `${onDay}${Shift.options.indexOf(shift)}${savedAt ?? '9'}`
}

export function CareSheetPage() {
  const { caseId, found, speech, sheet, entries, problem, isAsking, canWriteSheet, canLog, onDay } = useShelter()
  if (found.state !== 'found') return <NotThere found={found} />
  if (isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const fields = sheet?.fields
  return (
    <CareSheetView
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      calledName={fields?.calledName ?? null}
      voice={
        (fields?.childSays ?? '') === ''
          ? null
          : { text: fields?.childSays ?? '', who: onDay(fields?.childSaidOn ?? null) }
      }
      lines={SHEET_LINES.flatMap((line) =>
        (fields?.[line] ?? '') === '' ? [] : [{ label: t(`services.sheet.${line}`), text: fields?.[line] ?? '' }],
      )}
      forNow={entries
        .filter((entry) => (entry.forNext ?? '') !== '')
        .slice(0, LAST)
        .map((entry) => ({
          id: entry.id,
          text: entry.forNext ?? '',
          who: [onDay(entry.onDay), t(`services.shift.${entry.shift}`)].join(' · '),
        }))}
      numbers={numbersIn(fields?.callFirst ?? '')}
      canWrite={canWriteSheet}
      canLog={canLog}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )
}

export function ChangeSheetPage() {
  const here = useShelter()
  const { caseId, found, speech, desk, timeZone, sheet, record, isHere, go } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (here.isAsking) return <NotThere found={{ state: 'asking' }} />
  if (!here.canWriteSheet) return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { case: row } = found.opened
  const before: Record<string, unknown> = { ...sheet?.fields }

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const said = Object.fromEntries(
      (['calledName', 'childSays', ...SHEET_LINES] as const).map((line) => [line, wordsOf(values, line)]),
    )
    if ((said.callFirst ?? null) === null) return { callFirst: speech.t('field.needed') }
    const set = changes(before, { ...said, childSaidOn: dayIn(one(values, 'childSaidOn')) })
    const known = { closedAt: row.closedAt, row: sheet?.fields ?? null }
    const seen = isHere ? {} : { seen: sheet?.version ?? 0 }
    const edited = { thing: 'care_sheet', id: caseId, ...seen }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record(editCareSheet, { id: caseId, caseId, set }, known, timeZone, edited)
    if (wrong === null) go('care-sheet')
    return wrong
  }
  return (
    <CareSheetForm
      speech={speech}
      alias={row.alias}
      start={Object.fromEntries(
        Object.entries(before).flatMap(([name, value]) => (typeof value === 'string' ? [[name, [value]]] : [])),
      )}
      draft={desk.drafts.of(`care-sheet/${caseId}`)}
      submit={submit}
    />
  )
}

export function DayLogPage() {
  const { caseId, found, speech, entries, problem, isAsking, canLog, onDay } = useShelter()
  if (found.state !== 'found') return <NotThere found={found} />
  if (isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const days = [...new Set(entries.map((entry) => entry.onDay))]
  return (
    <DayLog
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      days={days.map((day) => ({
        day,
        text: onDay(day),
        entries: entries.filter((entry) => entry.onDay === day).map(shown),
      }))}
      canLog={canLog}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )

  function shown(entry: (typeof entries)[number]): ShownEntry {
    const { id, kind, shift, howItWas, childSays, forNext, told, writtenByName } = entry
    return {
      id,
      kind: { text: t(`services.entry.${kind}`), tone: kind === 'incident' ? 'due' : 'info' },
      shift: t(`services.shift.${shift}`),
      howItWas,
      childSays,
      forNext: forNext === null ? null : t('services.for_next_line', { words: forNext }),
      told: told === null ? null : t('services.told_line', { words: told }),
      who: writtenByName ?? t('save.not_sent_yet'),
    }
  }
}

/** The shift of an hour of the day, as most houses divide it. */
function shiftAt(time: string): Shift {
  if (time >= '06:00' && time < '14:00') return 'morning'
  return time >= '14:00' && time < '22:00' ? 'afternoon' : 'night'
}

export function EntryPage() {
  const here = useShelter()
  const { caseId, found, speech, desk, now, timeZone, record, go } = here
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  if (!here.canLog) return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const needed = speech.t('field.needed')
    const onDay = dayIn(one(values, 'onDay'))
    const shift = pick(Shift.options, one(values, 'shift'))
    const kind = pick(EntryKind.options, one(values, 'kind'))
    const howItWas = wordsOf(values, 'howItWas')
    if (onDay === null) return { onDay: needed }
    if (shift === null) return { shift: needed }
    if (kind === null) return { kind: needed }
    if (howItWas === null) return { howItWas: needed }
    const payload = {
      id,
      caseId,
      onDay,
      shift,
      kind,
      howItWas,
      childSays: wordsOf(values, 'childSays'),
      forNext: wordsOf(values, 'forNext'),
      told: kind === 'incident' ? wordsOf(values, 'told') : null,
    }
    const wrong = await record(addEntry, payload, { closedAt: row.closedAt }, timeZone)
    if (wrong === null) go('day-log')
    return wrong
  }
  return (
    <EntryForm
      speech={speech}
      alias={row.alias}
      start={{ onDay: [dayOf(now, timeZone)], shift: [shiftAt(fieldsOf(now, timeZone).time)], kind: ['day'] }}
      draft={desk.drafts.of(`day-entry/${caseId}`)}
      submit={submit}
    />
  )
}
