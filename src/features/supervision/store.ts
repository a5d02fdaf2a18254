import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { FilePutRight, FileReview, SAMPLE } from './review.ts'
import type { ReadNote, SupervisionNote } from './talk.ts'

/** The number of `supervision_note.body` in the schema registry. */
const NOTE_FIELD = 94

type By = { id: string; opId: string }
type NoteWords = Pick<SupervisionNote, 'talked' | 'agreed' | 'needed'>

export async function insertNote(tx: Tx, note: SupervisionNote, by: By, cipher: CaseCipher): Promise<void> {
  const { id, caseId, withId, heldOn, nextOn, ...words } = note
  await sql`insert into supervision_note (id, case_id, op_id, with_id, held_on, next_on, written_by, body)
    values (${id}, ${caseId}, ${by.opId}, ${withId}, ${heldOn}, ${nextOn}, ${by.id}, ${cipher.seal(NOTE_FIELD, id, words)})`.execute(
    tx,
  )
}

type NoteRow = Omit<ReadNote, keyof NoteWords | 'isMine'> & { writtenBy: string; body: Uint8Array }

/** The notes of talks about a case that this person may read, the newest first. */
export async function readNotes(tx: Tx, caseId: string, me: string, cipher: CaseCipher): Promise<ReadNote[]> {
  const found = await sql<NoteRow>`
    select n.id, n.case_id, n.with_id, n.held_on, n.next_on, n.written_by, n.body, w.name as with_name, u.name as written_by_name
      from supervision_note n left join app_user w on w.id = n.with_id left join app_user u on u.id = n.written_by
     where n.case_id = ${caseId} order by n.held_on desc, n.id limit 100`.execute(tx)
  return found.rows.map(({ body, writtenBy, ...row }) => ({
    ...row,
    ...(cipher.open(NOTE_FIELD, row.id, body) as NoteWords), // sealed by insertNote
    isMine: writtenBy === me,
  }))
}

export type Colleague = { id: string; name: string }

/** Whom a supervisor may talk with about a case. */
export async function talkPeople(tx: Tx, caseId: string): Promise<Colleague[]> {
  const found = await sql<Colleague>`select id, name from kembali.talk_people(${caseId}) order by name, id`.execute(tx)
  return found.rows
}

type Fact = { id: string; caseId: string }

export async function insertReview(tx: Tx, review: FileReview, by: By, cipher: CaseCipher): Promise<void> {
  const { body } = split(FileReview, review)
  await sql`insert into file_review (id, case_id, op_id, month, put_right_by, reviewed_by, body) values (${review.id},
    ${review.caseId}, ${by.opId}, ${review.month}, ${review.putRightBy}, ${by.id},
    ${cipher.seal(FileReview.meta.fieldId, review.id, body)})`.execute(tx)
}

export async function insertPutRight(tx: Tx, of: FilePutRight, by: By, cipher: CaseCipher): Promise<void> {
  await sql`insert into file_put_right (id, case_id, op_id, review_id, done_by, body) values (${of.id}, ${of.caseId},
    ${by.opId}, ${of.reviewId}, ${by.id}, ${cipher.seal(FilePutRight.meta.fieldId, of.id, { done: of.done })})`.execute(
    tx,
  )
}

export type ReadReview = FileReview & { reviewedByName: string | null; at: Instant }
export type ReadPutRight = FilePutRight & { doneByName: string | null }

/** Files of the given cases that were looked at, oldest first. */
export async function findReviews(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadReview[]> {
  const found = await sql<SealedFact>`
    select r.id, r.case_id, r.month, r.put_right_by, r.body, u.name as reviewed_by_name, l.at
      from file_review r join op_log l on l.op_id = r.op_id left join app_user u on u.id = r.reviewed_by
     where r.case_id = any(${[...caseIds]}::uuid[]) order by l.at, r.id`.execute(tx)
  return openFacts<ReadReview>(found.rows, FileReview.meta.fieldId, open)
}

export async function findPutRight(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ReadPutRight[]> {
  const found = await sql<SealedFact>`
    select p.id, p.case_id, p.review_id, p.body, u.name as done_by_name
      from file_put_right p left join app_user u on u.id = p.done_by
     where p.case_id = any(${[...caseIds]}::uuid[]) order by p.id`.execute(tx)
  return openFacts<ReadPutRight>(found.rows, FilePutRight.meta.fieldId, open)
}

export async function isReviewed(tx: Tx, caseId: string, month: Day): Promise<boolean> {
  const found = await sql<Fact>`select id from file_review where case_id = ${caseId} and month = ${month}`.execute(tx)
  return found.rows.length > 0
}

/** The ids of what was found in a case, and of what was put right. */
export async function reviewIds(tx: Tx, caseId: string): Promise<{ reviews: string[]; done: string[] }> {
  const reviews = await sql<{ id: string }>`select id from file_review where case_id = ${caseId}`.execute(tx)
  const done = await sql<{ id: string }>`
    select review_id as id from file_put_right where case_id = ${caseId}`.execute(tx)
  return { reviews: reviews.rows.map(({ id }) => id), done: done.rows.map(({ id }) => id) }
}

export type Drawn = {
  caseId: string
  alias: string
  closedAt: Instant | null
  workerName: string | null
  isReviewed: boolean
}

/** The few files of the asker's teams that a month draws; the same ones whoever asks, and however often. */
export async function sampleOf(tx: Tx, month: Day): Promise<Drawn[]> {
  const found = await sql<Drawn>`
    select s.case_id, s.alias, s.closed_at, s.worker_name,
           exists (select from file_review r where r.case_id = s.case_id and r.month = ${month}) as is_reviewed
      from kembali.file_sample(${month}, ${SAMPLE}) s`.execute(tx)
  return found.rows
}

/** What a supervisor found missing in a file and nobody has put right yet. */
export const duePutRight: SaysDue = () => sql`
  select m.id as case_id, ${lastMomentOf('f.put_right_by')} as due_at from mine m join file_review f on f.case_id = m.id
   where f.put_right_by is not null and not exists (select from file_put_right d where d.review_id = f.id)`
