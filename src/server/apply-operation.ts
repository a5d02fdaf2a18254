import { sql } from 'kysely'
import type { Person } from '../core/access.ts'
import type { Answer, Needs, Op } from '../core/op.ts'
import type { Level, Part } from '../core/part.ts'
import { timeZoneOf } from '../core/read-country.ts'
import { addMillis } from '../core/time.ts'
import { asPerson, together, type Tx } from './as-person.ts'
import { auditAppend, type AuditEntry, pseudonym } from './audit.ts'
import { leaveOut, replaceFacts } from './facts.ts'
import type { AnyHandler, OpContext } from './feature.ts'
import { gathered, isAmong } from './gathered.ts'
import { NotAllowed, type OpenCase } from './key-broker.ts'
import { matchBucket } from './match-bucket.ts'
import { type Machine, takesFiles } from './machine.ts'
import type { MutableThing } from './mutable-rows.ts'
import { lockAndFindAnswer, OpIdReused, logAnswer, logApplied, macOfOp, USED_BY_ANOTHER } from './op-log.ts'

const CLOCK_AHEAD_MS = 5 * 60_000

/** Who may register a child; the policy `child_case_open` says the same. */
const MAY_OPEN_A_CASE = ['case_worker', 'intake']

/** An operation whose payload its schema has taken, with who handles it. */
export type Readied = { op: Op; handler: AnyHandler; payload: unknown }

/**
 * One operation in one transaction of the person who made it: lock, access, decide as the authority, save, log, audit.
 * Throws NotAllowed when she may not; whatever throws leaves nothing behind.
 */
export function applyOperation(machine: Machine, sid: string, readied: Readied, requestId: string): Promise<Answer> {
  return asPerson(machine.db, sid, null, (tx, me) => applyWithin(machine, tx, me, readied, requestId))
}

/** What operations of one transaction may share of the cases they are about: the rights on each, looked up once. */
export type Shared = Map<string, OpenCase>

/** The same within a transaction of hers that holds more than one. */
export async function applyWithin(
  machine: Machine,
  tx: Tx,
  me: Person,
  { op, handler, payload }: Readied,
  requestId: string,
  shared: Shared = new Map(),
): Promise<Answer> {
  if (op.claimedAt > addMillis(me.askedAt, CLOCK_AHEAD_MS))
    return kept(tx, machine, me, op, {
      opId: op.opId,
      answer: 'refused',
      reason: 'clock_ahead',
      details: { serverTime: me.askedAt },
    })
  const caseId = handler.caseOf(payload)
  const mac = await macOfOp(machine.keys, op)
  // Operations on one case go one after the other, whoever sends them.
  const before = await lockAndFindAnswer(tx, caseId, op.opId, mac)
  if (before === USED_BY_ANOTHER) throw new OpIdReused(op.opId)
  if (before !== null) return before
  const { needs } = handler.op
  const needed = typeof needs === 'function' ? needs(payload) : needs
  const access = caseAccess(machine, tx, { me, caseId, needs: needed, requestId, before: shared.get(caseId) ?? null })
  try {
    await access.must()
    const ctx: OpContext = {
      me,
      opId: op.opId,
      device: op.device,
      baseVersion: op.baseVersion,
      takesFiles: takesFiles(machine),
      now: op.claimedAt,
      pack: machine.pack,
      restricted: machine.restricted,
      cipher: (part) => access.cipher(part),
      reads: (part) => access.reads(part),
      mutable: (table) => mutableOf(machine, table),
      sealApart: (fieldId, rowId, value) => machine.broker.sealApart(fieldId, rowId, value),
      matchBucket: (text) => matchBucket(machine.keys, text),
      replaceFacts: (kind, facts) => replaceFacts(tx, machine.keys, caseId, kind, facts),
      leaveOut: () => leaveOut(tx, machine.keys, caseId),
      async whyNotSign(request) {
        for (const feature of machine.features) {
          const no = (await feature.whyNotSign?.[request.act]?.(tx, request)) ?? null
          if (no !== null) return no
        }
        return null
      },
      async signed(request, decision) {
        for (const feature of machine.features) await feature.signed?.[request.act]?.(tx, request, decision, ctx)
      },
    }
    const [known, timeZone] = await together([handler.load(tx, payload, ctx), placeTime(machine, tx, caseId)])
    const decision = handler.op.decide(payload, known, { now: op.claimedAt, actor: me.id, role: me.role, timeZone })
    if (!decision.ok) {
      const { reason, ...details } = decision.refusal
      return await kept(tx, machine, me, op, { opId: op.opId, answer: 'refused', reason, details })
    }
    const saved = await handler.save(tx, decision.change, ctx, known)
    const { version, settled, conflicts } = saved
    const answer: Answer = { opId: op.opId, answer: 'accepted', caseId: caseId as never, version, settled, conflicts }
    const words =
      Object.keys(saved.logged.words).length === 0
        ? null
        : { cipher: await access.cipher(saved.part), value: saved.logged.words }
    const entry: AuditEntry = {
      action: handler.op.type,
      pseudonym: await pseudonym(machine.keys, caseId),
      part: saved.part,
      purpose: me.purpose,
      basis: access.basis(),
      outcome: 'done',
      requestId,
    }
    await together([logApplied(tx, mac, me, op, answer, { ...saved, caseId, words }), auditAppend(tx, entry)])
    access.leave(shared, handler.leavesRights === true)
    return answer
  } finally {
    access.end()
  }
}

