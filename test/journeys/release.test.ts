import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import type { HeldReport } from '../../src/features/reports/api.ts'
import { routes } from '../../src/features/reports/api.ts'
import { closedQuarter, release } from '../../src/features/reports/jobs.ts'
import { releases, signRelease } from '../../src/features/reports/store.ts'
import { asPerson } from '../../src/server/as-person.ts'
import { makeApp } from '../../src/server/http.ts'
import { testMachine } from '../db.ts'
import { anOffice, aPerson, asOwner, now, ownerRows, type Somebody } from '../people.ts'

// What a quarter's figures go through: prepared by the job, signed by two people, read by others, kept for ever.
const machine = await testMachine()
const app = makeApp(machine)
routes(app, machine)
const coordination = await anOffice(machine, 'coordination')
const oversight = await anOffice(machine, 'oversight')
const officer = await aPerson(machine, coordination, 'national_officer')
const dpo = await aPerson(machine, oversight, 'dpo')
const auditor = await aPerson(machine, oversight, 'auditor')
const worker = await aPerson(machine, await anOffice(machine), 'case_worker')

const FORGET =
  'delete from release_signature; delete from release; delete from stat_standing; delete from stat_basis; delete from stat_fact'
beforeAll(async () => {
  // Forty children of last year, in two provinces and two offices; a quarter of them heard late.
  const year = Number(closedQuarter(now()).slice(0, 4)) - 1
  const rows = Array.from({ length: 40 }, (_, n) => {
    const coded = {
      year: String(year),
      quarter: `${year}-Q2`,
      region: n % 2 === 0 ? 'NC-TL' : 'NC-GN',
      office: `office ${n % 4}`,
      hearing: n % 4 === 0 ? 'late' : 'within',
      handover: 'open',
      handoverDueOn: n < 15 ? `${year}-06-01` : '2190-01-01',
    }
    return `(sha256('${n}'), sha256('child ${n}'), 'held', '${JSON.stringify(coded)}', null)`
  })
  await asOwner(machine, `${FORGET}; insert into stat_fact (id, child, kind, coded, due_on) values ${rows.join(', ')}`)
})
afterAll(() => asOwner(machine, FORGET))

async function ask(who: Somebody, path = '/api/reports/held'): Promise<Response> {
  return app.request(path, { headers: { cookie: `kembali=${who.sid}` } })
}
async function report(who: Somebody): Promise<HeldReport> {
  return (await ask(who)).json() as Promise<HeldReport> // our own route answers it
}
async function sign(who: Somebody, over: { releaseId?: string; hash?: string } = {}): Promise<[number, string]> {
  const [newest] = await asPerson(machine.db, officer.sid, null, (tx) => releases(tx))
  const answer = await app.request('/api/reports/held/signatures', {
    method: 'POST',
    headers: { cookie: `kembali=${who.sid}`, 'content-type': 'application/json', 'x-kembali': '1' },
    body: JSON.stringify({ releaseId: newest?.id ?? newId(), hash: newest?.hash ?? '0'.repeat(64), ...over }),
  })
  const body = (await answer.json()) as { error?: string }
  return [answer.status, body.error ?? 'signed']
}

describe('a quarter ends', () => {
  test('nobody can sign what is not prepared', async () => {
    expect(await sign(officer, { releaseId: newId(), hash: 'ab'.repeat(32) })).toEqual([404, 'not_found'])
    expect((await ask(officer)).status).toBe(404)
  })

  test('the job prepares its table once', async () => {
    expect(await release.run(machine, now())).toBe(1)
    expect(await release.run(machine, now())).toBe(0)
  })

  test('the two who sign see that it waits for them; others see nothing, and no file', async () => {
    expect(await report(officer)).toMatchObject({ released: null, waiting: { mayISign: true, signatures: [] } })
    expect(await report(dpo)).toMatchObject({ waiting: { mayISign: true } })
    for (const who of [auditor, worker]) expect((await ask(who)).status).toBe(404)
    expect((await ask(officer, '/api/reports/held.csv')).status).toBe(404)
  })
})

