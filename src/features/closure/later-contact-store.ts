import { sql } from 'kysely'
import type { Day, Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import type { KnownContact } from './later-contact-ops.ts'

/** Of each closed case the closing it ended by, with a contact that was agreed. */
const AGREED = sql`child_case c join lateral (
    select k.id, k.contact, k.contact_way, k.contact_on, k.contact_until, k.contact_made_on, k.contact_made_by from case_closing k
     where k.case_id = c.id order by k.asked_at desc, k.id limit 1) k
  on c.state = 'closed' and k.contact = 'agreed'`

/** The contact agreed at the closing a case ended by; null where none was. */
export async function findAgreed(
  tx: Tx,
  { caseId, closingId }: { caseId: string; closingId: string },
  me: string,
): Promise<KnownContact> {
  const found = await sql<{ closedAt: Instant; madeOn: Day | null; isAnothers: boolean }>`
    select c.closed_at, k.contact_made_on as made_on, coalesce(k.contact_made_by <> ${me}, false) as is_anothers from ${AGREED} where c.id = ${caseId} and k.id = ${closingId}`.execute(
    tx,
  )
  return found.rows[0] ?? null
}

export type WaitingContact = { caseId: string; alias: string; on: Day }

/** How long before its day an agreed contact stands on a list. */
const NEAR = '14 days'

/** Contacts that are near or have passed: of a worker's own closed cases, or of the teams a person supervises. */
export async function contactsNear(tx: Tx, personId: string): Promise<WaitingContact[]> {
  const found = await sql<WaitingContact>`
    select c.id as case_id, c.alias, k.contact_on as on from ${AGREED}
     where k.contact_made_on is null and kembali.end_of_day(k.contact_on - 1) <= (select kembali.now()) + ${NEAR}::interval
       and (k.contact_until is null or kembali.end_of_day(k.contact_until) > (select kembali.now()))
       and (c.worker_id = ${personId} or c.team_id in (
         select m.team_id from team_member m where m.person_id = ${personId} and m.supervises and m.ended_at is null))
     order by k.contact_on, c.alias limit 200`.execute(tx)
  return found.rows
}

/** Whoever noted it first stays the one who did, also where another puts its day right. */
export async function noteContact(tx: Tx, closingId: string, madeOn: Day | null, by: string): Promise<void> {
  await sql`update case_closing set contact_made_on = ${madeOn}, contact_made_by = case when ${madeOn}::date is null then null else coalesce(contact_made_by, ${by}) end where id = ${closingId}`.execute(
    tx,
  )
}
