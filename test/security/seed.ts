import { seeded } from '../../countries/demo/seeded.ts'
import type { Answer } from '../../src/core/op.ts'
import { type Instant, instant } from '../../src/core/time.ts'
import { newId } from '../../src/crypto/random.ts'
import { recordPayload } from '../best-interests.ts'
import { closingPayload } from '../closure.ts'
import {
  aScene,
  type By,
  doEverything,
  bareScene,
  SAMPLES,
  type Scene,
  type Sender,
  type Sending,
  step,
} from '../samples.ts'
import type { Client } from './client.ts'
import { idsOf, type PersonIds, type Persona, PERSONAS } from './personas.ts'

export type SeedSize = 'empty' | 'small' | 'large'

/** How every canary begins: what a scan looks for. */
export const CANARY = 'kembali-canary-'

/** A string that stands in one typed field of one case and nowhere else. */
export type Canary = { field: string; text: string }

export type SeedIds = {
  people: Record<Persona, PersonIds>
  /** Cases by who carries them, oldest first. `closed` was closed by the supervisor. */
  cases: { worker: string[]; colleague: string[]; stranger: string[]; closed: string[] }
  contacts: string[]
  canaries: Canary[]
}

/** Whole files (every kind of operation), and cases that were only opened. */
const SIZES = { empty: { whole: 0, plain: 0 }, small: { whole: 2, plain: 3 }, large: { whole: 20, plain: 280 } }

type SignIn = (persona: Persona) => Promise<Client>

/** Fills the program through its API, as the personas; the same size gives the same ids of cases, contacts and canaries. */
export async function seedProgram(size: SeedSize, canaries: boolean, signIn: SignIn): Promise<SeedIds> {
  const random = seeded(size === 'large' ? 2 : 1)
  const ids: SeedIds = {
    people: Object.fromEntries(
      (Object.keys(PERSONAS) as Persona[]).map((name) => [name, idsOf(name)]),
    ) as SeedIds['people'], // every persona
    cases: { worker: [], colleague: [], stranger: [], closed: [] },
    contacts: [],
    canaries: [],
  }
  if (size === 'empty') return ids
  const desks = {
    worker: await signIn('worker'),
    colleague: await signIn('colleague'),
    supervisor: await signIn('supervisor'),
    stranger: await signIn('stranger'),
    strangerSupervisor: await signIn('stranger_supervisor'),
  }

  for (let n = 0; n < SIZES[size].whole; n += 1) {
    const { caseId, contactId } = await wholeCase(desks.worker, desks.supervisor)
    ids.cases.worker.push(caseId)
    ids.contacts.push(contactId)
  }
  ids.cases.stranger.push((await wholeCase(desks.stranger, desks.strangerSupervisor)).caseId)
  for (const name of ['worker', 'colleague', 'stranger'] as const)
    ids.cases[name].push(...(await plainCases(desks[name], SIZES[size].plain)))
  ids.cases.closed.push(await closedCase())
  for (const desk of Object.values(desks)) await desk.post('/api/sign-out', {})
  return ids

  function sceneSource(desk: Client, supervisor: Client) {
    return {
      id: random.uuid,
      word,
      now: instant(new Date().toISOString()),
      orgId: desk.person.orgId,
      teamId: desk.person.teamId,
      colleagueId: desk.person.id,
      otherTeamId: (desk === desks.stranger ? desks.worker : desks.stranger).person.teamId,
      lastPlanned: (caseId: string) => lastPlanned(supervisor, caseId),
      lastAssessed: (caseId: string) => lastAssessed(supervisor, caseId),
    }
  }

  function word(field: string): string {
    if (!canaries) return `Words for ${field} (fictional)`
    const text = `${CANARY}${field.replaceAll(/[^a-z]/gi, '')}-${random.uuid()}`
    ids.canaries.push({ field, text })
    return text
  }

  /** A case on which every kind of operation was done that leaves it open and with its worker. */
  async function wholeCase(worker: Client, supervisor: Client): Promise<Scene> {
    const send = sender(worker, supervisor)
    const scene = await aScene(sceneSource(worker, supervisor), send)
    await doEverything(send, scene)
    await aTalk(send, scene)
    return scene
  }

  /** A session that is a talk: no example of a thing given can be one too. */
  async function aTalk(send: Sender, scene: Scene): Promise<void> {
    const service = { kind: 'family_mediation', state: 'going', endsOn: null, ended: null, what: word('talk what') }
    const set = { provider: 'civil_society', startsOn: '2025-01-05', safeguards: [], fits: [], layer: null, ...service }
    await step(send, scene, 'services.edit_service', 0, { set })
    const meeting = {
      afraid: 'no',
      isTogether: true,
      tookPart: ['child', 'parent'],
      childYes: 'yes',
      carerYes: 'yes',
      ledBy: word('talk ledBy'),
      said: word('talk said'),
      answered: word('talk answered'),
      agreed: word('talk agreed'),
      next: word('talk next'),
      nextOn: null,
      outcome: 'accepted',
    }
    const given = { receivedBy: null, acknowledged: null, what: null, worth: null, agreedBy: null }
    await step(send, scene, 'services.add_session', undefined, { came: 'came', ...given, meeting })
  }

  async function plainCases(desk: Client, count: number): Promise<string[]> {
    const source = sceneSource(desk, desks.supervisor)
    const scene = bareScene(source)
    const operations = Array.from({ length: count }, () =>
      desk.op('cases.open_case', SAMPLES['cases.open_case']?.payload(scene) ?? {}),
    )
    for (let at = 0; at < count; at += 100) mustBeAccepted(await desk.send(...operations.slice(at, at + 100)))
    return operations.map((op) => String(op.payload.id))
  }

  async function closedCase(): Promise<string> {
    const [caseId = ''] = await plainCases(desks.worker, 1)
    mustBeAccepted(await desks.worker.send(desks.worker.op('best_interests.record', recordPayload(caseId))))
    const asked = desks.worker.op('closure.ask_to_close', closingPayload(caseId))
    mustBeAccepted(await desks.worker.send(asked))
    const sign = {
      id: newId(),
      caseId,
      signatureId: asked.payload.id,
      act: 'close_case',
      decision: 'signed',
      reason: null,
    }
    mustBeAccepted(await desks.supervisor.send(desks.supervisor.op('signatures.answer', sign)))
    return caseId
  }
}

