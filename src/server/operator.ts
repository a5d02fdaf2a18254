import { sql } from 'kysely'
import { EscrowNotConfirmed } from '../crypto/provider.ts'
import { newId } from '../crypto/random.ts'
import type { SealedKeyfile } from '../crypto/sealed-keyfile.ts'
import { asClock } from './as-person.ts'
import type { OperatorReply, OperatorRequest } from './control-socket.ts'
import { databaseAnswers } from './health.ts'
import { importAsPerson, type Importers } from './import-operator.ts'
import type { Machine } from './machine.ts'

/** What an operator can do with a running server; each act leaves its entry in the ledger, or does not happen. */
export function makeOperator(machine: Machine, keyfile: SealedKeyfile | null, importers: Importers) {
  return async (request: OperatorRequest): Promise<OperatorReply> => {
    if (request.command === 'import_cases') return importAsPerson(machine, importers, request)
    if (request.command === 'status') return status(machine)
    // The demo's keys lie open beside its fictional children: there is nothing to seal.
    if (keyfile === null) return { answer: 'failed' }
    switch (request.command) {
      case 'unseal':
        return unseal(machine, keyfile, request.passphrase)
      case 'unseal_with_sheet':
        return unsealWithSheet(machine, keyfile, request.sheet, request.newPassphrase)
      case 'lockdown':
        return lockdown(machine, keyfile)
    }
  }
}

async function unseal(machine: Machine, keyfile: SealedKeyfile, passphrase: string): Promise<OperatorReply> {
  if ((await keyfile.unseal(passphrase)) === 'refused') return refused(machine)
  return useKeys(machine, keyfile)
}

/** The sheet opens what a forgotten passphrase closed; a new passphrase is set in the same breath. */
async function unsealWithSheet(
  machine: Machine,
  keyfile: SealedKeyfile,
  sheet: string,
  newPassphrase: string,
): Promise<OperatorReply> {
  const opened = await keyfile.unsealWithSheet(sheet)
  if (opened === 'refused') return refused(machine)
  if (opened !== 'unsealed') return { answer: 'mistyped', groups: [...opened.mistyped] }
  const used = await useKeys(machine, keyfile)
  if (used.answer !== 'unsealed') return used
  const weak = await keyfile.setPassphrase(newPassphrase)
  if (weak !== null) return { answer: 'weak_passphrase', reason: weak.reason }
  await note(machine, 'passphrase_changed')
  return used
}

/** Keys that are open but not in the ledger, or without a confirmed sheet, are sealed again at once. */
async function useKeys(machine: Machine, keyfile: SealedKeyfile): Promise<OperatorReply> {
  try {
    await note(machine, 'keys_unsealed')
  } catch {
    keyfile.seal()
    return { answer: 'ledger_unavailable' }
  }
  try {
    await machine.openKeys()
    return { answer: 'unsealed' }
  } catch (error) {
    keyfile.seal()
    if (error instanceof EscrowNotConfirmed) return { answer: 'sheet_not_confirmed' }
    throw error
  }
}

async function refused(machine: Machine): Promise<OperatorReply> {
  await note(machine, 'unseal_refused').catch(() => undefined) // the refusal stands also when nobody can write it down
  return { answer: 'refused' }
}

async function status(machine: Machine): Promise<OperatorReply> {
  return {
    answer: 'status',
    keys: await machine.keys.status(),
    database: (await databaseAnswers(machine)) ? 'ok' : 'unreachable',
    pilot: machine.missing,
  }
}

/** The keys first: they are overwritten before anything can fail (security.md 2.4, "Lockdown"). */
async function lockdown(machine: Machine, keyfile: SealedKeyfile): Promise<OperatorReply> {
  keyfile.seal()
  try {
    const found = await asClock(machine.db, (tx) =>
      sql<{ sessions: number }>`select kembali.lock_down(${newId()}) as sessions`.execute(tx),
    )
    return { answer: 'locked_down', sessions: found.rows[0]?.sessions ?? 0 }
  } catch {
    return { answer: 'sealed_only' }
  }
}

async function note(machine: Machine, action: string): Promise<void> {
  await asClock(machine.db, (tx) => sql`select kembali.note_keys(${action}, ${newId()})`.execute(tx))
}
