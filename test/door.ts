import { Secret, TOTP } from 'otpauth'
import { newId } from '../src/crypto/random.ts'
import { firstAdministratorLink } from '../src/features/access/enrol-store.ts'
import { makeApp } from '../src/server/http.ts'
import type { Machine } from '../src/server/machine.ts'
import { Authenticator } from './authenticator.ts'
import { freshMachine } from './db.ts'
import { asOwner } from './people.ts'

export const ORIGIN = 'https://kembali.example'

export type Answered = { status: number; body: Record<string, unknown>; headers: Headers }

/** A real deployment as it is on its first day: no people, no default account. */
export function aDeployment(): Promise<Machine> {
  return freshMachine({ mode: 'production', origin: ORIGIN })
}

const apps = new WeakMap<Machine, ReturnType<typeof makeApp>>()
function appOf(machine: Machine) {
  const before = apps.get(machine)
  if (before !== undefined) return before
  const app = makeApp(machine)
  for (const feature of machine.features) feature.routes(app, machine)
  apps.set(machine, app)
  return app
}

/** A browser at the door of one machine: it keeps its cookies and has one address. */
export class Browser {
  readonly machine: Machine
  readonly address: string
  readonly authenticator = new Authenticator(ORIGIN)
  cookie: string | null = null

  constructor(machine: Machine, address = `10.${byte()}.${byte()}.${byte()}`) {
    this.machine = machine
    this.address = address
  }

  get(path: string): Promise<Answered> {
    return this.#ask(path, {})
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answered> {
    return this.#ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-kembali': '1', origin: ORIGIN, ...headers },
    })
  }

  async #ask(path: string, init: RequestInit): Promise<Answered> {
    const headers = new Headers(init.headers)
    if (this.cookie !== null) headers.set('cookie', this.cookie)
    const answer = await appOf(this.machine).request(`${ORIGIN}${path}`, { ...init, headers }, this.#socket())
    const given = answer.headers.get('set-cookie')?.split(';')[0]
    if (given !== undefined) this.cookie = given.endsWith('=') ? null : given
    return {
      status: answer.status,
      body: (await answer.json()) as Record<string, unknown>, // our own JSON
      headers: answer.headers,
    }
  }

  #socket() {
    return { incoming: { socket: { remoteAddress: this.address, remotePort: 1, remoteFamily: 'IPv4' } } }
  }

  /** Enrols a passkey with a one-time link; answers the status of the last step. */
  async enrolPasskey(link: string, code = ''): Promise<Answered> {
    const token = tokenOf(link)
    const asked = await this.post('/api/enrol/passkey/options', { token, code })
    if (asked.status !== 200) return asked
    const response = this.authenticator.make(asked.body.options as never) // the options as the package made them
    return this.post('/api/enrol/passkey', { token, code, id: asked.body.id, response, shared: false })
  }

  /** Enrols a password with codes; answers the secret its authenticator app now holds. */
  async enrolPassword(link: string, password: string, code = ''): Promise<{ last: Answered; secret: string }> {
    const token = tokenOf(link)
    const begun = await this.post('/api/enrol/totp', { token, code })
    if (begun.status !== 200) return { last: begun, secret: '' }
    const secret = String(begun.body.secret)
    const totp = codeAt(secret, await momentOf(this.machine))
    return { last: await this.post('/api/enrol/password', { token, code, password, totp, shared: false }), secret }
  }

  async signInWithPasskey(manner = {}): Promise<Answered> {
    const { body } = await this.post('/api/sign-in/passkey/options')
    const response = this.authenticator.prove(body.options as never, manner) // the options as the package made them
    return this.post('/api/sign-in/passkey', { id: body.id, response, shared: false })
  }

  signInWithPassword(login: string, password: string, code: string): Promise<Answered> {
    return this.post('/api/sign-in/password', { login, password, code, shared: false })
  }

  async stepUp(): Promise<Answered> {
    const { body } = await this.post('/api/step-up/options')
    const response = this.authenticator.prove(body.options as never) // the options as the package made them
    return this.post('/api/step-up/passkey', { id: body.id, response })
  }
}

export function tokenOf(link: string): string {
  return link.split('#')[1] ?? ''
}

/** What an authenticator app shows at a moment (milliseconds). */
export function codeAt(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })
}

/** The server's moment, also when a test has moved its clock. */
export async function momentOf(machine: Machine): Promise<number> {
  const [row] = await machine.db.owner.rows('select extract(epoch from kembali.now()) * 1000 as at')
  return Number(row?.at)
}

