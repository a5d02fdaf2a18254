import { beforeAll, describe, expect, test } from 'vitest'
import { testMachine } from '../../../test/db.ts'
import { anOffice, aPerson, asOwner, ownerRows, type Somebody } from '../../../test/people.ts'
import { appOf } from '../../../test/running-app.ts'
import { JOTTING_PIECE, type Jotting } from '../../core/jotting.ts'
import { instant } from '../../core/time.ts'
import { fromBase64url, toBase64url } from '../../crypto/base64url.ts'
import { makeProfileKey, type ProfileKey, proveRequest, publicHalf, readPublicHalf } from '../../crypto/device-proof.ts'
import { sealJotting } from '../../crypto/jotting-seal.ts'
import { newId } from '../../crypto/random.ts'
import { startSession } from '../access/store.ts'
import { eraseUnconfirmed } from './jobs.ts'

// What a locked phone hands in over HTTP, and what its writer, and only she, finds of it after unlocking.
const { app, machine, log } = appOf(await testMachine())
const office = await anOffice(machine)
const WORDS = 'the teacher called about the fence'
const serverKey = fromBase64url(machine.outboxKey.publicKey() ?? '') ?? new Uint8Array()

/** A person's browser: its key, and her session in it. */
type Phone = { key: ProfileKey; sid: string; device: string; of: Somebody }

async function aPhone(of: Somebody): Promise<Phone> {
  const key = await makeProfileKey()
  const half = await readPublicHalf(await publicHalf(key))
  const sid = await startSession(machine.db, of.id, 'demo', {
    browser: 'other',
    system: 'other',
    shared: false,
    key: half,
  })
  return { key, sid, device: newId(), of }
}

/** A request of this browser; without `asked` nobody has signed in in it. */
async function post(phone: Phone, path: string, body: unknown, signedIn: boolean, at = Date.now()) {
  const text = JSON.stringify(body)
  const proof = await proveRequest(phone.key, { method: 'POST', path, body: text }, at)
  return sendRaw(path, text, { 'x-kembali-proof': proof, ...(signedIn ? { cookie: `kembali=${phone.sid}` } : {}) })
}

async function sendRaw(path: string, body: string, headers: Record<string, string>) {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kembali': '1', ...headers },
    body,
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const json = answer.headers.get('content-type')?.includes('json') === true ? JSON.parse(bytes.toString()) : {}
  return { status: answer.status, json: json as Record<string, unknown>, bytes }
}

const head = (over: Partial<Jotting> = {}): Jotting => ({
  kind: 'note',
  at: instant(new Date().toISOString()),
  text: WORDS,
  contact: null,
  type: null,
  ...over,
})

/** The requests by which a locked phone hands one thing in. */
async function bodiesOf(phone: Pick<Phone, 'device'>, said: Jotting, file: Uint8Array | null = null, id = newId()) {
  const pieces = await sealJotting(serverKey, { device: phone.device, id }, said, file)
  return pieces.map((piece, place) => ({
    device: phone.device,
    id,
    place,
    count: pieces.length,
    sealed: toBase64url(piece),
  }))
}

async function jot(phone: Phone, said = head(), file: Uint8Array | null = null): Promise<string> {
  const bodies = await bodiesOf(phone, said, file)
  for (const body of bodies) expect((await post(phone, '/api/phone/jotted', body, false)).status).toBe(202)
  return bodies[0]?.id ?? ''
}

const open = async (phone: Phone) => (await post(phone, '/api/phone/jottings/open', {}, true)).json

let worker: Phone
let colleague: Phone
let supervisor: Phone
beforeAll(async () => {
  worker = await aPhone(await aPerson(machine, office, 'case_worker'))
  colleague = await aPhone(await aPerson(machine, office, 'case_worker'))
  supervisor = await aPhone(await aPerson(machine, office, 'supervisor'))
  for (const phone of [worker, colleague, supervisor])
    expect((await post(phone, '/api/phone/known', { device: phone.device }, true)).json).toMatchObject({ known: true })
})

