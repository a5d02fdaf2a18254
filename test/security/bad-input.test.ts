import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Op } from '../../src/core/op.ts'
import * as z from 'zod'
import { newId, newOpId } from '../../src/crypto/random.ts'
import { instant } from '../../src/core/time.ts'
import type { AnyHandler } from '../../src/server/feature.ts'
import { FEATURES, testMachine } from '../db.ts'
import { anOp, ownerRows, type Somebody } from '../people.ts'
import { aDesk, appOf, ask, type Desk, sceneAt, sendOver, senderOver } from '../running-app.ts'
import { closeScene, ready, SAMPLES, type Scene, step } from '../samples.ts'
import { fieldsIn, inside, metaOf } from '../schemas.ts'

/** Stands in everything bad that is sent: nothing of it may come back, be logged, or be kept. */
const MARK = 'kembali-canary-bad'

const { app, machine, log } = appOf(await testMachine())
const handlers = FEATURES.flatMap((feature) => feature.ops)
const cases = handlers.map((handler) => [handler.op.type, handler] as const)

type Bad = { what: string; payload: unknown }
type Here = { desk: Desk; scene: Scene }

// What is refused changes nothing, which each test looks at: so they can all be sent to one case, to one that is closed, and
// to one that is a stranger's.
const open = once(aScene)
const closed = once(async () => {
  const here = await aScene()
  await closeScene(senderOver(app, here.desk), here.scene)
  return here
})
const foreign = once(async () => {
  const [{ scene }, erased, stranger] = [await aScene(), await aScene(), await aDesk(machine)]
  await erase(erased.scene.caseId)
  const theirs = { ...scene, teamId: stranger.office.teamId, colleagueId: stranger.colleague.id }
  return { stranger, scenes: [scene.caseId, newId(), erased.scene.caseId].map((caseId) => ({ ...theirs, caseId })) }
})

describe('bad input is refused in words a person can act on, and leaves nothing behind:', () => {
  test.each(cases)('%s with a wrong type, an unknown or a missing field', async (type, handler) => {
    const { desk, scene } = await open()
    const good = payloadOf(type, scene)
    const bad = [...wrongTypes(handler, good), ...unknownFields(good), ...missingFields(handler, good)]
    expect(bad.length).toBeGreaterThan(5)
    const answers = await nothingChanges(() => sendAll(desk, type, bad))
    expect(bad.filter((_, at) => answers[at]?.answer !== 'malformed').map(({ what }) => what)).toEqual([])
    for (const answer of answers)
      if (answer.answer === 'malformed') expect(answer.fields.every((name) => NAMES.has(name))).toBe(true)
  })

  test.each(cases)('%s with a text that is hostile, endless or of no list', async (type, handler) => {
    const { desk, scene } = await open()
    const good = payloadOf(type, scene)
    const coded = fieldsIn(handler.op.payload, good).filter(
      ({ schema, path }) => typeof at(good, path) === 'string' && metaOf(schema).class !== 'C2',
    )
    const typed = fieldsIn(handler.op.payload, good).filter(
      ({ schema, path }) => typeof at(good, path) === 'string' && metaOf(schema).class === 'C2',
    )
    const bad = [
      // An alias is two words of a list for whoever makes one, and any letters for whoever reads one.
      ...coded.flatMap(({ path, schema }) =>
        HOSTILE.filter(
          (text) => metaOf(schema).codeList !== 'alias_words' || !LETTERS.test(text.replaceAll(UNSEEN, '')),
        ).map((text) => change(good, path, text)),
      ),
      ...[...coded, ...typed].map(({ path }) => change(good, path, MARK + 'A'.repeat(200_000))),
    ]
    const answers = await nothingChanges(() => sendAll(desk, type, bad))
    expect(
      bad.filter((_, n) => !['malformed', 'refused'].includes(answers[n]?.answer ?? '')).map(({ what }) => what),
    ).toEqual([])
  })

  test.each(cases)('%s with a moment that cannot be: before birth, in 2090, in year 0', async (type, handler) => {
    const { desk, scene } = await open()
    const good = payloadOf(type, scene)
    const moments = fieldsIn(handler.op.payload, good).filter(({ schema }) => metaOf(inside(schema)).moment === true)
    const bad = moments.flatMap(({ path }) => NO_MOMENTS.map((text) => change(good, path, text)))
    const answers = await nothingChanges(() => sendAll(desk, type, bad))
    expect(
      bad.filter((_, n) => !['malformed', 'refused'].includes(answers[n]?.answer ?? '')).map(({ what }) => what),
    ).toEqual([])
  })

  const notOnClosed = cases.filter(([type]) => type !== 'cases.open_case' && SAMPLES[type]?.onClosed === undefined)
  test.each(notOnClosed)('%s on a case that is closed', async (type) => {
    const { desk, scene } = await closed()
    const [answer] = await nothingChanges(() =>
      sendAll(desk, type, [{ what: 'as it is', payload: payloadOf(type, scene) }]),
    )
    expect(answer).toMatchObject({ answer: 'refused', reason: 'case_closed' })
  })

  test.each(cases.filter(([type]) => type !== 'cases.open_case'))(
    '%s on a case that is foreign, unknown or erased: one answer',
    async (type) => {
      const { stranger, scenes } = await foreign()
      const bad = scenes.map((one) => ({ what: one.caseId, payload: payloadOf(type, one) }))
      const answers = await nothingChanges(() => sendAll(stranger, type, bad))
      expect(answers.map((answer) => ({ ...answer, opId: null }))).toEqual(
        scenes.map(() => ({ opId: null, answer: 'not_allowed' })),
      )
    },
  )
})

