import { type RawBuilder, sql } from 'kysely'
import { ORGANISATIONS, PEOPLE, ROSTER, SAID, SIGNERS, TEAMS, WORK_PHONES } from '../../countries/demo/people.ts'
import { staffStory } from '../../countries/demo/staff-story.ts'
import { type StoryStep, tellStory } from '../../countries/demo/story.ts'
import { CHUNK, chunksOf } from '../core/files.ts'
import type { Op } from '../core/op.ts'
import { addMillis, dayOf, type Instant, toMillis } from '../core/time.ts'
import { startSession } from '../features/access/store.ts'
import { attachments } from '../features/attachments/feature.ts'
import { erasing, warning } from '../features/closure/jobs.ts'
import { release } from '../features/reports/jobs.ts'
import { releases, signRelease } from '../features/reports/store.ts'
import { supervision } from '../features/supervision/feature.ts'
import { toBase64url } from '../crypto/base64url.ts'
import { newId, newOpId } from '../crypto/random.ts'
import { asPerson } from './as-person.ts'
import { StartError } from './config.ts'
import { markOf } from './data-folder.ts'
import { acceptOperations, acceptTogether } from './gate.ts'
import type { FeatureDefinition } from './feature.ts'
import { makeApp } from './http.ts'
import type { Machine } from './machine.ts'

const DAY = 24 * 3_600_000

/** Fills an empty demo once. One that was stopped meanwhile has half a story and perhaps a clock of last year: it is not opened. */
export async function fillDemo(machine: Machine, folder: string, now: Instant): Promise<void> {
  const filling = markOf(folder, 'demo-being-filled')
  if (filling.stands())
    throw new StartError(
      `The demo was stopped while it was being filled. Remove the folder ${folder} and start again: nobody has written anything in it yet.`,
    )
  const [row] = await machine.db.owner.rows('select count(*)::int as people from app_user')
  if (Number(row?.people ?? 0) > 0) return
  filling.set()
  await seedDemo(machine, now)
  filling.clear()
}

/** Tells the story of the demo's fictional people as it stands at `now`, through the gate like everybody else. */
export async function seedDemo(machine: Machine, now: Instant): Promise<void> {
  await machine.db.owner.script(`begin; set local role k_owner;
    ${ORGANISATIONS.map((o) => `insert into organisation (id, name, sector, region) values (${texts(o.id, o.name, o.sector, o.region)});`).join('\n')}
    ${TEAMS.map((t) => `insert into team (id, org_id, name) values (${texts(t.id, t.orgId, t.name)});`).join('\n')}
    ${PEOPLE.map((p) => `insert into app_user (id, org_id, sector, name, login, role, language, enrolled_at) values (${texts(p.id, p.orgId, p.sector, p.name, p.login, p.role, p.language)}, kembali.now());`).join('\n')}
    ${PEOPLE.filter((p) => p.team !== null)
      .map(
        (p) =>
          `insert into team_member (team_id, person_id, supervises) values (${texts(p.team, p.id)}, ${p.supervises});`,
      )
      .join('\n')}
    ${SAID.map((p) => `insert into worker_says (person_id, languages, gender) values (${texts(p.personId)}, array[${texts(...p.languages)}], ${texts(p.gender)});`).join('\n')}
    ${ROSTER.map((r) => `insert into signature_roster (id, org_id, person_id, sector, from_on, until_on, asked_by, confirmed_by) values (${texts(r.id, r.orgId, r.personId)}, 'child_protection', kembali.today(), kembali.today() + 180, ${texts(r.askedBy, r.confirmedBy)});`).join('\n')}
    ${WORK_PHONES.map((p) => `insert into work_phone (person_id, phone) values (${texts(p.personId, p.phone)});`).join('\n')}
    commit`)
  const story = tellStory(now, machine.pack)
  await tellThen(machine, story.filter(isHeardThen), now)
  await tellNow(machine, story.filter(isHeardNow))
  await tellOfStaff(machine, now)
  await releaseFigures(machine, now)
}

const isHeardThen = (step: StoryStep) => step.isHeardThen === true
const isHeardNow = (step: StoryStep) => !isHeardThen(step)

const caseOf = ({ payload }: StoryStep) => String(payload.caseId ?? payload.id)

/** What the server hears of now: whole files of one person together, and what several tell of a child one after the other. */
async function tellNow(machine: Machine, steps: readonly StoryStep[]): Promise<void> {
  const tellers = new Map<string, Set<string>>()
  for (const step of steps) tellers.set(caseOf(step), (tellers.get(caseOf(step)) ?? new Set()).add(step.by))
  const isHers = (step: StoryStep) => tellers.get(caseOf(step))?.size === 1 && step.file === undefined
  const sessions = new Map<string, string>()
  for (const by of new Set(steps.map((step) => step.by))) {
    const sid = await startSession(machine.db, by, 'demo')
    sessions.set(by, sid)
    const hers = steps.filter((step) => step.by === by && isHers(step))
    const stopped = await acceptTogether(machine, sid, hers.map(operationOf), newId())
    if (stopped !== null) throw notAccepted(hers[stopped.at]?.type ?? '', stopped.answer)
  }
  for (const step of steps.filter((one) => !isHers(one))) {
    const sid = sessions.get(step.by) ?? ''
    await tell(machine, sid, step)
    if (step.file !== undefined) await bring(machine, sid, caseOf(step), String(step.payload.id), step.file)
  }
}

