import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { newId, newOpId } from '../../src/crypto/random.ts'
import { newKeyringContent, keyringProvider } from '../../src/crypto/keyring.ts'
import { decideAccess } from '../../src/features/access/decide-access.ts'
import { listCases } from '../../src/features/cases/store.ts'
import { boardClocks } from '../../src/features/justice/store.ts'
import { asPerson } from '../../src/server/as-person.ts'
import { type Config, readConfig } from '../../src/server/config.ts'
import { loadCountry } from '../../src/server/countries.ts'
import { type Database, openDatabase, openPglite } from '../../src/server/database.ts'
import { acceptOperations } from '../../src/server/gate.ts'
import type { Machine } from '../../src/server/machine.ts'
import { makeMachine } from '../../src/server/start-machine.ts'
import { FEATURES } from '../db.ts'
import { anOffice, aPerson, contactOp, openCaseOp, type Somebody } from '../people.ts'
import { findPostgres, startCluster } from '../postgres.ts'
import { get, measureDay, wholeApp } from './day.ts'
import { type ImportLine, measureImport } from './import.ts'
import { type Bare, compare as compareLine, type Line } from './lines.ts'

const asJson = process.argv.includes('--json')
/** `--scales=0` leaves the lines out, so that the list alone is timed. */
const scales = (process.argv.find((word) => word.startsWith('--scales='))?.slice(9) ?? '1000,10000,100000')
  .split(',')
  .map(Number)
  .filter((scale) => scale > 0)
const lines: Line[] = []
const imports: ImportLine[] = []
/** As long a list as an office brings: fewer rows are another measure. */
const listRows = Number(process.argv.find((word) => word.startsWith('--rows='))?.slice(7) ?? 5000)
/** The size at which a worker's and a supervisor's whole day is measured too. */
const dayAt = Math.max(...scales.filter((scale) => scale <= 10_000))

const only = process.argv.find((word) => word.startsWith('--engine='))?.slice(9)
if (only !== 'postgres') await onPglite(scales.filter((scale) => scale <= 10_000))
if (only === 'pglite') console.error('PostgreSQL was not asked for.')
else if (findPostgres() === null) console.error('PostgreSQL was not measured: it is not on this computer.')
else await onPostgres(scales)
if (asJson) console.log(JSON.stringify([...lines, ...imports]))
else {
  console.log(
    '| what | engine | cases | p50 ms | p95 ms | bare SQL p95 ms | ratio |\n|---|---|---:|---:|---:|---:|---:|',
  )
  for (const line of lines)
    console.log(
      `| ${line.name} | ${line.engine} | ${line.scale} | ${line.p50_ms} | ${line.p95_ms} | ${line.bare_p95_ms} | ${line.ratio} |`,
    )
  for (const { name, engine, rows, seconds, processor_seconds, again_seconds } of imports)
    console.log(
      `\n${name}, ${rows} rows, ${engine}: ${seconds} s (${processor_seconds} s of processor time), once more ${again_seconds} s`,
    )
}
process.exit(0)

async function onPglite(sizes: number[]): Promise<void> {
  for (const scale of sizes) {
    const db = await openPglite(null, 'migrations')
    await measure(db, { ...settings() }, 'pglite', scale, (text, params) => db.owner.rows(bind(text, params)))
    await db.close()
  }
  if (listRows === 0) return
  const config = settings()
  // On a disk, where a demo and a training keep it.
  const db = await openPglite(join(config.dataFolder, 'pglite'), 'migrations')
  imports.push(await measureImport(await machineOn(db, config), 'pglite', listRows))
  await db.close()
  rmSync(config.dataFolder, { recursive: true, force: true })
}

/** Values into a text for the owner's connection, which takes none: our own ids only. */
function bind(text: string, params: unknown[]): string {
  return params.reduce<string>((filled, value, at) => filled.replaceAll(`$${at + 1}`, `'${String(value)}'`), text)
}

async function onPostgres(sizes: number[]): Promise<void> {
  const cluster = await startCluster({ fsync: true })
  for (const scale of sizes) {
    const name = `bench_${scale}`
    const admin = new pg.Client({ connectionString: cluster.url() })
    await admin.connect()
    await admin.query(`create database ${name}`)
    await admin.end()
    const config = { ...settings(), database: { app: cluster.url(name), clock: null, stats: null, migrate: null } }
    const db = await openDatabase(config, 'migrations')
    const bare = new pg.Client({ connectionString: cluster.url(name) })
    await bare.connect()
    await measure(db, config, 'postgres', scale, (text, params) => bare.query(text, params))
    await bare.end()
    await db.close()
    rmSync(config.dataFolder, { recursive: true, force: true })
  }
  await cluster.stop()
}

function settings(): Config {
  return {
    ...readConfig({}),
    log: 'silent',
    dataFolder: mkdtempSync(join(tmpdir(), 'kembali-bench-')),
    budgets: { hour: 1e6, day: 1e6, supervisorDay: 1e6, dpoDay: 1e6, emergencyDay: 1e6 },
  }
}

function machineOn(db: Database, config: Config): Promise<Machine> {
  let content = newKeyringContent()
  const keys = keyringProvider(
    () => content,
    async (changed) => void (content = changed),
  )
  const { pack, hash, json, restricted } = loadCountry('countries', 'demo')
  return makeMachine(
    config,
    db,
    keys,
    { pack, packHash: hash, packJson: json, restricted },
    { decide: decideAccess, features: FEATURES },
  )
}