describe('what a worker writes without unlocking', () => {
  test('waits for her alone: nobody else sees that it is there, and it is nowhere in the clear', async () => {
    const id = await jot(worker)
    expect(await open(worker)).toMatchObject({ jottings: [{ id, kind: 'note', text: WORDS }], coming: 0 })
    for (const other of [colleague, supervisor]) {
      expect(await open(other)).toEqual({ jottings: [], coming: 0 })
      expect((await post(other, `/api/phone/jottings/${id}/file`, {}, true)).status).toBe(404)
      expect((await post(other, `/api/phone/jottings/${id}/end`, { outcome: 'kept' }, true)).status).toBe(404)
    }
    const [row] = await ownerRows(
      machine,
      `select encode(sealed, 'escape') as text from jotting_piece where jotting_id = '${id}'`,
    )
    expect(String(row?.text)).not.toContain('teacher')
    expect(log.join('\n')).not.toContain('teacher')
    expect(log.join('\n')).not.toContain(worker.of.id)
  })

  test('comes in pieces: a photo is there when its last one is, byte for byte', async () => {
    const photo = new Uint8Array(JOTTING_PIECE * 2 + 10).map((_, at) => (at * 7) % 251)
    const bodies = await bodiesOf(worker, head({ kind: 'photo', text: null, type: 'image/jpeg' }), photo)
    expect(bodies.length).toBe(3)
    const [first, second, third] = bodies
    // What nothing is here of is sent from its beginning.
    expect((await post(worker, '/api/phone/jotted', second, false)).json).toEqual({ state: 'begin' })
    for (const body of [first, third]) await post(worker, '/api/phone/jotted', body, false)
    expect(await open(worker)).toMatchObject({ coming: 1 })
    await post(worker, '/api/phone/jotted', second, false)
    const { bytes } = await post(worker, `/api/phone/jottings/${first?.id}/file`, {}, true)
    expect(bytes.equals(photo)).toBe(true)
  })

  test('is opened with an entry in the ledger that names no child', async () => {
    const before = await opened()
    await open(worker)
    expect(await opened()).toBe(before + 1)

    async function opened(): Promise<number> {
      const [row] = await ownerRows(
        machine,
        `select count(*)::int as n from audit_entry where action = 'jottings_opened' and actor = '${worker.of.id}' and pseudonym is null`,
      )
      return Number(row?.n)
    }
  })

  test('is gone once she has put it on a case or thrown it away, and does not come back when the phone sends it again', async () => {
    const [body] = await bodiesOf(worker, head({ text: 'to be thrown away' }))
    await post(worker, '/api/phone/jotted', body, false)
    // The answer was lost and the phone sends once more: one effect.
    expect((await post(worker, '/api/phone/jotted', body, false)).json).toEqual({ state: 'kept' })
    expect((await post(worker, `/api/phone/jottings/${body?.id}/end`, { outcome: 'thrown_away' }, true)).status).toBe(
      200,
    )
    expect((await post(worker, '/api/phone/jotted', body, false)).json).toEqual({ state: 'ended' })
    expect(JSON.stringify(await open(worker))).not.toContain('thrown away')
    expect(await ownerRows(machine, `select place from jotting_piece where jotting_id = '${body?.id}'`)).toEqual([])
  })

  test('is hers at the latest when it came: a phone whose clock ran ahead makes no moment that has not been', async () => {
    const phone = await aPhone(await aPerson(machine, office, 'case_worker'))
    await post(phone, '/api/phone/known', { device: phone.device }, true)
    await jot(phone, head({ at: instant('2090-01-01T00:00Z') }))
    const [one] = (await open(phone)).jottings as { at: string; arrivedAt: string }[]
    expect(one?.at).toBe(one?.arrivedAt)
  })

  test('that no key opens is shown as such, and can only be thrown away', async () => {
    const phone = await aPhone(await aPerson(machine, office, 'case_worker'))
    await post(phone, '/api/phone/known', { device: phone.device }, true)
    const [body] = await bodiesOf({ device: newId() }, head())
    await post(phone, '/api/phone/jotted', { ...body, device: phone.device }, false)
    expect(await open(phone)).toEqual({ jottings: [{ id: body?.id, kind: null }], coming: 0 })
  })

  test('is erased after the thirty days she was told', async () => {
    const phone = await aPhone(await aPerson(machine, office, 'case_worker'))
    await post(phone, '/api/phone/known', { device: phone.device }, true)
    const id = await jot(phone)
    await asOwner(machine, `update jotting set begun_at = begun_at - interval '29 days 23 hours' where id = '${id}'`)
    await eraseUnconfirmed.run(machine, instant(new Date().toISOString()))
    expect((await open(phone)).jottings).toHaveLength(1)
    await asOwner(machine, `update jotting set begun_at = begun_at - interval '2 hours' where id = '${id}'`)
    await eraseUnconfirmed.run(machine, instant(new Date().toISOString()))
    expect(await open(phone)).toEqual({ jottings: [], coming: 0 })
    expect(await ownerRows(machine, `select place from jotting_piece where jotting_id = '${id}'`)).toEqual([])
  })
})

