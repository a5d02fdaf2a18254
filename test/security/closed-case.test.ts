import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import { testMachine } from '../db.ts'
import { ownerRows } from '../people.ts'
import { aDesk, appOf, ask, type Desk, sceneAt, senderOver } from '../running-app.ts'
import { closeScene, doEverything, type Scene } from '../samples.ts'

const { app, machine } = appOf(await testMachine())

/** Every question about one case that the running app answers: one that is added is asked here from its first day. */
const QUESTIONS = app.routes
  .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/cases/:id'))
  .map(({ path }) => path)
/** Says who may open a file, and nothing of what is in it. */
const OF_STAFF = '/api/cases/:id/who'

let desk: Desk
let scene: Scene

beforeAll(async () => {
  desk = await aDesk(machine)
  scene = await sceneAt({ app, machine }, desk, (field) => `Words for ${field}`)
  await doEverything(senderOver(app, desk), scene, ['cases.assign', 'cases.request_match'])
  await closeScene(senderOver(app, desk), scene)
})

describe.each(QUESTIONS.filter((path) => path !== OF_STAFF))('a closed case, asked at %s', (path) => {
  const address = () =>
    path.replace(':id', scene.caseId).replace(':hit', scene.hitId).replace(':requestId', newId()) +
    (path.endsWith('/path') ? '?before=2100-01-01T00:00:00Z' : '')

  test.each(['worker', 'supervisor'] as const)('opens for its %s with a stated reason only', async (who) => {
    const { status, json } = await ask(app, desk[who], 'GET', address())
    expect({ status, error: json.error }).toEqual({ status: 428, error: 'purpose_needed' })
    const made = await ask(app, desk[who], 'GET', address(), { headers: { 'x-kembali-purpose': 'just because' } })
    expect(made.status, 'a reason that is not one of the list').toBe(400)
    const before = await reasons()
    const opened = await ask(app, desk[who], 'GET', address(), { headers: { 'x-kembali-purpose': 'complaint' } })
    expect(opened.status).toBe(200)
    expect(await reasons(), 'the reason stands in the ledger').toBe(before + 1)
  })

  async function reasons(): Promise<number> {
    const rows = await ownerRows(
      machine,
      `select count(*)::int as n from audit_entry where action = 'reason:complaint' and purpose = 'other'`,
    )
    return Number(rows[0]?.n)
  }
})

test('there are questions to ask', () => {
  expect(QUESTIONS).toEqual(
    expect.arrayContaining(['/api/cases/:id', '/api/cases/:id/justice', '/api/cases/:id/notes', '/api/cases/:id/care']),
  )
})
