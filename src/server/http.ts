import { bodyLimit } from 'hono/body-limit'
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as z from 'zod'
import { KeysUnavailable } from '../crypto/provider.ts'
import { newId } from '../crypto/random.ts'
import { PROTOCOL_HEADER } from '../core/protocol.ts'
import type { Person } from '../core/access.ts'
import type { Purpose } from '../core/part.ts'
import { asPerson, NotSignedIn, type Tx } from './as-person.ts'
import { OpIdReused } from './op-log.ts'
import { LedgerUnavailable } from './audit.ts'
import { BudgetSpent, NotAllowed, Unreadable } from './key-broker.ts'
import type { Machine } from './machine.ts'
import { noteDenial } from './note-denial.ts'
import { isBusy } from './postgres-errors.ts'
import { NOT_OURS, readJson } from './read-json.ts'

/** 1 MiB is a hundred operations with room to spare; anything larger is refused unread. */
const BODY_LIMIT = 1024 * 1024

/** The one content policy of security.md 7.5; the trusted-types policy registers the service worker and nothing else. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types kembali',
].join('; ')

/** A request that does not fit its route's schema: names of fields, never their content. */
export class BadRequest extends Error {
  readonly fields: string[]
  constructor(fields: string[]) {
    super('bad request')
    this.fields = fields
  }
}

/** A request that did not come to its end. */
class LineLost extends Error {}

/** An answer in the shape of an error: a code a screen has words for. */
export class Refused extends Error {
  readonly code: string
  readonly status: ContentfulStatusCode
  constructor(status: ContentfulStatusCode, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

/** Our routes: every request carries an id that errors and log lines name. */
export type App = Hono<{ Variables: { requestId: string } }>

/** The app with everything every answer needs: headers, limits, origin checks, errors without content. */
export function makeApp(machine: Machine): App {
  const app: App = new Hono()
  app.use(async (c, next) => {
    const started = performance.now()
    c.set('requestId', newId())
    await next()
    setHeaders(c, machine)
    const ms = Math.round(performance.now() - started)
    machine.log.info('request', {
      requestId: requestIdOf(c),
      method: c.req.method,
      route: c.req.routePath,
      status: c.res.status,
      ms,
    })
  })
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: BODY_LIMIT,
      onError: (c) => errorAnswer(c, 413, 'too_large'),
    }),
  )
  app.use('/api/*', async (c, next) => {
    refuseOtherNames(c, machine)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') refuseForeignWrites(c, machine)
    await next()
    c.header('cache-control', 'no-store')
  })
  app.notFound((c) => errorAnswer(c, 404, 'not_found'))
  app.onError((error, c) => answerError(error, c, machine))
  return app
}

function setHeaders(c: Context, machine: Machine): void {
  // A file that is handed out brings a stricter one of its own.
  c.header('content-security-policy', c.res.headers.get('content-security-policy') ?? CONTENT_POLICY)
  c.header('cross-origin-opener-policy', 'same-origin')
  c.header('cross-origin-resource-policy', 'same-origin')
  c.header('cross-origin-embedder-policy', 'require-corp')
  c.header('referrer-policy', 'no-referrer')
  c.header('x-content-type-options', 'nosniff')
  c.header('x-frame-options', 'DENY')
  c.header(
    'permissions-policy',
    'geolocation=(), payment=(), usb=(), interest-cohort=(), camera=(self), microphone=(self)',
  )
  if (machine.config.mode === 'production')
    c.header('strict-transport-security', 'max-age=63072000; includeSubDomains; preload')
}

/** The names of this computer itself, as a browser writes them into an address. */
const THIS_COMPUTER = ['localhost', '127.0.0.1', '[::1]']

/**
 * The demo on this computer answers to this computer's names only: a page that lets its own name point here (DNS rebinding)
 * would else be of the same origin as we are, and one click signs in.
 */
function refuseOtherNames(c: Context, { config }: Machine): void {
  if (config.origin !== null || !THIS_COMPUTER.includes(config.host)) return
  if (!THIS_COMPUTER.includes(new URL(c.req.url).hostname)) throw new Refused(403, 'foreign_origin')
}

/** A write comes from our own pages: same origin, JSON, and a header no form can send (security.md 7.5). */
function refuseForeignWrites(c: Context, machine: Machine): void {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const own = machine.config.origin ?? new URL(c.req.url).origin
  if (origin !== undefined && origin !== own) throw new Refused(403, 'foreign_origin')
  if (site !== undefined && site !== 'same-origin') throw new Refused(403, 'foreign_origin')
  if (c.req.header(PROTOCOL_HEADER) === undefined) throw new Refused(403, 'foreign_origin')
  if (!/^application\/json *(;|$)/i.test(c.req.header('content-type') ?? '')) throw new Refused(415, 'json_only')
}

export function requestIdOf(c: Context): string {
  return String(c.get('requestId'))
}

/** The name of the session cookie: the `__Host-` one needs https, which the demo on this computer does not have. */
export function cookieName(machine: Machine): string {
  return machine.config.mode === 'production' ? '__Host-kembali' : 'kembali'
}

