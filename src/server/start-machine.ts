import { sql } from 'kysely'
import type { DecideAccess } from '../core/access.ts'
import { fromMillis } from '../core/time.ts'
import { EscrowNotConfirmed, type KeyProvider } from '../crypto/provider.ts'
import { newId } from '../crypto/random.ts'
import type { SealedKeyfile } from '../crypto/sealed-keyfile.ts'
import { asClock } from './as-person.ts'
import { clamd } from './clamd.ts'
import { type Config, StartError } from './config.ts'
import { loadCountry } from './countries.ts'
import { takeDataFolder } from './data-folder.ts'
import { type Database, openDatabase } from './database.ts'
import type { FeatureDefinition } from './feature.ts'
import { EPOCH, openDemoKeys, openSealedKeys } from './keys.ts'
import { makeKeyBroker } from './key-broker.ts'
import { openLog } from './log.ts'
import type { Machine } from './machine.ts'
import { makeOutboxKey } from './outbox-key.ts'
import { passProductionGate, type Pilot } from './production-gate.ts'

export type Parts = { decide: DecideAccess; features: FeatureDefinition[] }

/** A machine that was just started: with sealed keys where it serves real cases, and how to let go of everything. */
export type Started = {
  machine: Machine
  keyfile: SealedKeyfile | null
  pilot: Pilot
  /** What features have to say to whoever started us, for instance the first administrator's link. */
  lines: string[]
  close: () => Promise<void>
}

/** Opens everything a server needs, in the order in which a fault is best told; throws a StartError with one sentence. */
export async function startMachine(
  config: Config,
  folders: { migrations: string; countries: string },
  parts: Parts,
): Promise<Started> {
  const giveBack = takeDataFolder(config.dataFolder)
  let db: Database | null = null
  try {
    const pilot = await gate(config)
    const { pack, hash, json, restricted } = loadCountry(folders.countries, config.country)
    db = await openDatabase(config, folders.migrations)
    const keyfile = config.mode === 'production' ? openSealedKeys(config.dataFolder) : null
    const keys = keyfile?.provider ?? (await openDemoKeys(config.dataFolder))
    const machine = await makeMachine(
      config,
      db,
      keys,
      { pack, packHash: hash, packJson: json, restricted },
      parts,
      pilot.missing,
    )
    if (pilot.acceptance !== null && pilot.missing.length > 0) await noteAcceptance(db, pilot.acceptance, pilot.missing)
    const lines: string[] = []
    for (const feature of parts.features) lines.push(...((await feature.onStart?.(machine)) ?? []))
    if (config.mode === 'production') await db.endSetUp()
    const opened = db
    return {
      machine,
      keyfile,
      pilot,
      lines,
      close: async () => {
        keyfile?.seal()
        await opened.close()
        giveBack()
      },
    }
  } catch (error) {
    await db?.close().catch(() => undefined)
    giveBack()
    throw error
  }
}

/** The demo claims no control, so none is missing. */
async function gate(config: Config): Promise<Pilot> {
  if (config.mode !== 'production') return { missing: [], acceptance: null }
  return passProductionGate(config, fromMillis(Date.now()))
}

/** Joins opened parts into a machine; tests give their own database. */
export async function makeMachine(
  config: Config,
  db: Database,
  keys: KeyProvider,
  country: Pick<Machine, 'pack' | 'packHash' | 'packJson' | 'restricted'>,
  { decide, features }: Parts,
  missing: string[] = [],
): Promise<Machine> {
  const deployment = await findDeployment(db, config)
  // A day ends where the children are, also for the database.
  await db.owner.script(`select kembali.keep_time_zone('${country.pack.timeZone.replaceAll("'", "''")}')`)
  const outboxKey = await makeOutboxKey(db, keys)
  async function openKeys(): Promise<void> {
    const epoch = await keys.createEpochKey(EPOCH.domain, EPOCH.epoch)
    if (!(await keys.escrowConfirmed(epoch))) throw new EscrowNotConfirmed()
    await outboxKey.ready()
  }
  if ((await keys.status()) === 'ok') await openKeys()
  return {
    config,
    db,
    keys,
    openKeys,
    outboxKey,
    broker: makeKeyBroker(deployment.id, keys, EPOCH, decide, config.budgets),
    scanner: config.clamd === null ? null : clamd(config.clamd),
    decide,
    ...country,
    epoch: deployment.epoch,
    log: openLog(config.log),
    pilot: missing.length > 0,
    missing,
    stopping: { asked: false },
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

/** Who answers for this start stands in the database, and the ledger commits to it. */
async function noteAcceptance(db: Database, { by, on }: { by: string; on: string }, missing: string[]): Promise<void> {
  await asClock(db, (tx) =>
    sql`select kembali.pilot_accepted(${by}, ${on}, ${missing}::text[], ${newId()})`.execute(tx),
  )
}