describe.each(cases)('%s, sent and accepted,', (type) => {
  let here: Here
  let op: Op
  beforeAll(async () => {
    here = await aScene()
    await ready(senderOver(app, here.desk), here.scene, type)
    op = anOp(senderOf(here.desk, type), type, payloadOf(type, here.scene), { baseVersion: baseOf(type) })
  })

  test('has one effect and one answer when it comes ten times, shuffled, from two connections', async () => {
    const by = senderOf(here.desk, type)
    const beside = Array.from({ length: 3 }, () => anOp(by, 'cases.nothing_of_ours', { id: newId() }))
    const rowsOfOp = `select (select count(*)::int from op_log where op_id = '${op.opId}') as once`
    const batches = Array.from({ length: 10 }, (_, n) => shuffled([op, op, ...beside], n))
    const heard = await Promise.all([deliver(batches.slice(0, 5)), deliver(batches.slice(5))])
    const answers = heard.flat(2).filter((answer) => answer.opId === op.opId)
    expect(answers.length).toBe(20)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.answer).toBe('accepted')
    expect(await ownerRows(machine, rowsOfOp)).toEqual([{ once: 1 }])

    async function deliver(some: Op[][]): Promise<Answer[][]> {
      const heard: Answer[][] = []
      for (const batch of some) heard.push(await untilSettled(by, batch))
      return heard
    }
  })

  test('keeps its id: with something else under it comes 409, and nothing of its batch', async () => {
    const [first] = await sendOver(app, senderOf(here.desk, type), [op])
    expect(first?.answer).toBe('accepted')
    const other = anOp(here.desk.worker, 'cases.open_case', payloadOf('cases.open_case', here.scene))
    const altered = { ...op, claimedAt: new Date(Date.parse(op.claimedAt) - 1000).toISOString() }
    const answer = await nothingChanges(() =>
      ask(app, senderOf(here.desk, type), 'POST', '/api/operations', {
        body: JSON.stringify({ operations: [other, altered] }),
      }),
    )
    expect(answer.status).toBe(409)
    expect(answer.json).toMatchObject({ error: 'op_id_reused', opId: op.opId })
  })
})

