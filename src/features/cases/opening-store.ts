import type { Context } from 'hono'
import type { Person } from '../../core/access.ts'
import type { Tx } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { checked, idParam, reading, Refused, requestIdOf } from '../../server/http.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import type { Machine } from '../../server/machine.ts'
import type { ChildCase } from './case.ts'
import { AskedPurpose, needsReason } from './purpose.ts'
import { findCase, hasAnyBasis } from './store.ts'

/**
 * Reads one case for somebody whose opening of it is explained: by whose it is, or by the reason she states, and then that
 * is written down. Every question about one case that opens words of it comes through here.
 */
export function readingCase<T>(
  c: Context,
  machine: Machine,
  work: (tx: Tx, me: Person, file: ChildCase) => Promise<T>,
): Promise<T> {
  const caseId = idParam(c, 'id')
  const reason = statedReason(c)
  return reading(c, machine, reason === null ? null : 'other', async (tx, me) => {
    const file = await explained(tx, me, caseId, reason)
    if (reason !== null) await noteReason(c, machine, tx, me, caseId, reason)
    return work(tx, me, file)
  })
}

/** The reason somebody gave for opening a file, one of the list; with it the purpose of the request is `other`. */
function statedReason(c: Context): AskedPurpose | null {
  const said = c.req.header('x-kembali-purpose')
  return said === undefined ? null : checked(AskedPurpose, said)
}

/** The case row, when whose it is or a stated reason explains the opening; else the question for the reason, or "not found". */
async function explained(tx: Tx, me: Person, caseId: string, reason: AskedPurpose | null): Promise<ChildCase> {
  const row = await findCase(tx, caseId)
  if (reason === null && needsReason(row, row === null && (await hasAnyBasis(tx, me.id, caseId))))
    throw new Refused(428, 'purpose_needed')
  if (row === null) throw new NotAllowed(caseId, 'case')
  return row
}

/** Writes the stated reason into the ledger, beside the opening itself. */
async function noteReason(
  c: Context,
  machine: Machine,
  tx: Tx,
  me: Person,
  caseId: string,
  reason: AskedPurpose,
): Promise<void> {
  await auditAppend(tx, {
    action: `reason:${reason}`,
    pseudonym: await pseudonym(machine.keys, caseId),
    part: 'case',
    purpose: me.purpose,
    basis: null,
    outcome: 'done',
    requestId: requestIdOf(c),
  })
}