async function kept(tx: Tx, machine: Machine, me: Person, op: Op, answer: Answer): Promise<Answer> {
  await logAnswer(tx, machine.keys, me, op, answer)
  return answer
}

const regionOf = gathered(async (tx, caseIds: readonly string[]) => {
  const found = await sql<{ id: string; region: string }>`
    select id, region from child_case where ${isAmong('id', caseIds)}`.execute(tx)
  return caseIds.map((caseId) => found.rows.find(({ id }) => id === caseId)?.region ?? null)
})

/** The time zone of the place of a case, by which its days are counted here as on its worker's phone; the country's where the place is not known. */
async function placeTime({ pack }: Machine, tx: Tx, caseId: string): Promise<string> {
  if (pack.regions.every(({ timeZone = pack.timeZone }) => timeZone === pack.timeZone)) return pack.timeZone
  return timeZoneOf(pack, (await regionOf(tx, caseId)) ?? '')
}

type Asked = { me: Person; caseId: string; needs: Needs; requestId: string; before: OpenCase | null }

/** What one person may do with one case in this transaction; a case that is being opened gains its rights on the way. */
function caseAccess(machine: Machine, tx: Tx, of: Asked) {
  const { me, caseId, needs, requestId } = of
  let opened: OpenCase | null = null
  let basis: string | null = null
  const everOpened: OpenCase[] = []

  async function openCase(): Promise<OpenCase> {
    if (opened === null || opened.rows.length === 0) {
      const request = { me, caseId, purpose: me.purpose, requestId }
      opened = of.before?.again() ?? (await machine.broker.openCase(tx, request, false))
      everOpened.push(opened)
    }
    return opened
  }

  async function must(): Promise<void> {
    if (needs === 'case:open') {
      if (!MAY_OPEN_A_CASE.includes(me.role) || me.sector !== 'child_protection') throw new NotAllowed(caseId, 'case')
      basis = 'membership'
      return
    }
    const [part, level] = needs.split(':') as [Part, Level] // the type of Needs is exactly this template
    const { rows } = await openCase()
    const decision = machine.decide({ person: me, rows, part, level, purpose: me.purpose, now: me.askedAt })
    if (!decision.allow) throw new NotAllowed(caseId, part)
    basis = decision.basis
  }

  return {
    must,
    basis: () => basis,
    cipher: async (part: Part) => (await openCase()).part(part, needs === `${part}:read` ? 'read' : 'write'),
    async reads(part: Part) {
      const file = await openCase()
      return file.holds(part) ? file.part(part, 'read') : null
    },
    /** The next operation in this transaction need not look up again what this one has left as it was. */
    leave(shared: Shared, leavesRights: boolean) {
      if (leavesRights && opened !== null) shared.set(caseId, opened)
      else shared.delete(caseId)
    },
    end: () => everOpened.forEach((one) => one.end()),
  }
}

function mutableOf(machine: Machine, table: string): MutableThing {
  const found = machine.features.flatMap((feature) => feature.mutable ?? []).find((one) => one.meta.table === table)
  if (found === undefined) throw new Error('a difference lies in a table that some feature declares')
  return found
}