describe('the envelope of an operation', () => {
  test.each([
    ['opId', ['', 'x', 1, null, {}, `${newOpId()}0`]],
    ['device', ['', MARK, 1, null]],
    ['seq', [0, -1, 1.5, '1', null, 2 ** 31]],
    ['type', ['', MARK, 'cases', 'Cases.Open', 'cases.open_case; drop', 'a.b@x', 1, null, `a.${'b'.repeat(80)}`]],
    ['baseVersion', [-1, 1.5, '0', {}]],
    ['payload', [null, 'x', 1, []]],
    [
      'claimedAt',
      ['', 'now', 0, null, '0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00'],
    ],
  ])('with a bad %s is refused as a whole', async (field, values) => {
    const { desk, scene } = await open()
    for (const value of values) {
      const op = { ...anOp(desk.worker, 'cases.open_case', payloadOf('cases.open_case', scene)), [field]: value }
      const answer = await nothingChanges(() =>
        ask(app, desk.worker, 'POST', '/api/operations', { body: JSON.stringify({ operations: [op] }) }),
      )
      expect({ value, status: answer.status }).toEqual({ value, status: 400 })
      expect(answer.json.error).toBe('malformed')
      expect(answer.text).not.toContain(MARK)
    }
  })

  test('claimed in 2090 is refused as ahead of the clock', async () => {
    const { desk, scene } = await open()
    const op = anOp(desk.worker, 'cases.open_case', payloadOf('cases.open_case', scene), {
      claimedAt: '2090-01-01T00:00:00.000Z' as Op['claimedAt'], // a moment, written by hand
    })
    const [answer] = await nothingChanges(() => sendOver(app, desk.worker, [op]))
    expect(answer).toMatchObject({ answer: 'refused', reason: 'clock_ahead' })
  })

  test.each([
    ['nothing', '', 400],
    ['no JSON', `{"operations": [${MARK}`, 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['no operation', '{"operations":[]}', 400],
    ['101 operations', JSON.stringify({ operations: Array.from({ length: 101 }, () => ({})) }), 400],
    ['a field we do not know', `{"operations":[],"${MARK}":1}`, 400],
    ['half of a sign', `{"operations":[],"text":"lone\\ud800"}`, 400],
    ['a hundred thousand brackets', '['.repeat(100_000), 400],
    ['ten megabytes', JSON.stringify({ operations: [], text: MARK + 'A'.repeat(10_000_000) }), 413],
  ])('whose body is %s gets a clear answer', async (_what, body, status) => {
    const { desk } = await open()
    const answer = await nothingChanges(() => ask(app, desk.worker, 'POST', '/api/operations', { body }))
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain(MARK)
  })

  test('that is no JSON by its type, or comes from elsewhere, is refused unread', async () => {
    const { desk, scene } = await open()
    const body = JSON.stringify({
      operations: [anOp(desk.worker, 'cases.open_case', payloadOf('cases.open_case', scene))],
    })
    for (const [headers, status] of [
      [{ 'content-type': 'text/plain' }, 415],
      [{ origin: 'https://elsewhere.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
    ] as const) {
      const answer = await nothingChanges(() => ask(app, desk.worker, 'POST', '/api/operations', { body, headers }))
      expect(answer.status).toBe(status)
    }
  })
})

describe('words somebody typed', () => {
  test('are kept in one form: composed, without characters nobody can see', async () => {
    const { desk, scene } = await aScene()
    const text = `Jose\u0301 \u202Eevil\u202C ze\u200Bro \u2066iso\u2069 con\u0007trol nul\u0000 \uFEFFmark`
    await step(senderOver(app, desk), scene, 'cases.edit_card', 99, { set: { callName: text } })
    const { json } = await ask(app, desk.worker, 'GET', `/api/cases/${scene.caseId}`)
    const { callName } = (json.card as { fields: Record<string, unknown> }).fields // the route's own shape
    expect(callName).toBe('José evil zero iso control nul mark')
  })

  test('in letters of every script of the region are kept as they were typed', async () => {
    const { desk, scene } = await aScene()
    for (const text of ['Ñiño Dela Peña', 'މަރިޔަމް', 'نور العين', '李小龍', 'Siti Nur‘Aini', 'O’Brien-Łukasz']) {
      await step(senderOver(app, desk), scene, 'cases.edit_card', 99, { set: { callName: text } })
      const { json } = await ask(app, desk.worker, 'GET', `/api/cases/${scene.caseId}`)
      expect((json.card as { fields: Record<string, unknown> }).fields.callName).toBe(text.normalize('NFC')) // the route's own shape
    }
  })
})

test('an edit of an old version keeps what is there and leaves the difference to a person', async () => {
  const { desk, scene } = await aScene()
  const send = senderOver(app, desk)
  await step(send, scene, 'cases.edit_card', 99, { set: { village: 'First' } })
  const { answer } = await step(send, scene, 'cases.edit_card', 0, { set: { village: 'Second' } })
  expect(answer).toMatchObject({ answer: 'accepted', conflicts: [{ field: 'village' }] })
  const { text } = await ask(app, desk.worker, 'GET', `/api/cases/${scene.caseId}`)
  expect(text).toContain('"village":"First"')
})

test('nothing that was sent stands in a log line or, in the clear, in the database', async () => {
  expect(log.length).toBeGreaterThan(100)
  expect(log.filter((line) => line.includes(MARK))).toEqual([])
  for (const { name } of await ownerRows(
    machine,
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )) {
    const [found] = await ownerRows(
      machine,
      `select count(*)::int as hits from ${String(name)} t where t::text like '%${MARK}%' or t::text like '%${Buffer.from(MARK).toString('hex')}%'`,
    )
    expect({ name, ...found }).toEqual({ name, hits: 0 })
  }
})

// What is bad

/** For a field of one kind, a value of every other. */
function wrongTypes(handler: AnyHandler, good: Record<string, unknown>): Bad[] {
  return fieldsIn(handler.op.payload, good).flatMap(({ path }) => {
    const value = at(good, path)
    if (value === null) return []
    const kind = Array.isArray(value) ? 'list' : typeof value
    const others = { string: MARK, number: 4.2e300, boolean: true, object: { [MARK]: 1 }, list: [MARK, 1] }
    return Object.entries(others)
      .filter(([other]) => other !== kind)
      .map(([, other]) => change(good, path, other))
  })
}

function unknownFields(good: Record<string, unknown>): Bad[] {
  const withOwn = (name: string) => JSON.parse(`{"${name}": {"role": "admin"}, "rest": 0}`) as Record<string, unknown> // an own key, as JSON makes it
  const top = ['sector', 'role', 'actor', MARK, '__proto__', 'constructor'].map((name) => {
    const payload = { ...good }
    Object.defineProperty(payload, name, { value: withOwn(name)[name], enumerable: true, configurable: true })
    return { what: `unknown field ${name}`, payload }
  })
  const nested = Object.entries(good)
    .filter(([, value]) => value !== null && typeof value === 'object' && !Array.isArray(value))
    .map(([name]) => change(good, [name, MARK], 1))
  return [...top, ...nested]
}

function missingFields({ op }: AnyHandler, good: Record<string, unknown>): Bad[] {
  return fieldsIn(op.payload, good)
    .filter(
      ({ path, schema }) => path.length === 1 && !(schema instanceof z.ZodDefault || schema instanceof z.ZodOptional),
    )
    .map(({ name }) => {
      const { [name]: _left, ...payload } = good
      return { what: `without ${name}`, payload }
    })
}

const HOSTILE = [
  MARK,
  `${MARK}\u0000`,
  `\u202E${MARK}`,
  `ze\u200Bro ${MARK}`,
  'lone\uD800surrogate',
  `e\u0301 ${MARK}`,
  "'; drop table child_case; --",
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{constructor}}',
  ' ',
  '',
]

/** What the reader of JSON takes out of any text. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu
const LETTERS = /^[\p{L}\p{M}' -]+$/u

const NO_MOMENTS = [
  '0000-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00.000Z',
  '1899-12-31T00:00:00.000Z',
  '1950-01-01T00:00:00.000Z',
  '2090-01-01T00:00:00.000Z',
  '2026-02-30T10:00:00.000Z',
  '2026-13-01T10:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '2026-01-01',
  '2026-01-01T10:00:00',
  'yesterday',
]

// How it is sent

/** Makes something when it is first wanted, and gives the same from then on. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}

async function aScene(): Promise<Here> {
  const desk = await aDesk(machine)
  return { desk, scene: await sceneAt({ app, machine }, desk, (field) => `Words for ${field}`) }
}

function payloadOf(type: string, scene: Scene): Record<string, unknown> {
  const sample = SAMPLES[type]
  if (sample === undefined) throw new Error(`${type} has no example: add one to test/samples.ts`)
  return sample.payload(scene)
}

function baseOf(type: string): number | null {
  return SAMPLES[type]?.baseVersion ?? null
}

function senderOf(desk: Desk, type: string): Somebody {
  return desk[SAMPLES[type]?.by ?? 'worker']
}

async function sendAll(desk: Desk, type: string, bad: Bad[]): Promise<Answer[]> {
  const by = senderOf(desk, type)
  const answers: Answer[] = []
  for (const { payload } of bad) {
    const op = anOp(by, type, payload as Record<string, unknown>, { baseVersion: baseOf(type) })
    const { status, json, text } = await ask(app, by, 'POST', '/api/operations', {
      body: JSON.stringify({ operations: [op] }),
    })
    expect(text).not.toContain(MARK)
    // What is no operation of ours is refused whole, before anybody looks into it.
    if (status === 400) answers.push({ opId: op.opId, answer: 'malformed', fields: ['payload'] })
    else if (status === 200) answers.push(...(json.answers as Answer[]))
    else throw new Error(`${type} was answered ${status}: ${text.slice(0, 200)}`)
  }
  return answers
}

async function untilSettled(by: Somebody, batch: Op[]): Promise<Answer[]> {
  for (;;) {
    const answers = await sendOver(app, by, batch)
    if (answers.every((answer) => answer.answer !== 'retry')) return answers
  }
}

/** Runs `work` and sees that no row of any table was made, changed or taken away, but for the log of operations, the ledger, and keys that lock nothing yet. */
async function nothingChanges<T>(work: () => Promise<T>): Promise<T> {
  const before = await allRows()
  const answer = await work()
  expect({ answer, rows: await allRows() }).toEqual({ answer, rows: before })
  return answer
}

async function allRows(): Promise<Record<string, unknown>> {
  const [row] = await ownerRows(machine, await fingerprint)
  return row ?? {}
}

// A row that is written, anew or again, bears the number of a transaction that no row bore before.
const fingerprint = ownerRows(
  machine,
  `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('op_log', 'audit_entry', 'session', 'case_opened', 'case_key')`,
).then(
  (tables) =>
    `select ${tables.map(({ name }) => `(select count(*) || ' rows, last written by ' || coalesce(max(xmin::text::bigint), 0) from ${String(name)}) as ${String(name)}`).join(', ')}`,
)

/** Takes a case away as an erasure would: nothing of it is left but its id in somebody's memory. */
async function erase(caseId: string): Promise<void> {
  const tables = await ownerRows(
    machine,
    `select c.table_name as name from information_schema.columns c join pg_tables t on t.tablename = c.table_name and t.schemaname = 'public'
      where c.table_schema = 'public' and c.column_name = 'case_id'`,
  )
  const all = tables.map(({ name }) => `delete from ${String(name)} where case_id = '${caseId}';`).join(' ')
  await machine.db.owner.script(
    `begin; set local session_replication_role = replica; ${all} delete from child_case where id = '${caseId}'; commit`,
  )
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], value)
}

