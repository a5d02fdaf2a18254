import { asPerson } from './as-person.ts'
import { auditDenial, type Denied } from './audit.ts'
import type { Machine } from './machine.ts'

/** Writes down what was denied, in a transaction of its own: the act itself has rolled back. */
export function noteDenial(machine: Machine, sid: string, denied: Denied, requestId: string): Promise<void> {
  return asPerson(machine.db, sid, null, (tx, me) => auditDenial(tx, machine.keys, me, denied, requestId))
}
