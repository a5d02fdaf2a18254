import type { Context } from 'hono'
import type { Person } from '../../core/access.ts'
import type { Tx } from '../../server/as-person.ts'
import { auditAppend, pseudonym } from '../../server/audit.ts'
import { checked, idParam, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { PackReader, PackRow } from '../../server/feature.ts'
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

/** An opened file is read by a person and not kept by a device. */
const NO_DEVICE = ''

export type KeptRow = Omit<PackRow, 'whole'>

/**
 * One case as a feature's own readers know it, for a screen whose device does not hold it: the same rows a card has, of the
 * parts this person may read, each opening counted and written down.
 */
export function readingRows(c: Context, machine: Machine, readers: readonly PackReader[]): Promise<KeptRow[]> {
  return readingCase(c, machine, async (tx, me, { id: caseId }) => {
    const request = { me, caseId, purpose: me.purpose, requestId: requestIdOf(c) }
    const file = await machine.broker.openCase(tx, request, true)
    try {
      const rows: KeptRow[] = []
      for (const { part, read } of readers) {
        const open = async () => (file.holds(part) ? file.part(part, 'read') : null)
        for (const { whole: _whole, ...row } of await read(tx, [caseId], open, NO_DEVICE)) rows.push(row)
      }
      return rows
    } finally {
      file.end()
    }
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
