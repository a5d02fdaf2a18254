import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import { FEATURES, testMachine } from '../db.ts'
import { anOffice, anOp, aPerson, asOwner, ownerRows, type Office, type Somebody } from '../people.ts'
import { aDesk, appOf, ask, type Desk, sceneAt, sendOver, senderOver } from '../running-app.ts'
import { doEverything, SAMPLES, type Scene, step } from '../samples.ts'
import { fieldsOf } from '../schemas.ts'

// The table of routes is the running app's own: a route that is added is swept from its first day.
const { app, machine } = appOf(await testMachine())
const ROUTES = app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '*')
const withId = ROUTES.filter(({ path }) => path.includes(':')).map(({ method, path }) => [method, path] as const)
const writes = ROUTES.filter(({ method }) => method !== 'GET').map(({ method, path }) => [method, path] as const)
const lists = ROUTES.filter(({ method, path }) => method === 'GET' && !path.includes(':')).map(({ path }) => [path])

let desk: Desk
let scene: Scene
let office: Office
let outsiders: [string, Somebody | null][]
let erasedId: string

beforeAll(async () => {
  desk = await aDesk(machine)
  scene = await sceneAt({ app, machine }, desk, (field) => `Words for ${field}`)
  await doEverything(senderOver(app, desk), scene, ['cases.assign', 'cases.request_match'])
  erasedId = newId()
  office = await anOffice(machine)
  outsiders = [
    ['a worker of another office', await aPerson(machine, office, 'case_worker')],
    ['a supervisor of another office', await aPerson(machine, office, 'supervisor')],
    ['a colleague who is not on the case', desk.colleague],
    ['the data protection officer', await aPerson(machine, desk.office, 'dpo')],
    ['an administrator', await aPerson(machine, desk.office, 'admin')],
    ['a national officer', await aPerson(machine, await anOffice(machine, 'coordination'), 'national_officer')],
    ['a police desk', await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')],
    ['nobody', null],
  ]
})

/** What a route must be asked with. */
const QUERY: Record<string, string> = { '/api/cases/:id/path': '?before=2100-01-01T00:00:00Z' }

/** A route's address about one id; the last of several, when the first is the case. */
function addressOf(path: string, id: string): string {
  const names = path.match(/:\w+/g) ?? []
  return (
    names.reduce((asked, name, n) => asked.replace(name, n < names.length - 1 ? scene.caseId : id), path) +
    (QUERY[path] ?? '')
  )
}

describe('A2: to whom a thing does not belong, it does not exist', () => {
  let known: Promise<[string, string][]> | null = null

  test('there are routes to sweep', () => {
    expect(withId.length).toBeGreaterThan(3)
  })

  test.each(withId)(
    '%s %s answers alike for ids that are foreign, erased or unknown, and for what is no id',
    async (method, path) => {
      const ids = await foreignIds()
      for (const [who, person] of outsiders) {
        const answers = []
        for (const [what, id] of ids) {
          const { status, headers, text } = await request(method, path, id, person)
          answers.push({
            what,
            seen: { status, headers: comparable(headers), text: text.replace(/"requestId":"[^"]+"/, '') },
          })
        }
        const [first] = answers
        for (const { what, seen } of answers) expect({ who, what, ...seen }).toEqual({ who, what, ...first?.seen })
        // What is no id is answered like an id that is nothing, or before anybody is asked who they are.
        for (const id of ['not-an-id', 'x'.repeat(500)])
          expect((await request(method, path, id, person)).status).toBe(404)
        if (method === 'GET')
          expect({ who, status: first?.seen.status }).toEqual({ who, status: person === null ? signedOut(path) : 404 })
      }
    },
  )

  test.each(withId.filter(([method, path]) => method === 'GET' && path.startsWith('/api/cases/')))(
    '%s %s answers whoever works on the case: the sweep above is not about a route that never answers',
    async (method, path) => {
      const ids = await foreignIds()
      const statuses = await Promise.all(
        ids.map(async ([, id]) => (await request(method, path, id, desk.worker)).status),
      )
      expect(statuses).toContain(200)
    },
  )

  /** Ids of every row there is about the case, of people and offices: whatever a route may mean by its id. */
  function foreignIds(): Promise<[string, string][]> {
    return (known ??= findIds())
  }

  async function findIds(): Promise<[string, string][]> {
    const found: [string, string][] = [
      ['the case', scene.caseId],
      ['a person', desk.worker.id],
      ['an office', desk.office.orgId],
      ['a team', desk.office.teamId],
      ['an erased id', erasedId],
      ['an unknown id', newId()],
    ]
    const tables = await ownerRows(
      machine,
      `select a.table_name as name from information_schema.columns a join information_schema.columns b using (table_schema, table_name)
        where table_schema = 'public' and a.column_name = 'id' and a.data_type = 'uuid' and b.column_name = 'case_id'`,
    )
    for (const { name } of tables) {
      const [row] = await ownerRows(machine, `select id from ${String(name)} where case_id = '${scene.caseId}' limit 1`)
      if (row !== undefined) found.push([String(name), String(row.id)])
    }
    return found
  }

  function request(method: string, path: string, id: string, person: Somebody | null) {
    const o = method === 'GET' ? {} : { body: '{}' }
    return ask(app, person ?? { sid: 'x'.repeat(43) }, method, addressOf(path, id), o)
  }

  /** The country's pack is public; everything else asks who you are first. */
  function signedOut(path: string): number {
    return path.startsWith('/country/') ? 404 : 401
  }

  function comparable(headers: Headers): Record<string, string> {
    const { date: _date, 'content-length': _length, ...rest } = Object.fromEntries(headers)
    return rest
  }
})

describe('A5: nobody gains by adding a field', () => {
  const EXTRA = ['sector', 'team', 'teamId', 'part', 'compartment', 'caseId', 'role', 'actor', 'supervises']

  test.each(writes)('%s %s refuses fields it does not know', async (method, path) => {
    const asked = addressOf(path, newId())
    const people = [desk.worker, desk.supervisor, ...outsiders.map(([, one]) => one)].filter((one) => one !== null)
    let named = 0
    for (const person of people) {
      const own = await aPerson(machine, person, person.role)
      for (const field of EXTRA) {
        const { status, json } = await ask(app, own, method, asked, { body: JSON.stringify({ [field]: scene.caseId }) })
        expect({ field, role: own.role, isRefused: status >= 400 && status < 500 }).toEqual({
          field,
          role: own.role,
          isRefused: true,
        })
        if (status === 400 && (json.fields as string[]).includes('body')) named += 1
      }
    }
    expect(named, 'somebody who may use this route hears that it does not know the field').toBeGreaterThan(0)
  })

  test.each(lists)('GET %s neither searches, sorts nor filters by what was added', async ([path = '']) => {
    const people = [desk.worker, desk.supervisor, ...outsiders.map(([, one]) => one)].filter((one) => one !== null)
    for (const person of people) {
      const plain = await ask(app, person, 'GET', path)
      for (const query of [
        'name=Adi',
        'q=a',
        'sort=name',
        'order=alias',
        'filter=association',
        'sex=female',
        'limit=100000',
        'orgId=x',
      ]) {
        const asked = await ask(app, person, 'GET', `${path}?${query}`)
        if (asked.status !== 400) expect({ query, text: still(asked.text) }).toEqual({ query, text: still(plain.text) })
      }
    }
  })

  test('no route is a search or an export of people', () => {
    expect(
      ROUTES.filter(({ path }) => /search|find|query|export|lookup|children/i.test(path)).map(({ path }) => path),
    ).toEqual([])
  })

  /** An answer without the moments it was given at. */
  function still(text: string): string {
    return text.replaceAll(/"requestId":"[^"]+"|"(now|madeAt|endsAt|at)":"[^"]+"|"challenge":"[^"]+"/g, '')
  }
})

describe('A7: no child is scored, ranked, watched or predicted', () => {
  const SCORES =
    /scor|threat|radical|rank|risk|danger|extrem|suspic|suspect|rating|predict|watch|flag|profil|ideolog|terror|weight|grade|tier|probab|likel|allegian|belief|religio|ethnic|tribe|weapon|group/i
  /** Names that only look alike, and why each may stand. */
  const APPROVED: Record<string, string> = {
    'match_index.bucket': 'one of 4,096 drawers a hashed name falls into, to ask whether a child may be known',
    'letter_link.tries': 'how often a wrong number was typed at a link; nothing about a child',
    'child_case.threatened': 'a danger to the child: narrows who may see where she is',
    'op_log.flagged': 'says that a device claimed a moment far back; nothing about a child',
    'case_attachment.sent_bytes': 'how large a file is, so that whoever sends it knows what is missing',
    'case_attachment.bytes': 'how large a file is that is kept; nothing about a child',
    'attachment_chunk.place': 'which piece of a file this is',
    'device_pack.given_in': 'the number of the answer in which a device was given a case; counts answers, not children',
  }

  test('in no column of the database', async () => {
    const columns = await ownerRows(
      machine,
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema in ('public', 'kembali')`,
    )
    expect(columns.length).toBeGreaterThan(100)
    const found = columns.map((row) => String(row.name)).filter((name) => SCORES.test(name))
    expect(found.filter((name) => !(name in APPROVED))).toEqual([])
  })

  test('in no field of an operation', () => {
    const names = FEATURES.flatMap((feature) => feature.ops).flatMap(({ op }) =>
      fieldsOf(op.payload).map(({ path }) => `${op.type}.${path.join('.')}`),
    )
    expect(names.length).toBeGreaterThan(50)
    expect(names.filter((name) => SCORES.test(name) && !name.endsWith('.threatened'))).toEqual([])
  })

  test('in no field of an answer', async () => {
    const names = new Set<string>()
    for (const { method, path } of ROUTES.filter((route) => route.method === 'GET'))
      for (const person of [desk.worker, desk.supervisor])
        collect((await ask(app, person, method, addressOf(path, scene.caseId))).json, names)
    expect(names.size).toBeGreaterThan(50)
    expect([...names].filter((name) => SCORES.test(name) && !['threatened', 'flagged'].includes(name))).toEqual([])
  })

  test('in no number that stands beside a child: every one is named here', async () => {
    const numbers = await ownerRows(
      machine,
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c
        where c.table_schema = 'public' and c.data_type in ('integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision')
          and (c.table_name = 'child_case' or exists (select from information_schema.columns k
            where k.table_schema = 'public' and k.table_name = c.table_name and k.column_name = 'case_id')) order by 1`,
    )
    const versions = numbers.map((row) => String(row.name)).filter((name) => !/\.(version|seq)$/.test(name))
    expect(versions.filter((name) => !(name in APPROVED))).toEqual([])
  })

  function collect(value: unknown, names: Set<string>): void {
    if (Array.isArray(value)) value.forEach((item) => collect(item, names))
    else if (value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) {
        names.add(name)
        collect(inner, names)
      }
  }
})

describe('A8: access that has ended is over with the next request', () => {
  test('a grant that is revoked', async () => {
    const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
    const id = newId()
    await asOwner(
      machine,
      `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
       values ('${id}', '${scene.caseId}', '${clinician.id}', 'health', 'identity', 'casework', 'consent', now(), now() + interval '1 day')`,
    )
    expect((await open(clinician)).status).toBe(200)
    await asOwner(machine, `update sharing_grant set revoked_at = now() where id = '${id}'`)
    expect((await open(clinician)).status).toBe(404)
  })

  test('a case that moved on: it is forgotten by the device that held it, and what is written to it is refused', async () => {
    const own = await aDesk(machine)
    const it = await sceneAt({ app, machine }, own, (field) => `Words for ${field}`)
    const pull = async (cursor: string | null) =>
      (await ask(app, own.worker, 'POST', '/api/pull', { body: JSON.stringify({ device: own.worker.device, cursor }) }))
        .json
    const first = await pull(null)
    expect(JSON.stringify(first.put)).toContain(it.caseId)
    await step(senderOver(app, own), it, 'cases.assign')
    expect((await ask(app, own.worker, 'GET', `/api/cases/${it.caseId}`)).status).toBe(404)
    expect(await pull(String(first.cursor))).toMatchObject({ forget: [it.caseId] })
    const contact = SAMPLES['justice.record_contact']?.payload(it) ?? {}
    const [answer] = await sendOver(app, own.worker, [anOp(own.worker, 'justice.record_contact', contact)])
    expect(answer?.answer).toBe('not_allowed')
  })

  test('an account that is ended, and a person who is put on the case’s list of exclusions', async () => {
    const own = await aDesk(machine)
    const it = await sceneAt({ app, machine }, own, (field) => `Words for ${field}`)
    await asOwner(
      machine,
      `insert into case_exclusion (case_id, person_id) values ('${it.caseId}', '${own.supervisor.id}')`,
    )
    expect((await ask(app, own.supervisor, 'GET', `/api/cases/${it.caseId}`)).status).toBe(404)
    await asOwner(machine, `update app_user set ended_at = now() where id = '${own.worker.id}'`)
    expect((await ask(app, own.worker, 'GET', `/api/cases/${it.caseId}`)).status).toBe(401)
  })

  function open(person: Somebody) {
    return ask(app, person, 'GET', `/api/cases/${scene.caseId}`)
  }
})
