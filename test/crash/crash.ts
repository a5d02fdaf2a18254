import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId, newOpId } from '../../src/crypto/random.ts'
import { type Cluster, findPostgres, freePort, startCluster } from '../postgres.ts'

/**
 * Kills the server with SIGKILL while operations are being written, and every tenth time PostgreSQL instead; starts it again on
 * the same data, and asks of every operation ever sent: it must be there exactly once, and sent again get the same answer.
 * `node crash.js ROUNDS [pglite|postgres]`.
 */
const rounds = Number(process.argv[2] ?? 200)
const only = process.argv[3]

type Sent = { op: Record<string, unknown>; caseId: string; answer: unknown }
type Server = { child: ChildProcess; base: string; cookie: string }

const SARI = '9e000000-0000-4000-8000-000000000001'
const ORG = '0e000000-0000-4000-8000-000000000001'
const TEAM = '7e000000-0000-4000-8000-000000000001'

const HEADERS = { 'content-type': 'application/json', 'x-kembali': '1' }

let failed = false
if (only !== 'postgres') await crash('pglite', null)
if (only !== 'pglite') {
  if (findPostgres() === null) {
    console.log('Not run on PostgreSQL: it is not on this computer.')
    failed ||= process.env.CI === 'true'
  } else {
    const cluster = await startCluster({ fsync: true })
    await crash('postgres', cluster)
    await cluster.stop()
  }
}
process.exit(failed ? 1 : 0)

async function crash(engine: string, cluster: Cluster | null): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'kembali-crash-'))
  const acknowledged: Sent[] = []
  let unacknowledged: Sent[] = []
  let [problems, interrupted, databaseKills] = [0, 0, 0]
  const started = Date.now()
  let server = await start(data, cluster)
  for (let round = 1; round <= rounds; round += 1) {
    const victim = cluster !== null && round % 10 === 0 ? cluster : null
    if (victim !== null) databaseKills += 1
    unacknowledged = await writeUntilKilled(server, victim, acknowledged, round)
    interrupted += unacknowledged.length
    await victim?.start()
    server = await start(data, cluster)
    // What was under way when it died is sent again: it takes effect once, whether it had been written or not.
    for (const one of unacknowledged) acknowledged.push({ ...one, answer: await answerOf(server, one.op) })
    if (round % 50 === 0 || round === rounds) problems += await compare(server, acknowledged)
  }
  await stop(server, 'SIGKILL')
  rmSync(data, { recursive: true, force: true })
  if (problems > 0 || interrupted === 0) failed = true
  console.log(
    `${engine}: ${rounds} kills${cluster === null ? '' : ` (${databaseKills} of PostgreSQL itself)`}, ${acknowledged.length} operations, ` +
      `${interrupted} cut off under way, ${problems} lost or twice, ${Math.round((Date.now() - started) / 1000)} s`,
  )
}

async function start(data: string, cluster: Cluster | null): Promise<Server> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    KEMBALI_DATA: data,
    KEMBALI_LOG: 'silent',
    ...(cluster === null ? {} : { DATABASE_URL: cluster.url() }),
  }
  const child = spawn('node', ['dist/src/server/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const base = `http://127.0.0.1:${port}`
  for (let attempt = 0; ; attempt += 1) {
    if (attempt > 6000 || child.exitCode !== null) {
      child.kill('SIGKILL')
      throw new Error('the server did not start')
    }
    try {
      if ((await fetch(`${base}/livez`)).ok) break
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  const signed = await fetch(`${base}/api/sign-in/demo`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ personId: SARI }),
  })
  return { child, base, cookie: signed.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

/** Four writers send cases until server or database are killed, a moment after some were acknowledged; answers what was sent and never answered. */
async function writeUntilKilled(
  server: Server,
  victim: Cluster | null,
  acknowledged: Sent[],
  round: number,
): Promise<Sent[]> {
  const open: Sent[] = []
  let dead = false
  // Another number and another moment each time, so that the blow falls on every step of a write.
  const [enough, ms] = [1 + (round % 13), (round * 7) % 23]
  let answered = 0
  const strike = () => {
    dead = true
    if (victim === null) server.child.kill('SIGKILL')
    else void victim.kill('SIGKILL')
  }
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      while (!dead) {
        const sent = aCase()
        try {
          acknowledged.push({ ...sent, answer: await answerOf(server, sent.op) })
          answered += 1
          if (answered === enough) setTimeout(strike, ms)
        } catch {
          open.push(sent)
          return
        }
      }
    }),
  )
  await stop(server, 'SIGKILL')
  await victim?.kill('SIGKILL')
  return open
}

function aCase(): Sent {
  const [opId, caseId] = [newOpId(), newId()]
  const payload = {
    id: caseId,
    alias: `Crash ${caseId.replace(/[^a-f]/g, '')}x`,
    orgId: ORG,
    teamId: TEAM,
    region: 'NC-TL',
    sex: 'not_known',
    ageBand: 'not_known',
    threatened: false,
  }
  const op = {
    opId,
    device: newId(),
    seq: 1,
    type: 'cases.open_case',
    baseVersion: null,
    payload,
    claimedAt: new Date().toISOString(),
  }
  return { op, caseId, answer: null }
}

async function answerOf(server: Server, op: Record<string, unknown>): Promise<unknown> {
  const [answer] = await answersOf(server, [op])
  return answer
}

async function answersOf(server: Server, operations: Record<string, unknown>[]): Promise<unknown[]> {
  for (;;) {
    const answer = await fetch(`${server.base}/api/operations`, {
      method: 'POST',
      headers: { ...HEADERS, cookie: server.cookie },
      body: JSON.stringify({ operations }),
    })
    const { answers } = (await answer.json()) as { answers?: { answer: string }[] } // our own route
    if (answers === undefined) throw new Error(`the server answered ${answer.status}`)
    if (answers.every((one) => one.answer !== 'retry')) return answers
  }
}

/** Sends everything again: each must get its first answer, and be in the list of cases exactly once. */
async function compare(server: Server, acknowledged: Sent[]): Promise<number> {
  let problems = 0
  for (let at = 0; at < acknowledged.length; at += 100) {
    const sent = acknowledged.slice(at, at + 100)
    const again = await answersOf(
      server,
      sent.map(({ op }) => op),
    )
    problems += sent.filter(({ answer }, n) => canonical(again[n]) !== canonical(answer)).length
  }
  const seen = new Map<string, number>()
  let after: string | null = null
  do {
    const page: Response = await fetch(
      `${server.base}/api/cases?scope=mine${after === null ? '' : `&after=${after}`}`,
      { headers: { cookie: server.cookie } },
    )
    const { cases, next } = (await page.json()) as { cases: { id: string }[]; next: string | null } // our own route
    for (const { id } of cases) seen.set(id, (seen.get(id) ?? 0) + 1)
    after = next
  } while (after !== null)
  return problems + acknowledged.filter(({ caseId }) => seen.get(caseId) !== 1).length
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function stop(server: Server, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (server.child.exitCode !== null || server.child.signalCode !== null) return resolve()
    server.child.once('exit', () => resolve())
    server.child.kill(signal)
  })
}
