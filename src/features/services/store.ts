import { sql } from 'kysely'
import { split } from '../../core/schema.ts'
import type { CaseCipher } from '../../crypto/case-cipher.ts'
import type { Tx } from '../../server/as-person.ts'
import type { OpenPart } from '../../server/feature.ts'
import { lastMomentOf, type SaysDue } from '../../server/late-work.ts'
import { openFacts, type SealedFact } from '../../server/open-facts.ts'
import { type KeptHealthNote, ServiceHealthNote, ServiceSession } from './service.ts'
import type { KnownSession } from './ops.ts'

export type By = { id: string; opId: string }

export async function insertSession(tx: Tx, of: ServiceSession, by: By, cipher: CaseCipher): Promise<void> {
  const { id, caseId, serviceId, onDay, came, whyNot, receivedBy, acknowledged } = of
  const body = cipher.seal(ServiceSession.meta.fieldId, id, split(ServiceSession, of).body)
  await sql`insert into service_session
      (id, case_id, op_id, service_id, on_day, came, why_not, received_by, acknowledged, written_by, body)
    values (${id}, ${caseId}, ${by.opId}, ${serviceId}, ${onDay}, ${came}, ${whyNot}, ${receivedBy}, ${acknowledged},
      ${by.id}, ${body})`.execute(tx)
}

/** What took place in the services of the given cases, oldest first. */
export async function findSessions(tx: Tx, caseIds: readonly string[], open: OpenPart): Promise<ServiceSession[]> {
  const found = await sql<SealedFact>`
    select id, case_id, service_id, on_day, came, why_not, received_by, acknowledged, body from service_session
     where case_id = any(${[...caseIds]}::uuid[]) order by on_day, id`.execute(tx)
  return openFacts<ServiceSession>(found.rows, ServiceSession.meta.fieldId, open)
}

export async function insertHealthNote(tx: Tx, of: ServiceHealthNote, by: By, cipher: CaseCipher): Promise<void> {
  const { id, caseId, serviceId, onDay } = of
  const body = cipher.seal(ServiceHealthNote.meta.fieldId, id, split(ServiceHealthNote, of).body)
  await sql`insert into service_health_note (id, case_id, op_id, service_id, on_day, written_by, body)
    values (${id}, ${caseId}, ${by.opId}, ${serviceId}, ${onDay}, ${by.id}, ${body})`.execute(tx)
}

/** What health workers wrote of the services of one case, oldest first. */
export async function findHealthNotes(tx: Tx, caseId: string, open: OpenPart): Promise<KeptHealthNote[]> {
  const found = await sql<SealedFact>`
    select n.id, n.case_id, n.service_id, n.on_day, n.body, u.name as written_by_name
      from service_health_note n left join app_user u on u.id = n.written_by
     where n.case_id = ${caseId} order by n.on_day, n.id`.execute(tx)
  return openFacts<KeptHealthNote>(found.rows, ServiceHealthNote.meta.fieldId, open)
}

/** The services of one case as the rules look at them: their kind, their first day, their safeguards. */
export async function findServices(tx: Tx, caseId: string): Promise<KnownSession['services']> {
  const found = await sql<KnownSession['services'][number]>`
    select id, kind, starts_on, safeguards from child_service where case_id = ${caseId}`.execute(tx)
  return found.rows
}

/** The goals of the plan of a case, for a service that works towards one. */
export async function goalIdsOf(tx: Tx, caseId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from care_goal where case_id = ${caseId}`.execute(tx)
  return found.rows.map((row) => row.id)
}

/** The next day of each service that goes on or is planned. */
export const dueServices: SaysDue = () => sql`
  select m.id as case_id, ${lastMomentOf('s.next_on')} as due_at from mine m join child_service s on s.case_id = m.id
   where s.next_on is not null and s.state <> 'ended'`