describe('two people sign', () => {
  test('not somebody else, and not another table than the one that was prepared', async () => {
    expect(await sign(worker)).toEqual([403, 'not_allowed'])
    expect(await sign(auditor)).toEqual([403, 'not_allowed'])
    expect(await sign(officer, { hash: 'ab'.repeat(32) })).toEqual([409, 'other_table'])
  })

  test('one signature is not enough', async () => {
    expect(await sign(officer)).toEqual([200, 'signed'])
    expect(await sign(officer)).toEqual([409, 'already_signed'])
    expect(await report(officer)).toMatchObject({ released: null, waiting: { mayISign: false } })
    expect((await ask(auditor)).status).toBe(404)
  })

  test('and not one human being twice, whatever role she has by then', async () => {
    await asOwner(machine, `update app_user set role = 'dpo' where id = '${officer.id}'`)
    expect(await sign(officer)).toEqual([409, 'same_person'])
    await asOwner(machine, `update app_user set role = 'national_officer' where id = '${officer.id}'`)
  })

  test('after the second it is released, and every reader sees the same table', async () => {
    expect(await sign(dpo)).toEqual([200, 'signed'])
    for (const who of [officer, dpo, auditor]) {
      const seen = await report(who)
      expect(seen.waiting).toBeNull()
      expect(seen.released?.signatures.map((one) => one.as)).toEqual(['statistician', 'dpo'])
      expect(seen.released?.table.years[1]).toMatchObject({
        held: { kind: 'rounded', value: 40 },
        heardInTime: { kind: 'percent', value: 75 },
        handedOverInTime: { kind: 'nearly_none' },
      })
    }
    expect((await ask(worker)).status).toBe(404)
  })

  test('each signature, and each one refused, stands in the ledger with the hash of the table', async () => {
    const rows = await ownerRows(
      machine,
      `select role, outcome, encode(commitment, 'hex') as hash from audit_entry where action = 'reports.sign_release'
         and actor in ('${officer.id}', '${dpo.id}') and outcome = 'done' order by at`,
    )
    const [newest] = await asPerson(machine.db, officer.sid, null, (tx) => releases(tx))
    expect(rows).toEqual([
      { role: 'national_officer', outcome: 'done', hash: newest?.hash },
      { role: 'dpo', outcome: 'done', hash: newest?.hash },
    ])
  })
})

describe('what nobody can do', () => {
  test.each([
    [
      'write a signature beside the function',
      `insert into release_signature (release_id, signs_as, person_id, hash) values (gen_random_uuid(), 'dpo', gen_random_uuid(), 'x')`,
    ],
    ['take a signature back', 'delete from release_signature'],
    ['see which person signed', 'select person_id from release_signature'],
    ['change a release', `update release set period = 'x'`],
    ['read what a row rests on', 'select * from stat_basis'],
    ['read what stands before neighbours are protected', 'select * from stat_standing'],
  ])('%s', async (_title, text) => {
    await expect(asPerson(machine.db, officer.sid, null, (tx) => sql.raw(text).execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('a worker sees no signature either', async () => {
    const seen = await asPerson(machine.db, worker.sid, null, (tx) =>
      sql`select signs_as from release_signature`.execute(tx),
    )
    expect(seen.rows).toEqual([])
    expect(
      await asPerson(machine.db, worker.sid, null, (tx) => signRelease(tx, newId(), 'ab'.repeat(32), newId())),
    ).toBe('not_allowed')
  })
})

describe('the file a reader takes away', () => {
  test('says what it is before it says a number', async () => {
    const text = await (await ask(auditor, '/api/reports/held.csv')).text()
    const lines = text.split('\r\n')
    const metadata = lines.filter((line) => line.startsWith('#')).map((line) => line.split(',')[0])
    expect(metadata).toEqual([
      '# Children deprived of liberty and what authorities did within the limit',
      '# country',
      '# counted',
      '# prepared at',
      '# signed by the statistician',
      '# signed by the data protection officer',
      '# sha-256 of the table',
      '# coverage',
      '# heard in time',
      '# handed over in time',
      '# a share',
      '# rules',
      '# children',
      '# marks',
      '# why there is no more',
      '# source',
    ])
    expect(text).toContain('# heard in time,PT24H,verified,')
    const year = Number(closedQuarter(now()).slice(0, 4))
    expect(lines).toContain(`national,${year},[c],[c],[c],fewer_than_10`)
    expect(lines).toContain(`national,${year - 1},40,75%,nearly none,`)
    expect(lines).toContain(`NC-PL,${year - 1},[c],[c],[c],too_few_children`)
  })
})
