import { describe, expect, test } from 'vitest'
import { testMachine } from '../../../test/db.ts'
import { anOffice, aPerson, ownerRows, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { fromBase64url } from '../../crypto/base64url.ts'
import { newId } from '../../crypto/random.ts'
import { spokenCode } from '../../crypto/spoken-code.ts'

// Trips that are told before leaving, and codes that are said on the telephone, over HTTP.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const stranger = await aPerson(machine, await anOffice(machine), 'supervisor')

const post = (by: Somebody, path: string, body: unknown) => ask(app, by, 'POST', path, { body: JSON.stringify(body) })
const secretOf = async (by: Somebody) =>
  fromBase64url(String((await post(by, '/api/phone/known', { device: by.device })).json.secret)) ?? new Uint8Array()

describe('a trip', () => {
  test('is told with a line, for thirty days at most, and her supervisor sees until when; nobody else does', async () => {
    for (const days of [14, 31])
      expect((await post(worker, '/api/phone/trip', { device: worker.device, days })).status).toBe(400)
    const { status, json } = await post(worker, '/api/phone/trip', { device: worker.device, days: 30 })
    expect(status).toBe(200)
    const { people } = (await ask(app, supervisor, 'GET', '/api/phone/supervised')).json as {
      people: { id: string; until: string | null }[]
    }
    expect(people.find(({ id }) => id === worker.id)?.until).toBe(json.until)
    expect(people.find(({ id }) => id === colleague.id)?.until).toBe(null)
    for (const other of [colleague, stranger])
      expect(JSON.stringify((await ask(app, other, 'GET', '/api/phone/supervised')).json)).not.toContain(worker.id)
  })

  test('is told by each for herself, also on one phone', async () => {
    const until = async () => ownerRows(machine, `select until from phone_trip where person_id = '${worker.id}'`)
    const before = await until()
    expect((await post(colleague, '/api/phone/trip', { device: worker.device, days: 21 })).status).toBe(200)
    expect(await until()).toEqual(before)
  })
})

describe('a spoken code', () => {
  test('of her supervisor fits the number on her phone, and no other', async () => {
    const { json } = await post(supervisor, '/api/phone/spoken', { personId: worker.id, number: '042137' })
    const secret = await secretOf(worker)
    expect(json.code).toMatch(/^\d{8}$/)
    expect(await spokenCode(secret, '042137')).toBe(json.code)
    expect(await spokenCode(secret, '042138')).not.toBe(json.code)
    expect(await spokenCode(await secretOf(colleague), '042137')).not.toBe(json.code)
    const [row] = await ownerRows(
      machine,
      `select count(*)::int as n from audit_entry where action = 'spoken_code_given' and actor = '${supervisor.id}'
          and commitment = sha256(convert_to('kembali/spoken-code-for/1|${worker.id}', 'UTF8'))`,
    )
    expect(row?.n).toBe(1)
  })

  test('is given ten times a day for one person', async () => {
    const give = async () =>
      (await post(supervisor, '/api/phone/spoken', { personId: colleague.id, number: '042137' })).status
    const answers: number[] = []
    for (let time = 0; time < 11; time += 1) answers.push(await give())
    expect(answers).toEqual([...Array<number>(10).fill(200), 429])
    expect((await post(supervisor, '/api/phone/spoken', { personId: worker.id, number: '042137' })).status).toBe(200)
  })

  test('is given by nobody who does not supervise her, and to nobody who is not there: one answer', async () => {
    for (const [by, personId] of [
      [colleague, worker.id],
      [worker, worker.id],
      [stranger, worker.id],
      [supervisor, stranger.id],
      [supervisor, newId()],
    ] as const)
      expect(await post(by, '/api/phone/spoken', { personId, number: '042137' })).toMatchObject({
        status: 404,
        json: { error: 'not_found' },
      })
  })
})
