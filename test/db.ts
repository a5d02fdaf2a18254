import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { newKeyringContent, keyringProvider } from '../src/crypto/keyring.ts'
import { newId } from '../src/crypto/random.ts'
import { access } from '../src/features/access/feature.ts'
import { decideAccess } from '../src/features/access/decide-access.ts'
import { allocation } from '../src/features/allocation/feature.ts'
import { association } from '../src/features/association/feature.ts'
import { assessment } from '../src/features/assessment/feature.ts'
import { attachments } from '../src/features/attachments/feature.ts'
import { care } from '../src/features/care/feature.ts'
import { copies } from '../src/features/copies/feature.ts'
import { bestInterests } from '../src/features/best-interests/feature.ts'
import { cases } from '../src/features/cases/feature.ts'
import { closure } from '../src/features/closure/feature.ts'
import { family } from '../src/features/family/feature.ts'
import { conference } from '../src/features/conference/feature.ts'
import { justice } from '../src/features/justice/feature.ts'
import { notices } from '../src/features/notices/feature.ts'
import { phone } from '../src/features/phone/feature.ts'
import { referrals } from '../src/features/referrals/feature.ts'
import { reports } from '../src/features/reports/feature.ts'
import { services } from '../src/features/services/feature.ts'
import { signatures } from '../src/features/signatures/feature.ts'
import { supervision } from '../src/features/supervision/feature.ts'
import { work } from '../src/features/work/feature.ts'
import { type Config, readConfig } from '../src/server/config.ts'
import { loadCountry } from '../src/server/countries.ts'
import { type Database, openDatabase, openPglite } from '../src/server/database.ts'
import type { Machine } from '../src/server/machine.ts'
import { makeMachine } from '../src/server/start-machine.ts'

/** Which database the tests run on: `KEMBALI_TEST_ENGINE`, PGlite unless it says postgres. */
export const ENGINE = process.env.KEMBALI_TEST_ENGINE === 'postgres' ? 'postgres' : 'pglite'

export const FEATURES = [
  access,
  cases,
  work,
  signatures,
  supervision,
  bestInterests,
  closure,
  assessment,
  care,
  family,
  services,
  attachments,
  justice,
  reports,
  allocation,
  copies,
  referrals,
  association,
  conference,
  notices,
  phone,
]

let machine: Promise<Machine> | null = null

/** One machine on one database for the whole run: every test brings its own people and cases. */
export function testMachine(): Promise<Machine> {
  machine ??= freshMachine()
  return machine
}

/** A machine on an empty database of its own, for tests that move the clock or begin a real deployment. */
export async function freshMachine(over: Partial<Config> = {}): Promise<Machine> {
  const config = testConfig()
  const { db, settings } = await openTestDatabase(config)
  let content = newKeyringContent()
  const keys = keyringProvider(
    () => content,
    async (changed) => void (content = changed),
  )
  const { pack, hash, json, restricted } = loadCountry('countries', 'demo')
  return makeMachine(
    { ...settings, ...over },
    db,
    keys,
    { pack, packHash: hash, packJson: json, restricted },
    { decide: decideAccess, features: FEATURES },
  )
}

function testConfig(): Config {
  return {
    ...readConfig({}),
    log: 'silent',
    dataFolder: mkdtempSync(join(tmpdir(), 'kembali-test-')),
    budgets: { hour: 1000, day: 1000, supervisorDay: 1000, dpoDay: 1000, emergencyDay: 1000 },
  }
}

async function openTestDatabase(config: Config): Promise<{ db: Database; settings: Config }> {
  if (ENGINE === 'pglite') return { db: await openPglite(null, 'migrations'), settings: config }
  const server = process.env.KEMBALI_TEST_POSTGRES
  if (server === undefined) throw new Error('the global setup starts a PostgreSQL')
  const name = `test_${newId().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const settings = {
    ...config,
    database: { app: server.replace(/\/postgres$/, `/${name}`), clock: null, stats: null, migrate: null },
  }
  return { db: await openDatabase(settings, 'migrations'), settings }
}