/** A copy with one field changed, also deep inside. */
function change(good: Record<string, unknown>, path: readonly string[], value: unknown): Bad {
  const payload = structuredClone(good)
  const holder = at(payload, path.slice(0, -1)) as Record<string, unknown>
  holder[path.at(-1) ?? ''] = value
  return { what: `${path.join('.')}: ${JSON.stringify(value).slice(0, 60)}`, payload }
}

function shuffled<T>(some: T[], seed: number): T[] {
  return some
    .map((one, n) => ({ one, key: Math.imul(seed * 31 + n + 7, 2_654_435_761) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
}

/** What an answer may name: fields of our schemas, and "unknown_field". */
const NAMES = new Set(['unknown_field', 'payload', ...handlers.flatMap(({ op }) => [...fieldNames(op.type)])])

function fieldNames(type: string): Set<string> {
  const handler = handlers.find(({ op }) => op.type === type)
  const sample = SAMPLES[type]
  if (handler === undefined || sample === undefined) return new Set()
  const scene: Scene = {
    id: newId,
    word: () => 'x',
    now: instant(new Date().toISOString()),
    caseId: newId(),
    contactId: newId(),
    conflictId: newId(),
    hitId: newId(),
    lastPlanned: () => Promise.resolve(instant(new Date().toISOString())),
    lastAssessed: () => Promise.resolve(instant(new Date().toISOString())),
    plannedAt: instant(new Date().toISOString()),
    assessedAt: instant(new Date().toISOString()),
    made: {},
    orgId: newId(),
    teamId: newId(),
    colleagueId: newId(),
    otherTeamId: newId(),
  } // ids of nothing
  return new Set(
    fieldsIn(handler.op.payload, sample.payload(scene)).map(({ path }) =>
      path.filter((part) => !/^\d+$/.test(part)).join('.'),
    ),
  )
}
