import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { HeavyWork } from '../../server/feature.ts'
import { CareNote, minutesToRead } from './note.ts'

type NoteRow = {
  id: string
  caseId: string
  opId: string
  kind: CareNote['kind']
  at: Instant
  folded: boolean
  corrects: string | null
  writtenBy: string
  body: Uint8Array
}

const tables = (tx: Tx) => tx.withTables<{ careNote: NoteRow }>()

export async function insertNote(tx: Tx, note: CareNote, by: { id: string; opId: string }, cipher: CaseCipher) {
  const { clear, body } = split(CareNote, note)
  const row = {
    ...clear,
    opId: by.opId,
    writtenBy: by.id,
    body: cipher.seal(CareNote.meta.fieldId, note.id, body),
  } as NoteRow // split by the schema itself
  await tables(tx).insertInto('careNote').values(row).execute()
}

export async function noteIds(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tables(tx).selectFrom('careNote').select('id').where('caseId', '=', caseId).execute()
  return rows.map((row) => row.id)
}

type NoteWords = Pick<CareNote, 'present' | 'howIsTheChild' | 'agreed' | 'next'>

/** A note as a screen gets it: a folded one without its words, only with how long it takes to read. */
export type ReadNote = Pick<CareNote, 'id' | 'kind' | 'at' | 'folded' | 'corrects'> & {
  writtenByName: string | null
  minutes: number
  words: NoteWords | null
}

/** The notes of a case, newest first; `opened` names the one folded note somebody chose to open. */
export async function readNotes(
  tx: Tx,
  caseId: string,
  cipher: CaseCipher,
  opened: string | null,
): Promise<ReadNote[]> {
  const found = await sql<NoteRow & { writtenByName: string | null }>`
    select n.*, u.name as written_by_name from care_note n left join app_user u on u.id = n.written_by
     where n.case_id = ${caseId} and (${opened}::uuid is null or n.id = ${opened}::uuid) order by n.at desc, n.id limit 200`.execute(
    tx,
  )
  return found.rows.map(({ id, kind, at, folded, corrects, writtenByName, body }) => {
    const words = cipher.open(CareNote.meta.fieldId, id, body) as NoteWords // sealed by insertNote
    const isShown = !folded || id === opened
    return {
      id,
      kind,
      at,
      folded,
      corrects,
      writtenByName,
      minutes: minutesToRead(words),
      words: isShown ? words : null,
    }
  })
}

/** Who works on a case now. */
export async function teamOf(tx: Tx, caseId: string): Promise<string[]> {
  const found = await sql<{ personId: string }>`
    select person_id from case_team where case_id = ${caseId} and ends_at > kembali.now()`.execute(tx)
  return found.rows.map((row) => row.personId)
}

export type OnCase = { id: string; name: string; role: string }

/** Who of this person's own office works on the case now, by name: whom a task may be given. */
export async function peopleOf(tx: Tx, caseId: string): Promise<OnCase[]> {
  const found = await sql<OnCase>`
    select u.id, u.name, m.role from case_team m join app_user u on u.id = m.person_id
     where m.case_id = ${caseId} and m.ends_at > kembali.now() order by u.name`.execute(tx)
  return found.rows
}

export type Given = { id: string; caseId: string; alias: string; dueAt: Instant }

/** Open tasks that colleagues gave a person, in cases that somebody else carries; their words are read where the case is opened. */
export async function givenTo(tx: Tx, personId: string): Promise<Given[]> {
  const found = await sql<Given>`
    select t.id, t.case_id, c.alias, t.due_at from care_task t join child_case c on c.id = t.case_id
     where t.owner_id = ${personId} and t.state = 'open' and c.state = 'open' and c.worker_id <> ${personId}
     order by t.due_at limit 100`.execute(tx)
  return found.rows
}

/** Accounts of what happened that a worker folded away when she wrote them, since a moment. */
export async function foldedNotes(tx: Tx, since: Instant): Promise<HeavyWork[]> {
  const found = await sql<HeavyWork>`
    select distinct n.written_by as person_id, n.case_id from care_note n where n.folded and n.at >= ${since}`.execute(
    tx,
  )
  return found.rows
}