/** What a supervisor sees of a plan before she answers: when it was last changed. */
async function lastPlanned(supervisor: Client, caseId: string): Promise<Instant> {
  const { json } = await supervisor.get(`/api/cases/${caseId}/care`)
  const { rows } = json as { rows: { fields: { plannedAt?: string } }[] } // the route's own shape
  const moments = rows.map(({ fields }) => fields.plannedAt ?? '').sort()
  return instant(moments.at(-1) ?? '')
}

/** What she sees of an assessment: when the last sheet of it reached the file. */
async function lastAssessed(supervisor: Client, caseId: string): Promise<Instant> {
  const { json } = await supervisor.get(`/api/cases/${caseId}/assessment`)
  const { rows } = json as { rows: { thing: string; fields: { savedAt?: string; roundId?: string | null } }[] } // the route's own shape
  const moments = rows
    .filter(({ fields }) => (fields.roundId ?? null) !== null)
    .map(({ fields }) => fields.savedAt ?? '')
  return instant(moments.sort().at(-1) ?? '')
}

/** Sends as one of two signed-in people; a clinician has no way onto a team over HTTP. */
export function sender(worker: Client, supervisor: Client): Sender {
  return async (by: By, { type, payload, ...over }: Sending) => {
    const desk = by === 'supervisor' ? supervisor : worker
    const [answer] = await desk.send(desk.op(type, payload, over))
    if (answer === undefined) throw new Error('one operation gets one answer')
    return answer
  }
}

function mustBeAccepted(answers: Answer[]): void {
  const other = answers.find((answer) => answer.answer !== 'accepted')
  if (other !== undefined) throw new Error(`the seed is accepted: ${JSON.stringify(other)}`)
}
