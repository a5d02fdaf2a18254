import type { Answer, Op } from '../src/core/op.ts'
import { type App, makeApp } from '../src/server/http.ts'
import type { Machine } from '../src/server/machine.ts'
import { coreRoutes } from '../src/server/routes.ts'
import { newId } from '../src/crypto/random.ts'
import { instant } from '../src/core/time.ts'
import { anOffice, anOp, aPerson, asOwner, ownerRows, type Office, type Somebody } from './people.ts'
import { aScene, type Scene, type Sender, step } from './samples.ts'

/** The app as `main.ts` puts it together, in this process, with a log the test can read. */
export function appOf(of: Machine): { app: App; machine: Machine; log: string[] } {
  const log: string[] = []
  const keep = (message: string, fields?: object) => void log.push(JSON.stringify({ message, ...fields }))
  const machine = { ...of, log: { info: keep, warn: keep, error: keep } }
  const app = makeApp(machine)
  coreRoutes(app, machine)
  for (const feature of machine.features) feature.routes(app, machine)
  return { app, machine, log }
}

/** What every browser of ours sends with a write. */
export const WRITE = { 'content-type': 'application/json', 'x-kembali': '1' }

/** One request as a signed-in person. */
export async function ask(
  app: App,
  by: Pick<Somebody, 'sid'>,
  method: string,
  path: string,
  o: { body?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; text: string; json: Record<string, unknown> }> {
  const answer = await app.request(path, {
    method,
    headers: { cookie: `kembali=${by.sid}`, ...(method === 'GET' ? {} : WRITE), ...o.headers },
    ...(o.body === undefined ? {} : { body: o.body }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: jsonOf(text) }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown> // our own routes answer objects
  } catch {
    return {}
  }
}

/** Sends operations through the write route; throws when the batch was refused whole. */
export async function sendOver(app: App, by: Somebody, operations: readonly Op[]): Promise<Answer[]> {
  const { status, json, text } = await ask(app, by, 'POST', '/api/operations', { body: JSON.stringify({ operations }) })
  if (status !== 200) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`)
  return json.answers as Answer[]
}

export type Desk = { office: Office; worker: Somebody; supervisor: Somebody; colleague: Somebody; clinician: Somebody }

/** An office of three people and a clinician who works with it, with a case on which every operation has something to do. */
export async function aDesk(machine: Machine): Promise<Desk> {
  const office = await anOffice(machine)
  return {
    office,
    worker: await aPerson(machine, office, 'case_worker'),
    supervisor: await aPerson(machine, office, 'supervisor'),
    colleague: await aPerson(machine, office, 'case_worker'),
    clinician: await aPerson(machine, await anOffice(machine, 'health'), 'clinician'),
  }
}

export function senderOver(app: App, desk: Desk): Sender {
  return async (by, { type, payload, ...over }) => {
    const somebody = desk[by]
    const [answer] = await sendOver(app, somebody, [anOp(somebody, type, payload, over)])
    if (answer === undefined) throw new Error('one operation gets one answer')
    return answer
  }
}

/** A case of this office as every sample needs it, also with what only a job makes. */
export async function sceneAt(
  { app, machine }: Pick<ReturnType<typeof appOf>, 'app' | 'machine'>,
  desk: Desk,
  word: (field: string) => string,
): Promise<Scene> {
  const other = await anOffice(machine)
  await aPerson(machine, other, 'supervisor')
  const source = {
    id: newId,
    word,
    now: instant(new Date().toISOString()),
    orgId: desk.office.orgId,
    teamId: desk.office.teamId,
    colleagueId: desk.colleague.id,
    otherTeamId: other.teamId,
    lastPlanned: async (caseId: string) => {
      const tables = ['care_plan', 'care_goal', 'care_action'].map(
        (name) => `select planned_at from ${name} where case_id = '${caseId}'`,
      )
      const [row] = await ownerRows(machine, `select max(planned_at) as at from (${tables.join(' union all ')}) as p`)
      return instant(String(row?.at))
    },
    lastAssessed: async (caseId: string) => {
      const [row] = await ownerRows(
        machine,
        `select max(saved_at) as at from assessment_sheet where case_id = '${caseId}' and round_id is not null`,
      )
      return instant(String(row?.at))
    },
  }
  const send = senderOver(app, desk)
  const scene = await aScene(source, send)
  const { payload } = await step(send, scene, 'cases.request_match')
  await asOwner(
    machine,
    `insert into case_team (case_id, person_id, sector, role) values ('${scene.caseId}', '${desk.clinician.id}', 'health', 'clinician')`,
  )
  scene.hitId = newId()
  await asOwner(
    machine,
    `insert into match_hit (id, case_id, request_id) values ('${scene.hitId}', '${scene.caseId}', '${String(payload.id)}')`,
  )
  scene.linkId = newId()
  await asOwner(
    machine,
    `insert into family_link (id, case_id, pair_id, side, relation, state, asked_by)
       values ('${scene.linkId}', '${scene.caseId}', '${newId()}', 'was_asked', 'sibling', 'waiting', '${desk.colleague.id}')`,
  )
  return scene
}