async function measure(db: Database, config: Config, engine: string, scale: number, bare: Bare): Promise<void> {
  const machine = await machineOn(db, config)
  const office = await anOffice(machine)
  const worker = await aPerson(machine, office, 'case_worker')
  const supervisor = await aPerson(machine, office, 'supervisor')
  await fill(machine, office, scale)
  const own: string[] = []
  for (let n = 0; n < 60; n += 1) own.push(await realCase(machine, worker))
  await db.owner.script('analyze')

  const [first = ''] = own
  await compare(
    'caseload list, 50 rows',
    400,
    () => asPerson(db, worker.sid, null, (tx, me) => listCases(tx, 'mine', me.id, null, 50)),
    () =>
      bare(
        `select c.*, u.name from child_case c join app_user u on u.id = c.worker_id where c.worker_id = $1 order by c.opened_at desc limit 50`,
        [worker.id],
      ),
  )
  const app = wholeApp(machine)
  await compare(
    'open case',
    400,
    () => get(app, worker, `/api/cases/${first}`),
    async () => {
      await bare('select * from child_case where id = $1', [first])
      await bare('select * from child_card where case_id = $1', [first])
      await bare('select * from child_identity where case_id = $1', [first])
      await bare('select * from safe_start where case_id = $1', [first])
      await bare(
        `select l.*, u.name from op_log l left join app_user u on u.id = l.actor where l.case_id = $1 order by l.claimed_at desc limit 200`,
        [first],
      )
    },
  )
  let at = 0
  await compare(
    'accept operation',
    150,
    async () => {
      at += 1
      const [answer] = await acceptOperations(
        machine,
        worker.sid,
        [contactOp(worker, own[at % own.length] ?? first)],
        newId(),
      )
      if (answer?.answer !== 'accepted') throw new Error(`a contact is accepted: ${JSON.stringify(answer)}`)
    },
    async () => {
      await bare('begin', [])
      await bare(
        `insert into op_log (op_id, device, seq, type, actor, payload_mac, answer, claimed_at) values ($1, $2, 1, 'bench', $3, '', '{}', now())`,
        [newOpId(), newId(), worker.id],
      )
      await bare('commit', [])
    },
  )
  await compare(
    'safeguard board',
    150,
    () => asPerson(db, supervisor.sid, 'supervision', (tx, me) => boardClocks(tx, me.id)),
    () =>
      bare(
        `select k.*, c.alias, u.name from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
           join safeguard_clock k on k.case_id = c.id left join app_user u on u.id = c.worker_id
          where m.person_id = $1 and m.supervises order by k.due_at limit 500`,
        [supervisor.id],
      ),
  )

  if (scale === dayAt) await measureDay({ engine, scale, machine, bare, said })

  async function compare(name: string, times: number, ours: () => Promise<unknown>, theirs: () => Promise<unknown>) {
    said(await compareLine({ name, engine, scale }, times, ours, theirs))
  }
}

function said(line: Line): void {
  lines.push(line)
  if (!asJson)
    console.error(`${line.name} · ${line.engine} · ${line.scale}: p95 ${line.p95_ms} ms, bare ${line.bare_p95_ms} ms`)
}

async function realCase(machine: Machine, by: Somebody): Promise<string> {
  const open = openCaseOp(by)
  const answers = await acceptOperations(machine, by.sid, [open, contactOp(by, String(open.payload.id))], newId())
  if (answers.some((answer) => answer.answer !== 'accepted'))
    throw new Error(`a case opens: ${JSON.stringify(answers)}`)
  return String(open.payload.id)
}

/** Other people's cases around the measured ones, as coded rows: teams of 20 workers with 25 cases each, as many offices as it takes. */
async function fill(machine: Machine, office: { orgId: string }, scale: number): Promise<void> {
  const workers = Math.max(1, Math.ceil(scale / 25))
  const teams = Math.max(1, Math.ceil(workers / 20))
  await machine.db.owner.script(`begin; set local role k_owner;
    insert into team (id, org_id, name) select md5('t' || n)::uuid, '${office.orgId}', 'Team ' || n from generate_series(1, ${teams}) n;
    insert into app_user (id, org_id, sector, name, login, role)
      select md5('w' || n)::uuid, '${office.orgId}', 'child_protection', 'Worker ' || n, 'w' || n, 'case_worker' from generate_series(1, ${workers}) n;
    insert into app_user (id, org_id, sector, name, login, role)
      select md5('s' || n)::uuid, '${office.orgId}', 'child_protection', 'Supervisor ' || n, 's' || n, 'supervisor' from generate_series(1, ${teams}) n;
    insert into team_member (team_id, person_id, supervises) select md5('t' || n)::uuid, md5('s' || n)::uuid, true from generate_series(1, ${teams}) n;
    insert into child_case (id, op_id, alias, org_id, team_id, opened_by, worker_id, region, sex, age_band, opened_at)
      select md5('c' || n)::uuid, md5('o' || n)::uuid, 'Filler ' || n, '${office.orgId}', md5('t' || (1 + n % ${teams}))::uuid,
             md5('w' || (1 + n % ${workers}))::uuid, md5('w' || (1 + n % ${workers}))::uuid, 'NC-TL', 'not_known', 'not_known', now() - n * interval '1 minute'
        from generate_series(1, ${scale}) n;
    commit`)
}
