import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noteOp } from '../../test/care.ts'
import { testMachine } from '../../test/db.ts'
import {
  aCase,
  anOffice,
  anOp,
  aPerson,
  contactOp,
  openCaseOp,
  ownerRows,
  send,
  type Somebody,
} from '../../test/people.ts'
import { newId } from '../crypto/random.ts'
import type { FeatureDefinition } from './feature.ts'
import { openLog } from './log.ts'
import type { Machine } from './machine.ts'
import { makeWholeApp } from './whole-app.ts'

const lines: string[] = []
const quiet = await testMachine()
const machine: Machine = { ...quiet, log: openLog('debug', { write: (line) => void lines.push(line) }) }
const app = makeWholeApp(machine, aWebFolder())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')

function aWebFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kembali-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Kembali</title>')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'main-abc.js.map'), '{}')
  writeFileSync(join(folder, '.env'), 'SECRET=1')
  return folder
}

const OURS = { 'content-type': 'application/json', 'x-kembali': '1' }

type Asked = { by?: Somebody; headers?: Record<string, string>; body?: string }

async function ask(method: string, path: string, { by, headers = {}, body }: Asked = {}, of = app) {
  const cookie = by === undefined ? {} : { cookie: `kembali=${by.sid}` }
  const init = { method, headers: { ...cookie, ...headers }, ...(body === undefined ? {} : { body }) }
  const answer = await of.request(`http://localhost${path}`, init)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

const post = (path: string, body: unknown, by?: Somebody) =>
  ask('POST', path, { ...(by === undefined ? {} : { by }), headers: OURS, body: JSON.stringify(body) })

/** Every route there is, with ids that are nobody's in place of its parameters. */
const ROUTES = [
  ...new Set(app.routes.filter(({ method }) => method !== 'ALL').map((route) => `${route.method} ${route.path}`)),
].map((route) => {
  const [method = '', path = ''] = route.replace(/:\w+/g, newId()).replace('*', '/some/page').split(' ')
  return { method, path }
})
const WRITES = ROUTES.filter(({ method }) => method === 'POST')

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types kembali",
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), payment=(), usb=(), interest-cohort=(), camera=(self), microphone=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}
const BESIDES = [
  'cache-control',
  'content-length',
  'content-type',
  'content-disposition',
  'set-cookie',
  'clear-site-data',
]

function expectHeaders(headers: Headers, more: Record<string, string> = {}): void {
  const found = Object.fromEntries([...headers].filter(([name]) => !BESIDES.includes(name)))
  expect(found).toEqual({ ...HEADERS, ...more })
}