const moved = new WeakMap<Machine, number>()
/** Lets time pass for one machine. */
export async function letPass(machine: Machine, ms: number): Promise<void> {
  const total = (moved.get(machine) ?? 0) + ms
  moved.set(machine, total)
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (${total}) on conflict (only_row) do update set offset_ms = ${total}`,
  )
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

export type Deployment = {
  machine: Machine
  officeId: string
  teamId: string
  admin: Browser
  second: Browser
  dpo: Browser
  supervisor: Browser
  ids: { admin: string; second: string; dpo: string; supervisor: string }
}

/** The first administrator has followed the printed link; nobody else is there yet. */
export async function aFirstAdministrator(machine: Machine): Promise<{ admin: Browser; id: string; officeId: string }> {
  const link = await firstAdministratorLink(machine)
  if (link === null) throw new Error('a new deployment prints a link')
  const admin = new Browser(machine)
  await admin.post('/api/enrol/first', {
    token: tokenOf(link),
    name: 'Ibu Pertama',
    login: 'ibu.pertama',
    language: 'en',
    office: 'Responsible authority (fictional)',
    sector: 'child_protection',
  })
  const last = await admin.enrolPasskey(link)
  if (last.status !== 200) throw new Error(`the first administrator enrols: ${JSON.stringify(last.body)}`)
  const { person } = (await admin.get('/api/session')).body as { person: { id: string; organisation: { id: string } } }
  return { admin, id: person.id, officeId: person.organisation.id }
}

let running: Promise<Deployment> | null = null
/** A deployment whose set-up has ended: two administrators, a DPO, and a supervisor with a team. One for the whole run. */
export function runningDeployment(): Promise<Deployment> {
  running ??= makeRunningDeployment()
  return running
}

async function makeRunningDeployment(): Promise<Deployment> {
  const machine = await aDeployment()
  const { admin, id, officeId } = await aFirstAdministrator(machine)
  const teamId = newId()
  await admin.post('/api/people/teams', { id: teamId, orgId: officeId, name: 'First team' })
  const appoint = async (role: string, login: string) => {
    const personId = await putPerson(admin, officeId, role, login)
    if (role === 'supervisor')
      await admin.post('/api/people/teams/put', { id: newId(), personId, teamId, supervises: true })
    const browser = new Browser(machine)
    const { body } = await admin.post('/api/people/invite', { personId })
    const last = await browser.enrolPasskey(String(body.link))
    if (last.status !== 200) throw new Error(`${role} enrols: ${JSON.stringify(last.body)}`)
    return { personId, browser }
  }
  const second = await appoint('admin', 'second.admin')
  const dpo = await appoint('dpo', 'the.dpo')
  const supervisor = await appoint('supervisor', 'the.supervisor')
  return {
    machine,
    officeId,
    teamId,
    admin,
    second: second.browser,
    dpo: dpo.browser,
    supervisor: supervisor.browser,
    ids: { admin: id, second: second.personId, dpo: dpo.personId, supervisor: supervisor.personId },
  }
}

export async function putPerson(
  by: Browser,
  orgId: string,
  role: string,
  login = `p${newId().slice(0, 8)}`,
): Promise<string> {
  const id = newId()
  const answer = await by.post('/api/people', { id, orgId, name: 'Somebody New', login, role, language: 'en' })
  if (answer.status !== 200) throw new Error(`a person is put: ${JSON.stringify(answer.body)}`)
  return id
}

/** Somebody vouches and somebody else gives the link. */
export async function twoHalves(
  voucher: Browser,
  issuer: Browser,
  personId: string,
): Promise<{ code: string; link: string }> {
  const vouched = await voucher.post('/api/people/vouch', { id: newId(), personId })
  const invited = await issuer.post('/api/people/invite', { personId })
  if (vouched.status !== 200 || invited.status !== 200)
    throw new Error(`two halves: ${JSON.stringify([vouched.body, invited.body])}`)
  return { code: String(vouched.body.code), link: String(invited.body.link) }
}

function byte(): number {
  return Math.floor(Math.random() * 250) + 1
}

export const PASSWORD = 'river lantern quiet seven'
export type Worker = { id: string; login: string; secret: string; browser: Browser }

/** A case worker who signs in with a password and codes: vouched for by her supervisor, linked by the administrator. */
export async function aWorkerWithPassword({ machine, admin, supervisor, officeId }: Deployment): Promise<Worker> {
  await admin.signInWithPasskey()
  await supervisor.signInWithPasskey()
  const login = `w${newId().slice(0, 8)}`
  const id = await putPerson(admin, officeId, 'case_worker', login)
  const { code, link } = await twoHalves(supervisor, admin, id)
  const browser = new Browser(machine)
  const { last, secret } = await browser.enrolPassword(link, PASSWORD, code)
  if (last.status !== 200) throw new Error(`a worker enrols: ${JSON.stringify(last.body)}`)
  return { id, login, secret, browser }
}

/** A code that was not taken yet: time moves to the next one. */
export async function nextCode(machine: Machine, secret: string): Promise<string> {
  await letPass(machine, 30_000)
  return codeAt(secret, await momentOf(machine))
}