/** What the server heard of months ago: its clock stands at each moment meanwhile, as in a test, and goes right again afterwards. */
async function tellThen(machine: Machine, steps: readonly StoryStep[], now: Instant): Promise<void> {
  const asOwner = (text: string) => machine.db.owner.script(`begin; set local role k_owner; ${text}; commit`)
  const setTo = (at: Instant) => asOwner(`update test_clock set offset_ms = ${toMillis(at) - Date.now()}`)
  await asOwner('insert into test_clock (offset_ms) values (0)')
  try {
    let moment: Instant | null = null
    let sessions = new Map<string, string>()
    for (const step of steps) {
      if (step.at !== moment) {
        await setTo(step.at)
        moment = step.at
        sessions = new Map()
      }
      const sid = sessions.get(step.by) ?? (await startSession(machine.db, step.by, 'demo'))
      sessions.set(step.by, sid)
      await tell(machine, sid, { ...step, payload: { ...step.payload, ...(await seen(machine, sid, step)) } })
    }
    // What was to be erased meanwhile was warned of, and is gone.
    await setTo(addMillis(now, -21 * DAY))
    await warning.run(machine, now)
    await setTo(now)
    await erasing.run(machine, now)
  } finally {
    await asOwner('delete from test_clock')
  }
}

/** What a supervisor had before her when she answered: the moment of its last change, which only the server knows. */
function seen(machine: Machine, sid: string, { type, payload }: StoryStep): Promise<Record<string, Instant>> {
  const last = async (field: string, of: RawBuilder<unknown>) =>
    asPerson(machine.db, sid, 'supervision', async (tx) => {
      const { rows } = await sql<{ at: Instant }>`select max(of.at) as at from (${of}) of`.execute(tx)
      return Object.fromEntries(rows.map(({ at }) => [field, at]))
    })
  if (type === 'assessment.decide')
    return last('seenAt', sql`select saved_at as at from assessment_sheet where round_id = ${payload.caseId}`)
  if (type === 'care.decide_plan')
    return last(
      'plannedAt',
      sql.join(
        ['care_plan', 'care_goal', 'care_action'].map(
          (table) => sql`select planned_at as at from ${sql.table(table)} where case_id = ${payload.caseId}`,
        ),
        sql` union all `,
      ),
    )
  return Promise.resolve({})
}

/** What people of the office keep of themselves, by the way their screens send it. */
async function tellOfStaff(machine: Machine, now: Instant): Promise<void> {
  for (const { by, path, body } of staffStory(dayOf(now, machine.pack.timeZone)))
    await sendAs(machine, supervision, await startSession(machine.db, by, 'demo'), path, body)
}

/** The last quarter's figures, prepared by the job and signed by the two people whose task that is. */
async function releaseFigures(machine: Machine, now: Instant): Promise<void> {
  await release.run(machine, now)
  for (const signer of SIGNERS) {
    const sid = await startSession(machine.db, signer.id, 'demo')
    const answer = await asPerson(machine.db, sid, 'oversight', async (tx) => {
      const [prepared] = await releases(tx)
      return prepared === undefined ? 'not_prepared' : signRelease(tx, prepared.id, prepared.hash, newId())
    })
    if (answer !== 'signed') throw new Error(`the demo's figures were not signed: ${answer}`)
  }
}

async function tell(machine: Machine, sid: string, step: StoryStep): Promise<void> {
  const [answer] = await acceptOperations(machine, sid, [operationOf(step)], newId())
  if (answer?.answer !== 'accepted') throw notAccepted(step.type, answer)
}

function notAccepted(type: string, answer: unknown): Error {
  return new Error(`the demo's story was not accepted at ${type}: ${JSON.stringify(answer)}`)
}

/** Of a device of its own for each step: the story reaches back in time, which one device could not. */
function operationOf(step: StoryStep): Op {
  return {
    opId: newOpId(),
    device: newId(),
    seq: 1,
    type: step.type,
    baseVersion: step.baseVersion ?? null,
    payload: step.payload,
    claimedAt: step.at,
  } as Op // ids were just made
}

/** The pieces of a file that was announced, by the same way a phone sends them. */
async function bring(machine: Machine, sid: string, caseId: string, fileId: string, file: Uint8Array): Promise<void> {
  const say = (what: 'pieces' | 'whole', body: object) =>
    sendAs(machine, attachments, sid, `/api/cases/${caseId}/files/${fileId}/${what}`, body)
  for (let index = 0; index < chunksOf(file.length); index += 1)
    await say('pieces', { index, data: toBase64url(file.subarray(index * CHUNK, (index + 1) * CHUNK)) })
  await say('whole', {})
}

/** One request of a person to a route of a feature. */
async function sendAs(machine: Machine, to: FeatureDefinition, sid: string, path: string, body: object): Promise<void> {
  const app = makeApp(machine)
  to.routes(app, machine)
  const answer = await app.request(path, {
    method: 'POST',
    headers: { cookie: `kembali=${sid}`, 'content-type': 'application/json', 'x-kembali': '1' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the demo's story was not taken at ${path}: ${answer.status}`)
}

/** The texts of our own fictional people as SQL literals. */
function texts(...values: (string | null)[]): string {
  return values.map((value) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`)).join(', ')
}