describe('every answer carries the whole set of headers and nothing that tells about us', () => {
  test.each(ROUTES)('$method $path', async ({ method, path }) => {
    // A visitor of her own for each route: one of them signs her out.
    for (const by of [undefined, await aPerson(machine, office, 'case_worker')]) {
      const sent = method === 'POST' ? { headers: OURS, body: '{}' } : {}
      const { headers, status } = await ask(method, path, { ...(by === undefined ? {} : { by }), ...sent })
      // What a device pulls comes packed or not, as it asks.
      expectHeaders(headers, path === '/api/pull' ? { vary: 'Accept-Encoding' } : {})
      expect(status).toBeLessThan(500)
      if (path.startsWith('/api/')) expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  test.each([
    ['GET', '/api/nothing', 404],
    ['GET', '/nothing.php', 404],
    ['GET', '/%E0%A4%A', 200],
    ['PUT', '/api/operations', 403],
    ['DELETE', `/api/cases/${newId()}`, 403],
    ['OPTIONS', '/api/operations', 403],
    ['TRACE', '/api/operations', 403],
    ['POST', '/api/operations', 403],
    ['GET', '/some/page', 200],
    ['GET', '/assets/main-abc.js', 200],
    ['HEAD', '/assets/main-abc.js', 200],
  ])('%s %s answers %i', async (method, path, status) => {
    const answer = await ask(method, path).catch((error: unknown) => {
      // The platform's own Request refuses to be made with this method; a server never sees it.
      if (error instanceof TypeError) return null
      throw error
    })
    if (answer === null) return
    expect(answer.status).toBe(status)
    expectHeaders(answer.headers)
  })

  test('a production server also demands https for two years', async () => {
    const production = makeWholeApp({ ...machine, config: { ...machine.config, mode: 'production' } }, aWebFolder())
    for (const path of ['/', '/api/start', '/api/nothing'])
      expectHeaders((await ask('GET', path, {}, production)).headers, {
        'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
      })
  })

  test.each([
    '/assets/main-abc.js.map',
    '/.env',
    '/assets/../.env',
    '/..%2f.env',
    '/assets/%2e%2e/.env',
    '/package.json',
  ])('nothing but the built app is served: %s', async (path) => {
    const { status, text } = await ask('GET', path)
    // An address without an ending is a page of the app, whatever it is called.
    if (status === 200) expect(text).toBe('<!doctype html><title>Kembali</title>')
    else expect(status).toBe(404)
  })
})

describe('a write that does not come from our own pages is refused, whoever is signed in', () => {
  test.each([
    ['from another site', { ...OURS, origin: 'https://evil.example' }, 403],
    ['from a page without an origin', { ...OURS, origin: 'null' }, 403],
    ['from a sibling subdomain', { ...OURS, origin: 'http://other.localhost', 'sec-fetch-site': 'same-site' }, 403],
    ['from a sibling subdomain that hides its origin', { ...OURS, 'sec-fetch-site': 'same-site' }, 403],
    ['from our origin on another port', { ...OURS, origin: 'http://localhost:8080' }, 403],
    ['by a link or bookmark', { ...OURS, 'sec-fetch-site': 'none' }, 403],
    ['from a form', { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }, 403],
    ['from a form with our header', { 'content-type': 'multipart/form-data; boundary=x', 'x-kembali': '1' }, 415],
    ['as JSON that calls itself text', { 'content-type': 'text/plain', 'x-kembali': '1' }, 415],
    ['as another kind of JSON', { 'content-type': 'application/jsonp', 'x-kembali': '1' }, 415],
    ['without a type', { 'x-kembali': '1' }, 415],
    ['without our header', { 'content-type': 'application/json' }, 403],
  ])('%s', async (_how, headers, status) => {
    const op = openCaseOp(worker)
    const body = JSON.stringify({ operations: [op] })
    expect(await ask('POST', '/api/operations', { by: worker, headers, body })).toMatchObject({ status })
    expect(await ownerRows(machine, `select op_id from op_log where op_id = '${op.opId}'`)).toEqual([])
    for (const { path } of WRITES)
      expect(await ask('POST', path, { by: worker, headers, body: '{}' })).toMatchObject({ status })
  })

  test('and one from our own page is taken', async () => {
    const headers = { ...OURS, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }
    const body = JSON.stringify({ operations: [openCaseOp(worker)] })
    expect(await ask('POST', '/api/operations', { by: worker, headers, body })).toMatchObject({ status: 200 })
  })

  test.each(['/api/session', '/api/sign-in/demo-people'])(
    'a name of somebody else that points at this computer is not ours: %s',
    async (path) => {
      for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:3000']) {
        const { status, text } = await askAt(name, 'GET', path)
        expect({ name, status, text }).toEqual({ name, status: 403, text: expect.stringContaining('foreign_origin') })
      }
      for (const name of ['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
        expect({ name, status: (await askAt(name, 'GET', path)).status }).toEqual({ name, status: 200 })
    },
  )

  test('nor does such a name sign anybody in', async () => {
    const headers = { ...OURS, origin: 'http://evil.example' }
    const init = { headers, body: JSON.stringify({ personId: worker.id }) }
    expect((await askAt('evil.example', 'POST', '/api/sign-in/demo', init)).status).toBe(403)
    expect((await askAt('localhost', 'POST', '/api/sign-in/demo', { ...init, headers: OURS })).status).toBe(200)
  })

  async function askAt(name: string, method: string, path: string, init: { headers?: object; body?: string } = {}) {
    const headers = { cookie: `kembali=${worker.sid}`, ...init.headers }
    const answer = await app.request(`http://${name}${path}`, { ...init, method, headers })
    return { status: answer.status, text: await answer.text() }
  }

  test('no answer invites another site to read', async () => {
    const { headers } = await ask('GET', '/api/session', { by: worker, headers: { origin: 'https://evil.example' } })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('a body that no screen of ours sends is refused, and nothing is half-written', () => {
  const big = 'x'.repeat(10 * 1024 * 1024)
  test.each(WRITES)('10 MB to $path, with and without its length said', async ({ path }) => {
    const body = JSON.stringify({ operations: big })
    expect(
      await ask('POST', path, { by: worker, headers: { ...OURS, 'content-length': String(body.length) }, body }),
    ).toMatchObject({ status: 413 })
    expect(await ask('POST', path, { by: worker, headers: OURS, body })).toMatchObject({ status: 413 })
  })

  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  test.each([
    ['nothing', ''],
    ['no JSON', 'operations=1'],
    ['half of one', '{"operations":['],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['200,000 brackets', '['.repeat(200_000)],
    ['objects in objects', deep(5000)],
    ['a prototype', '{"__proto__":{"role":"admin"},"operations":[]}'],
    ['a constructor', '{"constructor":{"prototype":{"role":"admin"}}}'],
    ['half a sign', '{"personId":"\\ud800"}'],
    ['a field nobody knows', '{"sector":"child_protection"}'],
    ['somebody else’s role', '{"role":"admin","team":"x","part":"health","caseId":"x"}'],
  ])('%s', async (_what, body) => {
    for (const { path } of WRITES.filter(
      (route) => !['/api/sign-out'].includes(route.path) && !route.path.endsWith('/read'),
    )) {
      const answer = await ask('POST', path, { by: worker, headers: OURS, body })
      expect(answer, path).toMatchObject({ status: 400 })
      expect(JSON.parse(answer.text)).toMatchObject({ error: 'malformed' })
    }
    expect(({} as Record<string, unknown>).role).toBeUndefined()
  })

  test('wrong types are named by field and never repeated', async () => {
    const op = { ...openCaseOp(worker), opId: 'Aisha', seq: 'one', claimedAt: 'yesterday' }
    const { status, text } = await post('/api/operations', { operations: [op] }, worker)
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({
      fields: ['operations.0.opId', 'operations.0.seq', 'operations.0.claimedAt'],
    })
    expect(text).not.toMatch(/Aisha|yesterday/)
  })

  test.each([
    ['an unknown field', { sector: 'police' }, 'unknown_field'],
    ['an answer that is no choice', { sex: 'unknown' }, 'sex'],
    ['an alias with hidden signs only', { alias: '\u202E\u200B' }, 'alias'],
    ['an alias that is no text', { alias: { $ne: '' } }, 'alias'],
  ])('an operation with %s is malformed and stays so', async (_what, over, field) => {
    const op = openCaseOp(worker, over)
    const answers = [
      await post('/api/operations', { operations: [op] }, worker),
      await post('/api/operations', { operations: [op] }, worker),
    ]
    for (const { text } of answers)
      expect(JSON.parse(text)).toMatchObject({ answers: [{ answer: 'malformed', fields: [field] }] })
    expect(await ownerRows(machine, `select id from child_case where id = '${String(op.payload.id)}'`)).toEqual([])
  })

  test.each(['?sort=name', '?scope=everyone', '?scope=mine&name=Aisha', '?__proto__=1', '?after=1'])(
    'a list is asked for in the ways it has, not by %s',
    async (query) => {
      const { status, text } = await ask('GET', `/api/cases${query}`, { by: worker })
      expect(status).toBe(400)
      expect(text).not.toContain('Aisha')
    },
  )
})

describe('words arrive whole, in one form, without signs that hide or turn them', () => {
  test.each([
    ['decomposed letters become one', 'Jose\u0301', 'Jos\u00e9'],
    ['a turned name is turned back', 'abc\u202Edef\u202C', 'abcdef'],
    ['isolates and marks go', '\u2066Ali\u2069\u200E\u200F', 'Ali'],
    ['zeros and bells go', 'A\u0000l\u0007i\u007F', 'Ali'],
    ['invisible signs go', 'A\u200Bl\u2060i\uFEFF', 'Ali'],
    [
      'Thaana, Jawi and joiners stay',
      '\u0787\u07A6\u0799\u07A8\u079D\u07A7 \u0639\u0627\u0626\u0634\u0629 \u0644\u200C\u0627',
      '\u0787\u07A6\u0799\u07A8\u079D\u07A7 \u0639\u0627\u0626\u0634\u0629 \u0644\u200C\u0627',
    ],
    ['four-byte signs stay', 'A \u{1F642}', 'A \u{1F642}'],
  ])('%s', async (_what, typed, kept) => {
    const caseId = await aCase(machine, worker)
    const op = anOp(worker, 'cases.edit_card', { id: caseId, caseId, set: { callName: typed } }, { baseVersion: 0 })
    const { text } = await post('/api/operations', { operations: [op] }, worker)
    expect(JSON.parse(text)).toMatchObject({ answers: [{ answer: 'accepted' }] })
    const file = JSON.parse((await ask('GET', `/api/cases/${caseId}`, { by: worker })).text) as {
      card: { fields: { callName: string } }
    }
    expect(file.card.fields.callName).toBe(kept)
  })

  test('an alias that only looks like words is refused', async () => {
    const op = openCaseOp(worker, { alias: 'Quiet <script>' })
    expect(JSON.parse((await post('/api/operations', { operations: [op] }, worker)).text)).toMatchObject({
      answers: [{ answer: 'malformed' }],
    })
  })
})

describe('nobody learns from an answer', () => {
  test('whether a case exists: a colleague’s, a stranger’s and no case answer alike', async () => {
    const other = await aPerson(machine, await anOffice(machine), 'case_worker')
    const colleague = await aPerson(machine, office, 'case_worker')
    const ids = [await aCase(machine, other), await aCase(machine, colleague), newId(), 'not-an-id', '../../etc']
    for (const path of ['', '/who', '/justice']) {
      const answers = await Promise.all(
        ids.map((id) => ask('GET', `/api/cases/${encodeURIComponent(id)}${path}`, { by: worker })),
      )
      for (const answer of answers) {
        expect(answer.status).toBe(404)
        const { requestId, ...rest } = JSON.parse(answer.text) as Record<string, unknown>
        expect(rest).toEqual({ error: 'not_found' })
        expect(requestId).toMatch(/^[\da-f-]{36}$/)
        expect([...answer.headers]).toEqual([...(answers[0]?.headers ?? [])])
      }
    }
  })

  test('why something went wrong inside: an error has a code and a number, and the log has its kind', async () => {
    const broken: FeatureDefinition = {
      name: 'broken',
      ops: [],
      packs: [],
      jobs: [],
      routes: (of) => {
        of.get('/api/broken', () => {
          throw new TypeError('Aisha')
        })
      },
    }
    const answer = await ask('GET', '/api/broken', {}, makeWholeApp({ ...machine, features: [broken] }, aWebFolder()))
    expect(answer.status).toBe(500)
    expect(Object.keys(JSON.parse(answer.text) as object)).toEqual(['error', 'requestId'])
    expectHeaders(answer.headers)
    expect(answer.text + lines.join('')).not.toContain('Aisha')
  })
})

test('an id in capital letters is the same id: what is sealed under it opens again', async () => {
  const own = await aCase(machine, worker)
  const note = noteOp(worker, own)
  const loud = (id: unknown) => String(id).toUpperCase()
  const payload = { ...note.payload, id: loud(note.payload.id), caseId: loud(own) }
  const { text } = await post('/api/operations', { operations: [{ ...note, opId: loud(note.opId), payload }] }, worker)
  expect(text).toContain('"accepted"')
  const read = await ask('GET', `/api/cases/${own}/notes`, { by: worker })
  expect(read.status).toBe(200)
  expect((await post('/api/pull', { device: worker.device, cursor: null }, worker)).status).toBe(200)
})

test('no name, no word and no token stands in the log of a day’s work, nor in an address', async () => {
  lines.length = 0
  const words = ['Zulaikha', 'Pulau Rahsia', 'a room without a window']
  const caseId = await aCase(machine, worker)
  const card = anOp(
    worker,
    'cases.edit_card',
    { id: caseId, caseId, set: { callName: words[0], village: words[1] } },
    { baseVersion: 0 },
  )
  const contact = contactOp(worker, caseId, { heldAt: words[2] })
  await post('/api/operations', { operations: [card, contact] }, worker)
  await post(
    '/api/operations',
    { operations: [anOp(worker, 'cases.edit_card', { id: caseId, caseId, set: { carer: { name: words[0] } } })] },
    worker,
  )
  await ask('GET', `/api/cases/${caseId}`, { by: worker })
  await ask('GET', `/api/cases?name=${words[0]}`, { by: worker })
  await ask('GET', `/${words[0]}/of/${encodeURIComponent(words[1] ?? '')}`, { by: worker })
  await post('/api/pull', { device: worker.device, cursor: null }, worker)
  const log = lines.join('')
  expect(lines.length).toBeGreaterThan(8)
  for (const word of [...words, encodeURIComponent(words[1] ?? ''), worker.sid, caseId]) expect(log).not.toContain(word)
  // Routes carry ids and codes: none has a place for a name.
  expect(ROUTES.every(({ path }) => !/\bnames?\b|search|find/i.test(path))).toBe(true)
})

describe('a session’s cookie', () => {
  const [demoPerson] = ['9e000000-0000-4000-8000-000000000001']
  test('is unreadable for scripts and sent to nobody else', async () => {
    await send(machine, worker, openCaseOp(worker))
    const { headers, status } = await post('/api/sign-in/demo', { personId: worker.id })
    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toMatch(/^kembali=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(await post('/api/sign-in/demo', { personId: demoPerson })).toMatchObject({ status: 404 })
  })

  test('is refused when it is short, long or nobody’s', async () => {
    for (const token of ['', 'x', 'x'.repeat(43), 'x'.repeat(5000), '../../../../etc/passwd-and-more'])
      expect(await ask('GET', '/api/session', { headers: { cookie: `kembali=${token}` } })).toMatchObject({
        status: 401,
      })
  })

  test('has another name in production, where one click signs nobody in', async () => {
    const production = makeWholeApp({ ...machine, config: { ...machine.config, mode: 'production' } }, aWebFolder())
    const of = (path: string, headers: Record<string, string>) => ask('GET', path, { headers }, production)
    expect(await of('/api/session', { cookie: `kembali=${worker.sid}` })).toMatchObject({ status: 401 })
    expect(await of('/api/session', { cookie: `__Host-kembali=${worker.sid}` })).toMatchObject({ status: 200 })
    expect(await of('/api/sign-in/demo-people', {})).toMatchObject({ status: 404 })
    const body = JSON.stringify({ personId: worker.id })
    expect(await ask('POST', '/api/sign-in/demo', { headers: OURS, body }, production)).toMatchObject({ status: 404 })
  })
})

describe('a line that breaks while something is sent', () => {
  test('is told as an everyday thing; what goes wrong with us stays an error', async () => {
    lines.length = 0
    const broken = new ReadableStream({
      start: (body) => body.enqueue(new TextEncoder().encode('{"index":')),
      pull: (body) => body.error(new Error('aborted')),
    })
    const sent = {
      method: 'POST',
      headers: { ...OURS, 'content-length': '400', cookie: `kembali=${worker.sid}` },
      body: broken,
      duplex: 'half',
    }
    await app.request('http://localhost/api/phone/known', sent as RequestInit) // TypeScript's DOM does not know `duplex`
    const said = lines.map((line) => JSON.parse(line) as { level: number; msg: string })
    expect(said.map(({ msg }) => msg)).toContain('a request was cut off')
    expect(said.filter(({ level }) => level > 30)).toEqual([])
  })
})
