import { accessSync, constants, mkdirSync } from 'node:fs'
import type { DecideAccess } from '../core/access.ts'
import type { KeyProvider } from '../crypto/provider.ts'
import { DOMAIN } from './audit.ts'
import { type Config, StartError } from './config.ts'
import { loadCountry } from './countries.ts'
import { type Database, openDatabase } from './database.ts'
import type { FeatureDefinition } from './feature.ts'
import { openDemoKeys } from './keys.ts'
import { makeKeyBroker } from './key-broker.ts'
import { openLog } from './log.ts'
import type { Machine } from './machine.ts'
import { refuseUnsafeProduction } from './production-gate.ts'

export type Parts = { decide: DecideAccess; features: FeatureDefinition[] }

/** Opens everything a server needs, in the order in which a fault is best told; throws a StartError with one sentence. */
export async function startMachine(
  config: Config,
  folders: { migrations: string; countries: string },
  parts: Parts,
): Promise<Machine> {
  mustBeWritable(config.dataFolder)
  refuseUnsafeProduction(config)
  const { pack, hash, json } = loadCountry(folders.countries, config.country)
  const db = await openDatabase(config, folders.migrations)
  const keys = await openDemoKeys(config.dataFolder)
  return makeMachine(config, db, keys, { pack, packHash: hash, packJson: json }, parts)
}

/** Joins opened parts into a machine; tests give their own database. */
export async function makeMachine(
  config: Config,
  db: Database,
  keys: KeyProvider,
  country: Pick<Machine, 'pack' | 'packHash' | 'packJson'>,
  { decide, features }: Parts,
): Promise<Machine> {
  const deployment = await findDeployment(db, config)
  const epoch = await keys.createEpochKey(DOMAIN, 'first')
  if (!(await keys.escrowConfirmed(epoch)))
    throw new StartError('The key of this epoch has no confirmed escrow copy yet.')
  return {
    config,
    db,
    keys,
    broker: makeKeyBroker(deployment.id, keys, epoch, decide, config.budgetDay),
    decide,
    ...country,
    epoch: deployment.epoch,
    log: openLog(config.log),
    pilot: config.mode === 'production',
    features,
  }
}

async function findDeployment(db: Database, config: Config): Promise<{ id: string; epoch: string }> {
  await db.owner.script(`insert into deployment (mode) values ('${config.mode}') on conflict do nothing`)
  const [row] = await db.owner.rows('select id, epoch, mode from deployment')
  if (row === undefined) throw new Error('the deployment row was just made')
  if (row.mode !== config.mode)
    throw new StartError(`This database was begun as ${String(row.mode)}; it cannot be opened as ${config.mode}.`)
  return { id: String(row.id), epoch: String(row.epoch) }
}

function mustBeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch {
    throw new StartError(`The data folder ${folder} cannot be written. Set KEMBALI_DATA to a folder that can.`)
  }
}
