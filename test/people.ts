import { sql } from 'kysely'
import type { Role } from '../src/core/access.ts'
import type { Answer, Op } from '../src/core/op.ts'
import type { Sector } from '../src/core/part.ts'
import { type Instant, instant } from '../src/core/time.ts'
import { newId, newOpId } from '../src/crypto/random.ts'
import { startSession } from '../src/features/access/store.ts'
import { asPerson } from '../src/server/as-person.ts'
import { acceptOperations } from '../src/server/gate.ts'
import type { Machine } from '../src/server/machine.ts'

export type Office = { orgId: string; teamId: string; sector: Sector }
export type Somebody = Office & { id: string; sid: string; role: Role; device: string; seq: number }

/** An office of one sector with one team. */
export async function anOffice(machine: Machine, sector: Sector = 'child_protection'): Promise<Office> {
  const [orgId, teamId] = [newId(), newId()]
  await asOwner(
    machine,
    `insert into organisation (id, name, sector) values ('${orgId}', 'An office', '${sector}');
    insert into team (id, org_id, name) values ('${teamId}', '${orgId}', 'A team')`,
  )
  return { orgId, teamId, sector }
}

/** A signed-in person of an office; a supervisor supervises the office's team. */
export async function aPerson(machine: Machine, office: Office, role: Role): Promise<Somebody> {
  const id = newId()
  await asOwner(
    machine,
    `insert into app_user (id, org_id, sector, name, login, role) values ('${id}', '${office.orgId}', '${office.sector}', 'Somebody', '${id}', '${role}');
    insert into team_member (team_id, person_id, supervises) values ('${office.teamId}', '${id}', ${role === 'supervisor'})`,
  )
  return { ...office, id, role, sid: await startSession(machine.db, id, 'demo'), device: newId(), seq: 0 }
}

/** Runs statements as the owner in one transaction; what fails leaves nothing, and no open transaction. */
export async function asOwner(machine: Machine, text: string): Promise<void> {
  try {
    await machine.db.owner.script(`begin; set local role k_owner; ${text}; commit`)
  } catch (error) {
    await machine.db.owner.script('rollback')
    throw error
  }
}

/** An operation this person's device makes now. */
export function anOp(by: Somebody, type: string, payload: Record<string, unknown>, over: Partial<Op> = {}): Op {
  by.seq += 1
  return {
    opId: newOpId(),
    device: by.device,
    seq: by.seq,
    type,
    baseVersion: null,
    payload,
    claimedAt: now(),
    ...over,
  } as Op // ids were just made
}

/** Sends operations as this person and answers what the gate answered. */
export function send(machine: Machine, by: Somebody, ...operations: Op[]): Promise<Answer[]> {
  return acceptOperations(machine, by.sid, operations, newId())
}

export function openCaseOp(by: Somebody, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'cases.open_case', {
    id: newId(),
    alias: `Test ${newId().replace(/[^a-f]/g, '')}x`,
    orgId: by.orgId,
    teamId: by.teamId,
    region: 'NC-TL',
    sex: 'not_known',
    ageBand: 'not_known',
    threatened: false,
    ...over,
  })
}

/** A case this person opened; answers its id. */
export async function aCase(machine: Machine, by: Somebody, over: Record<string, unknown> = {}): Promise<string> {
  const op = openCaseOp(by, over)
  const [answer] = await send(machine, by, op)
  if (answer?.answer !== 'accepted') throw new Error(`a case opens: ${JSON.stringify(answer)}`)
  return String(op.payload.id)
}

/** Her session is one of a run of the import, as a word that is taken begins it. */
export function runsImport(machine: Machine, by: Somebody): Promise<unknown> {
  return asPerson(machine.db, by.sid, null, (tx) => sql`select kembali.import_in_demo()`.execute(tx))
}

export function contactOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  const at = now()
  return anOp(by, 'justice.record_contact', {
    id: newId(),
    caseId,
    kind: 'detention',
    capacities: ['victim'],
    authority: 'police_other',
    startedAt: at,
    firstCustodyAt: null,
    knownAt: at,
    detainedAt: at,
    releasedAt: null,
    corrects: null,
    heldAt: null,
    toldBy: null,
    present: null,
    reason: null,
    alternativesTried: null,
    legalBasis: null,
    courtRef: null,
    whyAgain: null,
    victimRemovedWords: null,
    answers: {},
    ...over,
  })
}

export function now(): Instant {
  return instant(new Date().toISOString())
}

/** Rows as the owner sees them, to look behind the policies. */
export async function ownerRows(machine: Machine, text: string): Promise<Record<string, unknown>[]> {
  return machine.db.owner.rows(text)
}
