import { gzipSync } from 'node:zlib'
import { newId } from '../../src/crypto/random.ts'
import { instant } from '../../src/core/time.ts'
import { makeApp } from '../../src/server/http.ts'
import type { Machine } from '../../src/server/machine.ts'
import { pull, type PullAnswer } from '../../src/server/pull.ts'
import { anOffice, anOp, aPerson, send, type Office, type Somebody } from '../people.ts'
import { bareScene, type Scene, type Sender, step } from '../samples.ts'
import { type Bare, compare, type Line } from './lines.ts'

type Of = { engine: string; scale: number; machine: Machine; bare: Bare; said: (line: Line) => void }

/** What stands on one card of the sixty: about as much as a child's first two weeks leave. */
const A_CARD = [
  'cases.edit_card',
  'cases.edit_identity',
  'cases.edit_safe_start',
  'justice.record_contact',
  'care.add_note',
  'care.edit_task',
  'care.edit_goal',
  'care.edit_action',
  'care.edit_plan',
  'assessment.check_safety',
]
const CARDS = 60
const ENTRIES = 200
const TEAM = 1500
/** What a supervisor's page asks when she opens it in the morning. */
const HER_DAY = [
  '/api/team-day',
  '/api/safeguards/limits',
  '/api/signatures',
  '/api/work/team',
  '/api/closure/team',
  '/api/conference/team',
  '/api/supervision/sample',
  '/api/services/incidents',
  '/api/notices',
]

/** The day of a worker with sixty cases and of a supervisor with 1,500: what `docs/performance.md` calls the day. */
export async function measureDay(of: Of): Promise<void> {
  const office = await anOffice(of.machine)
  const worker = await aPerson(of.machine, office, 'case_worker')
  const own: string[] = []
  for (let n = 0; n < CARDS; n += 1) own.push(await aFullCase(of.machine, worker))
  await longFile(of, worker, own[0] ?? '')
  await workersDay(of, worker, own)
  await supervisorsDay(of)
}

async function longFile(of: Of, worker: Somebody, caseId: string): Promise<void> {
  for (let n = 0; n < ENTRIES; n += 1) await made(of.machine, worker, caseId, 'care.add_note')
  const app = wholeApp(of.machine)
  await line(
    of,
    `open case, ${ENTRIES} entries`,
    200,
    () => get(app, worker, `/api/cases/${caseId}`),
    async () => {
      for (const table of ['child_card', 'child_identity', 'safe_start'])
        await of.bare(`select * from ${table} where case_id = $1`, [caseId])
      await of.bare(`select * from child_case where id = $1`, [caseId])
      await of.bare(
        `select l.*, u.name from op_log l left join app_user u on u.id = l.actor where l.case_id = $1 order by l.claimed_at desc limit 200`,
        [caseId],
      )
    },
  )
}

/** What her phone asks, and how much comes over the line, as it is sent. */
async function workersDay(of: Of, worker: Somebody, own: readonly string[]): Promise<void> {
  const [whole, cursor] = await fetchAll(of.machine, worker, null)
  const list = own.map((id) => `'${id}'`).join(',')
  await line(
    of,
    `Today, ${CARDS} cases: what is new`,
    200,
    () => fetchAll(of.machine, worker, cursor),
    async () => {
      await of.bare(`select * from child_case where worker_id = $1 and state = 'open' limit ${CARDS}`, [worker.id])
      await of.bare(
        `select case_id, row_id from op_log where case_id in (${list}) and at > now() - interval '1 second'`,
        [],
      )
    },
  )
  await line(
    of,
    `first sync of ${CARDS} cards, ${whole.toFixed(1)} kB`,
    20,
    () => fetchAll(of.machine, { ...worker, device: newId() }, null),
    async () => {
      for (const table of ['child_card', 'child_identity', 'safe_start', 'care_note', 'care_task', 'care_goal'])
        await of.bare(`select * from ${table} where case_id in (${list})`, [])
    },
  )
  // Fifty small edits of a colleague's hand on fifty cards.
  for (const caseId of own.slice(0, 50)) {
    const edit = anOp(
      worker,
      'cases.edit_card',
      { id: caseId, caseId, set: { village: 'By the old mill' } },
      { baseVersion: 99 },
    )
    await send(of.machine, worker, edit)
  }
  const [again] = await fetchAll(of.machine, worker, cursor)
  await line(
    of,
    `sync of 50 edits, ${again.toFixed(1)} kB`,
    20,
    () => fetchAll(of.machine, worker, cursor),
    () => of.bare(`select * from child_card where case_id in (${list})`, []),
  )
}

/** Kilobytes as they go over the line, and the cursor after them. */
async function fetchAll(machine: Machine, by: Somebody, from: string | null): Promise<[number, string]> {
  let bytes = 0
  let answer: PullAnswer
  let cursor = from
  do {
    answer = await pull(machine, by.sid, { device: by.device as never, cursor }, newId())
    bytes += gzipSync(JSON.stringify(answer)).length
    cursor = answer.cursor
  } while (answer.more)
  return [bytes / 1000, cursor]
}