describe('a phone is heard without a session', () => {
  test('only when it was set up by somebody who had signed in, and only by its own key', async () => {
    const stranger = await aPhone(await aPerson(machine, office, 'case_worker'))
    const [body] = await bodiesOf(stranger, head())
    const no = { status: 403, json: { error: 'unknown_phone' } }
    expect(await post(stranger, '/api/phone/jotted', body, false)).toMatchObject(no)
    // Somebody who knows the number of a colleague's phone does not have its key.
    const [forged] = await bodiesOf(worker, head())
    expect(await post(stranger, '/api/phone/jotted', forged, false)).toMatchObject(no)
    // Nor can she call that phone her own.
    expect((await post(stranger, '/api/phone/known', { device: worker.device }, true)).json).toMatchObject({
      known: false,
    })
  })

  test('once for each proof: what was taken from the wire is not heard a second time', async () => {
    const [body] = await bodiesOf(worker, head())
    const text = JSON.stringify(body)
    const proof = await proveRequest(worker.key, { method: 'POST', path: '/api/phone/jotted', body: text }, Date.now())
    expect((await sendRaw('/api/phone/jotted', text, { 'x-kembali-proof': proof })).status).toBe(202)
    expect((await sendRaw('/api/phone/jotted', text, { 'x-kembali-proof': proof })).status).toBe(403)
    expect((await post(worker, '/api/phone/jotted', body, false, Date.now() - 3_600_000)).status).toBe(409)
  })

  test('not two months after it was last here, and not when its owner works here no more', async () => {
    const gone = await aPhone(await aPerson(machine, office, 'case_worker'))
    await post(gone, '/api/phone/known', { device: gone.device }, true)
    const [body] = await bodiesOf(gone, head())
    await asOwner(
      machine,
      `update jotting_device set met_at = met_at - interval '61 days' where device = '${gone.device}'`,
    )
    expect((await post(gone, '/api/phone/jotted', body, false)).status).toBe(403)
    await post(gone, '/api/phone/known', { device: gone.device }, true)
    expect((await post(gone, '/api/phone/jotted', body, false)).status).toBe(202)
    await asOwner(machine, `update app_user set disabled_at = now() where id = '${gone.of.id}'`)
    expect((await post(gone, '/api/phone/jotted', body, false)).status).toBe(403)
  })

  test('up to a bound for one phone, and for all together: her other phone still has room, and each is told what to do', async () => {
    const owner = await aPerson(machine, office, 'case_worker')
    const [lost, other] = [await aPhone(owner), await aPhone({ ...owner, device: newId() })]
    for (const phone of [lost, other]) await post(phone, '/api/phone/known', { device: phone.device }, true)
    const bounds = (phone: string, all: string) =>
      asOwner(
        machine,
        `create or replace function kembali.jotting_bounds() returns table (of_person bigint, of_phone bigint, of_all bigint)
           language sql immutable as $$ select 96 * 1048576::bigint, ${phone}, ${all} $$`,
      )
    const sends = async (phone: Phone) => post(phone, '/api/phone/jotted', (await bodiesOf(phone, head()))[0], false)
    const full = { status: 429, json: { error: 'jottings_full' } }
    try {
      await jot(lost)
      await bounds('1::bigint', '2048 * 1048576::bigint')
      expect(await sends(lost)).toMatchObject(full)
      const [one] = await ownerRows(
        machine,
        `select sum(octet_length(sealed))::int as n from jotting_piece where person_id = '${owner.id}'`,
      )
      await bounds(String(Number(one?.n) + 100), '2048 * 1048576::bigint')
      expect(await sends(lost)).toMatchObject(full)
      expect((await sends(other)).status).toBe(202)
      await bounds('64 * 1048576::bigint', '1::bigint')
      expect(await sends(other)).toMatchObject({ status: 503, json: { error: 'jottings_no_room' } })
    } finally {
      await bounds('64 * 1048576::bigint', '2048 * 1048576::bigint')
    }
  })

  test('with nothing else under an id that is there, and no more than one person can look through', async () => {
    const phone = await aPhone(await aPerson(machine, office, 'case_worker'))
    await post(phone, '/api/phone/known', { device: phone.device }, true)
    const [body] = await bodiesOf(phone, head())
    const [other] = await bodiesOf(phone, head(), null, body?.id)
    expect((await post(phone, '/api/phone/jotted', body, false)).status).toBe(202)
    expect(await post(phone, '/api/phone/jotted', other, false)).toMatchObject({
      status: 409,
      json: { error: 'jotting_changed' },
    })
    await asOwner(
      machine,
      `insert into jotting (id, person_id, device, pieces)
       select gen_random_uuid(), '${phone.of.id}', gen_random_uuid(), 1 from generate_series(1, 49);
       insert into jotting_piece (jotting_id, person_id, place, sealed)
       select id, person_id, 0, decode(repeat('00', 100), 'hex') from jotting where person_id = '${phone.of.id}' and id <> '${body?.id}'`,
    )
    const [more] = await bodiesOf(phone, head())
    expect(await post(phone, '/api/phone/jotted', more, false)).toMatchObject({
      status: 429,
      json: { error: 'jottings_full' },
    })
    // Her colleague is not kept from writing by it.
    await jot(colleague, head({ text: 'of a colleague' }))
  })

  test('with no more than one phone waits with, and no more than it could be used for in a day', async () => {
    for (const [rows, ended, already] of [
      [25, 'null, null', 'twenty-five that wait'],
      [200, `kembali.now(), 'kept'`, 'two hundred of today'],
    ] as const) {
      const phone = await aPhone(await aPerson(machine, office, 'case_worker'))
      await post(phone, '/api/phone/known', { device: phone.device }, true)
      const fill = (count: number) =>
        asOwner(
          machine,
          `insert into jotting (id, person_id, device, pieces, ended_at, outcome)
           select gen_random_uuid(), '${phone.of.id}', '${phone.device}', 1, ${ended} from generate_series(1, ${count})`,
        )
      await fill(rows - 1)
      const [last] = await bodiesOf(phone, head())
      expect((await post(phone, '/api/phone/jotted', last, false)).status, already).toBe(202)
      const [more] = await bodiesOf(phone, head())
      expect(await post(phone, '/api/phone/jotted', more, false), already).toMatchObject({
        status: 429,
        json: { error: 'jottings_full' },
      })
    }
  })

  test('and what a lost phone never sends whole shuts nobody’s inbox: its owner sees it, and throws it away', async () => {
    const lost = await aPhone(await aPerson(machine, office, 'case_worker'))
    const own = await aPhone(lost.of)
    for (const phone of [lost, own]) await post(phone, '/api/phone/known', { device: phone.device }, true)
    const begin = async (state: number) => {
      const [body] = await bodiesOf(lost, head())
      const half = { ...body, id: newId(), count: 2 }
      expect((await post(lost, '/api/phone/jotted', half, false)).status).toBe(state)
      return half.id
    }
    const first = await begin(202)
    for (let more = 0; more < 4; more += 1) await begin(202)
    await begin(429)
    const id = await jot(own)
    const found = await open(own)
    expect(found.coming).toBe(5)
    expect(found.jottings).toContainEqual({ id: first, kind: null, begunAt: expect.any(String) })
    expect((await post(own, `/api/phone/jottings/${first}/end`, { outcome: 'thrown_away' }, true)).status).toBe(200)
    const [row] = await ownerRows(
      machine,
      `select count(*)::int as n from audit_entry where action = 'jotting_thrown_away' and actor = '${own.of.id}'`,
    )
    expect(row?.n).toBe(1)
    await asOwner(
      machine,
      `update jotting set begun_at = begun_at - interval '73 hours' where person_id = '${own.of.id}'`,
    )
    await eraseUnconfirmed.run(machine, instant(new Date().toISOString()))
    expect(await open(own)).toMatchObject({ jottings: [{ id, kind: 'note' }], coming: 0 })
  })

  test('and not once its owner has ended its sign-in from another one', async () => {
    const lost = await aPhone(await aPerson(machine, office, 'case_worker'))
    const own = await aPhone(lost.of)
    for (const phone of [lost, own]) await post(phone, '/api/phone/known', { device: phone.device }, true)
    const rows = await ownerRows(machine, `select id from session where person_id = '${own.of.id}' order by made_at`)
    for (const { id } of rows) await post(own, '/api/my/sessions/end', { id }, true)
    const [late] = await bodiesOf(lost, head())
    expect((await post(lost, '/api/phone/jotted', late, false)).status).toBe(403)
    await jot(own)
  })

  test('whose own question, asked each round, keeps no session alive', async () => {
    const phone = await aPhone(await aPerson(machine, office, 'case_worker'))
    await asOwner(
      machine,
      `update session set last_seen_at = last_seen_at - interval '5 minutes' where person_id = '${phone.of.id}'`,
    )
    const seen = () =>
      ownerRows(machine, `select last_seen_at from session where person_id = '${phone.of.id}' order by made_at`)
    const before = await seen()
    await post(phone, '/api/phone/known', { device: phone.device }, true)
    expect(await seen()).toEqual(before)
  })

  test.each([
    ['more pieces than a thing has', { count: 65 }],
    ['a place beyond its pieces', { place: 1, count: 1 }],
    ['no base64', { sealed: '<script>'.repeat(30) }],
    ['something too small to be sealed', { sealed: 'AAAA' }],
    ['something larger than a piece', { sealed: 'A'.repeat(200_000) }],
    ['a field it does not know', { person: newId() }],
  ])('and never with %s', async (_what, over) => {
    const [body] = await bodiesOf(worker, head())
    expect((await post(worker, '/api/phone/jotted', { ...body, ...over }, false)).status).toBe(400)
  })
})
