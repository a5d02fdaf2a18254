import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { Day, Instant } from '../../core/time.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { openFacts } from '../../server/open-facts.ts'
import { type KeptEntry, ShelterEntry } from './shelter-entry.ts'
import type { By } from './store.ts'

export async function insertEntry(tx: Tx, of: ShelterEntry, by: By, cipher: CaseCipher): Promise<void> {
  const { id, caseId, onDay, shift, kind } = of
  const body = cipher.seal(ShelterEntry.meta.fieldId, id, split(ShelterEntry, of).body)
  await sql`insert into shelter_entry (id, case_id, op_id, on_day, shift, kind, written_by, body)
    values (${id}, ${caseId}, ${by.opId}, ${onDay}, ${shift}, ${kind}, ${by.id}, ${body})`.execute(tx)
}

/** The newest entries of the day log, oldest first: a stay has thousands of them, and a shift needs those of the last days. */
const AT_MOST = 120

export async function findEntries(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<KeptEntry[]> {
  const authors = await sql<{ id: string; name: string }>`
    select id, name from kembali.shelter_authors(${[...caseIds]}::uuid[])`.execute(tx)
  const found = await sql<{ id: string; caseId: string; body: Uint8Array; writtenBy: string }>`
    select id, case_id, on_day, shift, kind, saved_at, written_by, body from (
      select e.*, row_number() over (partition by case_id order by on_day desc, saved_at desc) as nth
        from shelter_entry e where case_id = any(${[...caseIds]}::uuid[])) as e
     where nth <= ${AT_MOST} order by on_day, saved_at, id`.execute(tx)
  const named = found.rows.map(({ writtenBy, ...row }) => ({
    ...row,
    writtenByName: authors.rows.find((one) => one.id === writtenBy)?.name ?? null,
  }))
  return openFacts<KeptEntry>(named, ShelterEntry.meta.fieldId, open)
}

/** `writes` of whoever answers for the child there, not of a shift. */
export type InMyCare = {
  caseId: string
  alias: string
  until: Instant | 'infinity'
  writes: boolean
  /** The next day of a service that goes on, where this person reads services. */
  nextOn: Day | null
  /** The last day of which she herself wrote a note of health. */
  notedOn: Day | null
}

/** The children somebody was named for and looks after now: an alias and until when, no word of them. */
export async function inMyCare(tx: Tx, personId: string): Promise<InMyCare[]> {
  const found = await sql<InMyCare>`
    select c.id as case_id, c.alias, max(a.ends_at) as until, bool_or(a.level = 'write') as writes,
           (select min(s.next_on) from child_service s where s.case_id = c.id and s.state <> 'ended') as next_on,
           (select max(n.on_day) from service_health_note n where n.case_id = c.id and n.written_by = ${personId}) as noted_on
      from access a join child_case c on c.id = a.case_id
     where a.actor = ${personId} and a.part = 'services' and a.ends_at > kembali.now() and c.state = 'open'
     group by c.id, c.alias order by c.alias limit 100`.execute(tx)
  return found.rows
}