/** One supervisor of 25 workers with sixty cases each, a dozen operations behind each. */
async function supervisorsDay(of: Of): Promise<void> {
  const office = await anOffice(of.machine)
  const supervisor = await aPerson(of.machine, office, 'supervisor')
  await fillTeam(of.machine, office)
  const app = wholeApp(of.machine)
  const ask = (path: string) => get(app, supervisor, path)
  const oneByOne = async () => {
    for (const path of HER_DAY) await ask(path)
  }
  const atOnce = () => Promise.all(HER_DAY.map(ask))
  for (const [how, asked] of [
    ['one after the other', oneByOne] as const,
    ['at once, as her page asks', atOnce] as const,
  ])
    await line(of, `Today of a supervisor, ${TEAM} cases, ${how}`, 40, asked, () =>
      of.bare(
        `select c.*, s.*, i.age_basis, u.name from team_member m join child_case c on c.team_id = m.team_id and c.state = 'open'
           left join safe_start s on s.case_id = c.id left join child_identity i on i.case_id = c.id
           left join app_user u on u.id = c.worker_id where m.person_id = $1 and m.supervises`,
        [supervisor.id],
      ),
    )
}

async function fillTeam(machine: Machine, { orgId, teamId }: Office): Promise<void> {
  await machine.db.owner.script(`begin; set local role k_owner;
    insert into app_user (id, org_id, sector, name, login, role)
      select md5('${teamId}w' || n)::uuid, '${orgId}', 'child_protection', 'Worker ' || n, '${teamId}w' || n, 'case_worker' from generate_series(1, 25) n;
    insert into child_case (id, op_id, alias, org_id, team_id, opened_by, worker_id, region, sex, age_band, opened_at)
      select md5('${teamId}c' || n)::uuid, md5('${teamId}o' || n)::uuid, 'Team ' || n, '${orgId}', '${teamId}',
             md5('${teamId}w' || (1 + n % 25))::uuid, md5('${teamId}w' || (1 + n % 25))::uuid, 'NC-TL', 'not_known', 'not_known', now() - n * interval '1 hour'
        from generate_series(1, ${TEAM}) n;
    insert into op_log (op_id, device, seq, type, actor, case_id, part, row_id, payload_mac, clear, answer, claimed_at)
      select md5('${teamId}l' || n || '-' || k)::uuid, md5('${teamId}d')::uuid, 1, case when k % 2 = 0 then 'care.add_note' else 'care.edit_task' end,
             md5('${teamId}w' || (1 + n % 25))::uuid, md5('${teamId}c' || n)::uuid, 'services', md5('${teamId}l' || n || '-' || k)::uuid, '',
             jsonb_build_object('thing', 'care_note', 'kind', 'home_visit', 'at', now() - k * interval '1 day'), '{}', now() - k * interval '1 day'
        from generate_series(1, ${TEAM}) n, generate_series(1, 12) k;
    commit`)
  await machine.db.owner.script('vacuum (analyze)')
}

async function aFullCase(machine: Machine, worker: Somebody): Promise<string> {
  const scene = sceneOf(worker)
  const opened = await step(sender(machine, worker), scene, 'cases.open_case')
  scene.caseId = String(opened.payload.id)
  for (const type of A_CARD) await step(sender(machine, worker), scene, type, 0)
  return scene.caseId
}

async function made(machine: Machine, worker: Somebody, caseId: string, type: string): Promise<void> {
  await step(sender(machine, worker), { ...sceneOf(worker), caseId }, type)
}

function sceneOf({ orgId, teamId, id }: Somebody): Scene {
  return bareScene({
    id: newId,
    word: (field) => `What somebody said about ${field}, in a sentence of the usual length of a note`,
    now: instant(new Date().toISOString()),
    lastPlanned: () => Promise.reject(new Error('no plan is decided here')),
    lastAssessed: () => Promise.reject(new Error('no assessment is decided here')),
    orgId,
    teamId,
    colleagueId: id,
    otherTeamId: newId(), // no case moves here
  })
}

function sender(machine: Machine, worker: Somebody): Sender {
  return async (_by, { type, payload, baseVersion, claimedAt }) => {
    const [answer] = await send(machine, worker, anOp(worker, type, payload, { baseVersion, claimedAt }))
    if (answer === undefined) throw new Error('the gate answers')
    return answer
  }
}

async function line(of: Of, name: string, times: number, ours: () => Promise<unknown>, theirs: () => Promise<unknown>) {
  of.said(await compare({ name, engine: of.engine, scale: of.scale }, times, ours, theirs))
}

/** Every route of the features, as a page asks them. */
export function wholeApp(machine: Machine) {
  const app = makeApp(machine)
  for (const feature of machine.features) feature.routes(app, machine)
  return app
}

/** One question of a page, read to its end. */
export async function get(app: ReturnType<typeof makeApp>, by: Somebody, path: string): Promise<void> {
  const answer = await app.request(path, { headers: { cookie: `kembali=${by.sid}` } })
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
  await answer.arrayBuffer()
}