/** Hands the browser its session: no script can read it, and no other site can send it. */
export function giveSession(c: Context, machine: Machine, token: string): void {
  setCookie(c, cookieName(machine), token, { ...ofSession(machine), sameSite: 'Strict', httpOnly: true })
}

export function dropSession(c: Context, machine: Machine): void {
  deleteCookie(c, cookieName(machine), ofSession(machine))
  // A device that was set up keeps its sealed files, and what waits in them to be sent; any other browser keeps nothing.
  const isKept = c.req.query('device') === 'kept'
  c.header('clear-site-data', isKept ? '"cookies"' : '"cache", "cookies", "storage"')
}

function ofSession(machine: Machine) {
  return { path: '/', secure: machine.config.mode === 'production' }
}

/** The session's raw token, or NotSignedIn. */
export function sidOf(c: Context, machine: Machine): string {
  const sid = getCookie(c, cookieName(machine))
  if (sid === undefined || sid.length < 20 || sid.length > 100) throw new NotSignedIn()
  return sid
}

/**
 * Runs `work` in the asking person's session; nothing is sent before it has committed. What was denied is in the ledger
 * before anybody hears of it.
 */
export async function reading<T>(
  c: Context,
  machine: Machine,
  purpose: Purpose | null,
  work: (tx: Tx, me: Person) => Promise<T>,
): Promise<T> {
  const sid = sidOf(c, machine)
  try {
    return await asPerson(machine.db, sid, purpose, work)
  } catch (error) {
    const denied = deniedOf(error)
    if (denied !== null) {
      const { caseId, part } = denied.error
      await noteDenial(machine, sid, { action: denied.action, caseId, part }, requestIdOf(c))
    }
    throw error
  }
}

/** What is sent, as text; a line that breaks in the middle of it is an everyday thing, and whoever sent it sends it again. */
export async function textOf(c: Context): Promise<string> {
  try {
    return await c.req.text()
  } catch {
    throw new LineLost()
  }
}

/** The body of a write, checked against its schema; throws BadRequest with the names of the fields that do not fit. */
export async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const json = readJson(await textOf(c))
  if (json === NOT_OURS) throw new BadRequest(['body'])
  return checked(schema, json)
}

/** The body of a write that needs none. */
export const Nothing = z.strictObject({})

export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  throw new BadRequest([...new Set(found.error.issues.map((issue) => issue.path.join('.') || 'body'))].slice(0, 20))
}

/** An id from the address; anything that is not one answers like a case that does not exist. */
export function idParam(c: Context, name: string): string {
  const found = z.uuid().safeParse(c.req.param(name))
  if (!found.success) throw new Refused(404, 'not_found')
  return found.data.toLowerCase()
}

type DeniedError = NotAllowed | BudgetSpent | Unreadable

function deniedOf(error: unknown): { error: DeniedError; action: string } | null {
  if (error instanceof NotAllowed) return { error, action: 'open_read' }
  if (error instanceof BudgetSpent) return { error, action: 'budget_spent' }
  if (error instanceof Unreadable) return { error, action: 'unreadable' }
  return null
}

function answerError(error: Error, c: Context, machine: Machine): Response {
  if (error instanceof NotSignedIn) return errorAnswer(c, 401, 'not_signed_in')
  if (error instanceof Refused) return errorAnswer(c, error.status, error.code)
  if (error instanceof BadRequest)
    return c.json({ error: 'malformed', fields: error.fields, requestId: requestIdOf(c) }, 400)
  if (error instanceof OpIdReused)
    return c.json({ error: 'op_id_reused', opId: error.opId, requestId: requestIdOf(c) }, 409)
  if (error instanceof NotAllowed) return errorAnswer(c, 404, 'not_found')
  if (error instanceof BudgetSpent) return errorAnswer(c, 429, 'budget_spent')
  if (error instanceof Unreadable) return errorAnswer(c, 500, 'unreadable')
  if (error instanceof LedgerUnavailable) return errorAnswer(c, 503, 'ledger_unavailable')
  if (error instanceof KeysUnavailable) return errorAnswer(c, 503, 'keys_unavailable')
  if (isBusy(error)) return errorAnswer(c, 503, 'busy')
  if (error instanceof LineLost) {
    machine.log.info('a request was cut off', { requestId: requestIdOf(c) })
    return errorAnswer(c, 400, 'malformed') // nobody is there to hear it
  }
  if (error instanceof HTTPException) return errorAnswer(c, error.status, 'malformed')
  // The message may carry words of a file: only the kind of error and the request id are logged.
  machine.log.error('unexpected error', {
    requestId: requestIdOf(c),
    code: `${error.name}:${'code' in error ? String(error.code) : ''}`,
  })
  return errorAnswer(c, 500, 'unexpected')
}

function errorAnswer(c: Context, status: ContentfulStatusCode, error: string): Response {
  c.header('cache-control', 'no-store')
  return c.json({ error, requestId: requestIdOf(c) }, status)
}
