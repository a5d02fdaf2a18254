import { useGoOn } from '../../../web/here-context.ts'
import { useState } from 'react'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn, fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { type CareNote, NoteKind } from '../note.ts'
import { addNote, editTask } from '../ops.ts'
import { AddNote, SOON } from './AddNote.tsx'
import { dayAfter, endOfDay } from './days.ts'
import { Notes, type ShownNote } from './Notes.tsx'
import { planView } from './plan-view.ts'
import { useCareRecord, useCareRows, usePathId } from './use-care.ts'

const SOON_DURATIONS = { tomorrow: 'P1D', week: 'P7D', month: 'P1M' } as const

/** After a call: the same note, begun as one. */
export function CalledPage() {
  return <NotePage kind="call" />
}

export function AddNotePage() {
  return <NotePage kind="note" />
}

function NotePage({ kind: begunAs }: { kind: NoteKind }) {
  const caseId = useCaseId()
  const corrects = usePathId('noteId')
  const found = useCase(caseId)
  const { speech, desk, now } = useDesk()
  const timeZone = found.state === 'found' ? found.opened.timeZone : 'UTC'
  const [wish, record] = useCareRecord(timeZone)
  const visitSafety = planView(useCareRows(caseId).rows, caseId).plan?.safetyVisit ?? null
  const goOn = useGoOn()
  // One id for as long as the form is open, so that a second tap cannot make a second note.
  const [ids] = useState(() => ({ note: newId(), task: newId() }))
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const at = fieldsOf(now, timeZone)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const moment = momentOf(values, 'at', timeZone)
    const kind = pick(NoteKind.options, one(values, 'kind'))
    if (kind === null) return { kind: speech.t('field.needed') }
    if (moment.state !== 'said') return { at: speech.t('field.needed') }
    const next = wordsOf(values, 'next')
    const note = {
      id: ids.note,
      caseId,
      kind,
      at: moment.at,
      folded: one(values, 'folded') === 'yes',
      corrects,
      present: wordsOf(values, 'present'),
      howIsTheChild: wordsOf(values, 'howIsTheChild'),
      agreed: wordsOf(values, 'agreed'),
      next,
    }
    const wishes = [wish(addNote, note, { closedAt: row.closedAt, notes: null })]
    if (one(values, 'makeTask') === 'yes') {
      const soon = pick(SOON, one(values, 'taskWhen'))
      const day =
        soon === null || soon === 'day' ? dayIn(one(values, 'taskOn')) : dayAfter(now, SOON_DURATIONS[soon], timeZone)
      if (next === null) return { next: speech.t('care.task_needs_next') }
      if (day === null) return { [soon === 'day' ? 'taskOn' : 'taskWhen']: speech.t('field.needed') }
      const set = {
        title: next.slice(0, 200),
        dueAt: endOfDay(day, timeZone),
        state: 'open',
        ownerId: null,
        fromNote: ids.note,
      }
      wishes.push(
        wish(
          editTask,
          { id: ids.task, caseId, set },
          { closedAt: row.closedAt, row: null, team: null },
          { thing: 'care_task', id: ids.task },
        ),
      )
    }
    const wrong = await record(wishes)
    if (wrong === null) goOn(`/cases/${caseId}`)
    return wrong
  }

  return (
    <AddNote
      speech={speech}
      alias={row.alias}
      isCorrection={corrects !== null}
      visitSafety={visitSafety}
      start={{ kind: [begunAs], 'at.day': [at.day], 'at.time': [at.time], taskWhen: ['tomorrow'] }}
      draft={desk.drafts.of(begunAs === 'note' ? `note/${caseId}/${corrects ?? ''}` : `called/${caseId}`)}
      submit={submit}
    />
  )
}

type NoteFromServer = Pick<CareNote, 'id' | 'kind' | 'at' | 'folded' | 'corrects'> & {
  writtenByName: string | null
  minutes: number
  words: Pick<CareNote, 'present' | 'howIsTheChild' | 'agreed' | 'next'> | null
}

export function NotesPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, desk, speech, now, person } = useDesk()
  const [opened, open] = useState<string | null>(null)
  // Our own server answers in its own schema.
  const fetchNotes = async (id: string | null) =>
    (
      (await app.api.get(`/api/cases/${caseId}/notes${id === null ? '' : `?open=${id}`}`, reasonHeaders(caseId))) as {
        notes: NoteFromServer[]
      }
    ).notes
  const asked = useAnswer(`notes|${caseId}|${reason}`, () => fetchNotes(null), desk.replica.waiting().length)
  // Opening a closed account is an act of its own: asked for by itself, and gone again when the screen is left.
  const one = useAnswer(`note|${caseId}|${opened ?? ''}`, () =>
    opened === null ? Promise.resolve([]) : fetchNotes(opened),
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const unfolded = one.state === 'answered' ? one.value[0] : undefined
  const notes = asked.state === 'answered' ? asked.value : null
  const known = new Set(notes?.map((note) => note.id))
  const waiting = desk.replica
    .waiting()
    .filter(
      ({ op }) => op.type === 'care.add_note' && op.payload.caseId === caseId && !known.has(String(op.payload.id)),
    )
    .map(({ op }) => op.payload as unknown as CareNote) // passed the schema of its operation
    .reverse()

  function shown(note: NoteFromServer | CareNote, isWaiting: boolean): ShownNote {
    const words = 'words' in note ? (note.id === unfolded?.id ? unfolded.words : note.words) : note
    const corrected = notes?.find((other) => other.id === note.corrects)
    const when = momentText(speech, note.at, timeZone, now)
    const author = 'writtenByName' in note ? note.writtenByName : null
    return {
      id: note.id,
      heading: speech.t(`care.kind.${note.kind}`),
      when: [when, author, isWaiting ? speech.t('save.not_sent_yet') : null]
        .filter((text) => text !== null)
        .join(' · '),
      said: words === null || (note.folded && isWaiting && opened !== note.id) ? null : saidOf(words),
      minutes: 'minutes' in note ? note.minutes : 1,
      corrects:
        note.corrects === null
          ? null
          : speech.t('care.corrects', {
              when: corrected === undefined ? '–' : momentText(speech, corrected.at, timeZone, now),
            }),
      isWaiting,
    }
  }

  function saidOf(words: Pick<CareNote, 'present' | 'howIsTheChild' | 'agreed' | 'next'>) {
    return (
      [
        [speech.t('care.note_child'), words.howIsTheChild],
        [speech.t('care.note_agreed'), words.agreed],
        [speech.t('care.note_next'), words.next],
        [speech.t('care.note_present'), words.present],
      ] as const
    ).flatMap(([label, text]) => (text === null ? [] : [{ label, text }]))
  }

  return (
    <Notes
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      notes={
        notes === null && waiting.length === 0
          ? null
          : [...waiting.map((note) => shown(note, true)), ...(notes ?? []).map((note) => shown(note, false))]
      }
      note={
        asked.state === 'failed'
          ? asked.code === 'no_connection'
            ? speech.t('care.notes_online')
            : errorText(speech, asked.code)
          : null
      }
      canWrite={row.state === 'open' && WRITES.includes(person.role)}
      open={open}
      close={() => open(null)}
      opened={opened}
    />
  )
}

const WRITES = ['case_worker', 'intake']
