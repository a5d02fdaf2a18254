import { type Config, StartError } from './config.ts'

/** The P0 controls of security.md 13 that are not there yet: real cases wait for each of them. */
export const MISSING_P0 = [
  'a sealed key file, unsealed by an operator at each start',
  'the epoch job, erasure that reaches the backups, and the restore rule',
  'the Merkle tree over the audit ledger, its verification and a first witness',
  'passkeys, TOTP and step-up for real accounts',
  'backup and restore drill',
  'attachments with scanning',
  'retention clocks',
] as const

/** Production does not start on a demonstration database, and not before every P0 control is there. */
export function refuseUnsafeProduction(config: Config): void {
  if (config.mode !== 'production') return
  if (config.database === null)
    throw new StartError(
      'Production needs PostgreSQL: PGlite can lose acknowledged work when the power fails. Set DATABASE_URL.',
    )
  throw new StartError(`Production does not start yet. Still missing: ${MISSING_P0.join('; ')}.`)
}
