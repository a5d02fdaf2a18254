import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { ENGINE, FEATURES } from '../db.ts'
import { SAMPLES } from '../samples.ts'
import { metaOf, typedFields } from '../schemas.ts'
import { securityHarness } from './harness.ts'
import { dressesOf, scan } from './scan.ts'
import { CANARY } from './seed.ts'

// B1: what somebody typed is nowhere at rest in the clear, in no file of the program and of its database.
const h = securityHarness()
const app = await h.start({ db: ENGINE })
const seeded = await h.seed('small', true)
afterAll(() => h.stop())

describe('a scan that finds nothing means something', () => {
  test.each([...dressesOf(CANARY)].map(([how, bytes]) => [how, bytes] as const))('it finds %s', (how, bytes) => {
    const around = Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')])
    expect(scan([around], CANARY).map((hit) => hit.how)).toContain(how)
    expect(scan([Buffer.concat([Buffer.from('row'), gzipSync(around)])], CANARY).map((hit) => hit.how)).toContain(
      `gzip, ${how}`,
    )
  })

  test.each(['', 'x', 'xy', 'xyz'])('it finds base64 of a longer text that begins with “%s”', (before) => {
    const whole = Buffer.from(`${before}${CANARY}callName and more`).toString('base64')
    expect(scan([Buffer.from(whole)], CANARY)).not.toEqual([])
  })

  test('it finds a canary that the owner plants in the database', async () => {
    const planted = 'planted-where-it-should-not-be'
    await h.sql('k_owner', `update organisation set region = $1 where id = $2`, [planted, seeded.people.police.orgId])
    expect(scan(await h.atRest(), planted)).not.toEqual([])
  })
})

describe('every field somebody can type into', () => {
  test('holds a canary in the seed, in every kind of operation there is', () => {
    const filled = new Set(seeded.canaries.map((one) => one.field.split(' ').at(-1)))
    const unfilled: string[] = []
    for (const { op } of FEATURES.flatMap((feature) => feature.ops)) {
      expect(SAMPLES[op.type], `${op.type} has no example: add one to test/samples.ts`).toBeDefined()
      for (const { name, schema } of typedFields(op.payload)) {
        // A code of a country's list is no word: the gate takes those of the list alone.
        const takesText = metaOf(schema).codeList === undefined && z.safeParse(schema, `${CANARY}x`).success
        if (takesText && !filled.has(name)) unfilled.push(`${op.type} ${name}`)
      }
    }
    expect(unfilled, 'every example fills these with words').toEqual([])
  })

  test('is sealed: no canary is in any file of the program or its database', async () => {
    const [worker, supervisor] = [await h.as('worker'), await h.as('supervisor')]
    // Read everything once, so that answers, logs and caches have had their chance.
    for (const caseId of seeded.cases.worker)
      for (const path of [`/api/cases/${caseId}`, `/api/cases/${caseId}/justice`])
        for (const client of [worker, supervisor]) expect((await client.get(path)).status).toBe(200)
    const pulled = await worker.post('/api/pull', { device: worker.device, cursor: null })
    expect(pulled.text).toContain(CANARY)
    const files = await h.atRest()
    expect(files.length).toBeGreaterThan(100)
    expect(scan(files, CANARY)).toEqual([])
  })

  test('is in no column of any table, as the owner reads it back', async () => {
    const tables = await h.sql(
      'k_owner',
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
    for (const { name } of tables) {
      const rows = await h.sql('k_owner', `select t::text as text from ${String(name)} t`)
      expect({ name, hits: scan([Buffer.from(rows.map((row) => String(row.text)).join('\n'))], CANARY) }).toEqual({
        name,
        hits: [],
      })
    }
  })

  test('is in no log line, and neither is a path, a session or a name', async () => {
    const log = app.log()
    expect(log).toContain('"msg":"request"')
    const never = [CANARY, 'Persona', 'kembali=', ...seeded.cases.worker, ...seeded.cases.stranger]
    expect(never.filter((word) => log.includes(word))).toEqual([])
  })
})
