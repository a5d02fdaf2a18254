import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { testMachine } from '../../test/db.ts'
import { anOffice, aPerson, asOwner, openCaseOp, ownerRows, runsImport, send } from '../../test/people.ts'
import { appOf, ask } from '../../test/running-app.ts'
import { sql } from 'kysely'
import { instant } from '../core/time.ts'
import { newId } from '../crypto/random.ts'
import { startSession } from '../features/access/store.ts'
import { asPerson } from './as-person.ts'
import { LedgerUnavailable } from './audit.ts'
import { readYaml } from './countries.ts'
import { importCases, type ImportReport } from './import-cases.ts'
import { ImportMapping } from './import-mapping.ts'
import { importAsPerson } from './import-operator.ts'
import { NotAWorkbook, readXlsx } from './xlsx.ts'

// A list of cases as another system exports it, taken in as a person, row by row through the gate.
const { app, machine } = appOf(await testMachine())
const mapping = readYaml('countries/international/import.yaml', ImportMapping).data
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
// A list that names no region is of its office's own.
await asOwner(machine, `update organisation set region = 'NC-TL' where id = '${office.orgId}'`)

const HEADER =
  'Case ID,Date of Registration or Interview,Name,Nickname,Sex,Age,Language,Caregiver Name,Current Address,Region,Date of Birth'
let n = 0
const aRow = (over: Partial<Record<string, string>> = {}) => {
  n += 1
  const row = {
    id: `list-${n}`,
    day: '2026-01-05',
    name: `Whole Name${n}`,
    nick: 'Adi',
    sex: 'Male',
    age: '14',
    language: '',
    carer: '',
    place: 'Upper Ridge',
    region: 'NC-TL',
    born: '',
  }
  return Object.values({ ...row, ...over }).join(',')
}
const csv = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\n'))
const run = async (bytes: Uint8Array, write: boolean, by = worker, map = mapping): Promise<ImportReport> => {
  await runsImport(machine, by)
  const done = await importCases(machine, by.sid, bytes, map, write)
  if (typeof done === 'string') throw new Error(done)
  return done
}
const casesOfOffice = async () =>
  Number((await ownerRows(machine, `select count(*)::int as n from child_case where org_id = '${office.orgId}'`))[0]?.n)

describe('a list of cases', () => {
  test('is only looked at, unless it is told to be taken in', async () => {
    const before = await casesOfOffice()
    expect(await run(csv(aRow(), aRow()), false)).toMatchObject({
      rows: 2,
      made: 0,
      there: 0,
      wouldMake: 2,
      faults: [],
    })
    expect(await casesOfOffice()).toBe(before)
  })

  test('becomes cases of whoever takes it in, with an alias of ours and its words sealed', async () => {
    const list = csv(aRow({ name: 'Secret Listed Name', age: '13' }))
    expect(await run(list, true)).toMatchObject({ rows: 1, made: 1, faults: [] })
    const [row] = await ownerRows(
      machine,
      `select alias, worker_id, sex, age_band, region, opened_at from child_case where org_id = '${office.orgId}' limit 1`,
    )
    expect(row).toMatchObject({ worker_id: worker.id, sex: 'male', age_band: '12_14', region: 'NC-TL' })
    expect(String(row?.opened_at)).toContain('2026-01-0')
    expect(row?.alias).not.toBe('Aa Bb')
    const [kept] = await ownerRows(
      machine,
      `select (select json_agg(i)::text from child_identity i) || (select json_agg(l)::text from op_log l) as text`,
    )
    expect(String(kept?.text)).not.toContain('Secret Listed Name')
    expect(String(kept?.text)).not.toContain(`list-${n}`)
  })

  test('changes nothing when it is taken in twice', async () => {
    const list = csv(aRow(), aRow(), aRow())
    expect(await run(list, true)).toMatchObject({ made: 3, there: 0 })
    const before = await ownerRows(
      machine,
      'select (select count(*)::int from child_case) as cases, (select count(*)::int from op_log) as ops',
    )
    expect(await run(list, true)).toMatchObject({ made: 0, there: 3, faults: [] })
    expect(
      await ownerRows(
        machine,
        'select (select count(*)::int from child_case) as cases, (select count(*)::int from op_log) as ops',
      ),
    ).toEqual(before)
  })

  test.each([
    ['a day that is none', { day: 'last May' }, 'Date of Registration or Interview', /day that has been/],
    ['a day to come', { day: '2190-01-01' }, 'Date of Registration or Interview', /day that has been/],
    ['a sex we have no code for', { sex: 'M/F?' }, 'Sex', /values\.sex/],
    ['an age of 200', { age: '200' }, 'Age', /0 to 25/],
    ['a region of no country of ours', { region: 'Elsewhere' }, 'Region', /values\.region/],
    ['a language of no list of ours', { language: 'Moonspeak' }, 'Language', /values\.language/],
    ['a birth in 2090', { born: '2090-05-31' }, 'Date of Birth', /day of birth that has been/],
    ['a birth after its registration', { born: '2026-01-31' }, 'Date of Birth', /before the day of registration/],
    ['30 February', { day: '30/02/2026' }, 'Date of Registration or Interview', /day that has been/],
    ['no id', { id: '' }, 'Case ID', /without a case id/],
    ['a name of 300 letters', { name: 'x'.repeat(300) }, 'Name', /longer than 200/],
  ])(
    'with %s says row and column, takes the others in, and repeats nothing of the cell',
    async (_what, over, column, sentence) => {
      const done = await run(csv(aRow(), aRow(over)), true)
      expect(done).toMatchObject({ rows: 2, made: 1 })
      expect(done.faults).toEqual([{ row: 3, column, sentence: expect.stringMatching(sentence) as string }])
      for (const text of Object.values(over)) if (text.length > 3) expect(JSON.stringify(done)).not.toContain(text)
    },
  )

  test('that was mended comes in, and what was there stays as it is', async () => {
    const [good, bad] = [aRow(), aRow({ sex: 'M/F?' })]
    expect(await run(csv(good, bad), true)).toMatchObject({ made: 1, faults: [{ row: 3 }] })
    expect(await run(csv(good, bad.replace('M/F?', 'Female')), true)).toMatchObject({ made: 1, there: 1, faults: [] })
  })

  test('with a row the gate does not take makes all others, and of that row nothing', async () => {
    // Born before any year a case takes: the plan knows nothing of it, the gate does.
    const before = await casesOfOffice()
    const list = csv(aRow(), aRow({ day: '1991-05-01', age: '20' }), aRow())
    const done = await run(list, true)
    expect(done).toMatchObject({ made: 2, faults: [{ row: 3 }] })
    expect(await casesOfOffice()).toBe(before + 2)
  })

  test('takes codes by the pack: our own, the exchange format’s, or a label in any language', async () => {
    const done = await run(
      csv(aRow({ language: 'Bahasa Indonesia' }), aRow({ region: 'nc-tl' }), aRow({ region: '' })),
      true,
    )
    expect(done).toMatchObject({ made: 3, faults: [] })
  })

  test('that holds a case twice takes the first of them', async () => {
    const row = aRow()
    const done = await run(csv(row, row), true)
    expect(done).toMatchObject({ made: 1, faults: [{ row: 3, column: 'Case ID' }] })
  })

  test('without the columns it needs is taken in not at all', async () => {
    const done = await run(Buffer.from('Name,Sex\nA,Male'), true)
    expect(done).toMatchObject({
      made: 0,
      faults: [{ row: 1, sentence: expect.stringContaining('missing') as string }],
    })
    expect(await importCases(machine, worker.sid, Buffer.from(HEADER), mapping, true)).toContain('no row')
  })

  test('leaves in log and ledger what each row alone would leave, in the same order and under the same hash', async () => {
    const last = async () => Number((await ownerRows(machine, 'select max(id) as id from audit_entry'))[0]?.id)
    const before = await last()
    expect(await run(csv(aRow()), true)).toMatchObject({ made: 1 })
    const between = await last()
    expect(await run(csv(aRow(), aRow(), aRow(), aRow()), true)).toMatchObject({ made: 4 })
    const perCase = async (from: number, to: number) =>
      ownerRows(
        machine,
        `select json_agg(json_build_array(e.action, e.part, e.purpose, e.basis, e.outcome, e.actor, e.role) order by e.id)::text as acts
           from audit_entry e where e.id > ${from} and e.id <= ${to} group by e.pseudonym`,
      )
    const [alone] = await perCase(before, between)
    expect(String(alone?.acts)).toContain('cases.edit_card')
    expect(await perCase(between, await last())).toEqual([alone, alone, alone, alone])
    expect(
      await ownerRows(
        machine,
        `select id from audit_entry where id > ${before} and leaf is distinct from sha256(convert_to(jsonb_build_array('kembali/audit/1',
           extract(epoch from at), actor, org_id, role, action, encode(pseudonym, 'hex'), part, purpose, basis, outcome, items, request_id,
           encode(commitment, 'hex'))::text, 'UTF8'))`,
      ),
    ).toEqual([])
    const logged = await ownerRows(
      machine,
      `select json_agg(json_build_array(l.type, l.seq, l.part, l.flagged, l.body is null, l.answer->>'answer') order by l.seq)::text as ops
         from op_log l where l.actor = '${worker.id}' group by l.case_id order by min(l.at) desc limit 5`,
    )
    expect(new Set(logged.map((one) => one.ops)).size).toBe(1)
  })

  test('makes no case of any row while the ledger takes no entry', async () => {
    const before = await casesOfOffice()
    await asOwner(
      machine,
      `create function kembali.no_entry() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$;
       create trigger no_entry before insert on audit_entry for each row when (new.action = 'cases.edit_card')
         execute function kembali.no_entry()`,
    )
    await expect(run(csv(aRow(), aRow()), true)).rejects.toThrow(LedgerUnavailable)
    await asOwner(machine, 'drop trigger no_entry on audit_entry; drop function kembali.no_entry()')
    expect(await casesOfOffice()).toBe(before)
  })

  test('counts its steps from the day it came; nobody says so of a case but the import, also past the rule', async () => {
    const before = new Set((await ownerRows(machine, 'select id from child_case')).map((row) => row.id))
    expect(await run(csv(aRow()), true)).toMatchObject({ made: 1 })
    const made = await ownerRows(machine, 'select id, taken_in_at from child_case')
    expect(made.filter((row) => !before.has(row.id) && row.taken_in_at !== null)).toHaveLength(1)
    const late = await aPerson(machine, office, 'case_worker')
    const month = new Date(Date.now() - 30 * 24 * 3_600_000).toISOString()
    const op = openCaseOp(late, { takenIn: true })
    expect(await send(machine, late, { ...op, claimedAt: instant(month) })).toMatchObject([
      { answer: 'refused', reason: 'only_import_takes_in' },
    ])
    const past = asPerson(machine.db, late.sid, null, (tx) =>
      sql`insert into child_case (id, op_id, alias, org_id, team_id, opened_by, worker_id, region, sex, age_band, threatened, opened_at, taken_in_at)
        values (${newId()}, ${newId()}, 'Past The Rule', ${office.orgId}, ${office.teamId}, ${late.id}, ${late.id}, 'NC-TL', 'male', '15_17', false,
          ${month}, now())`.execute(tx),
    )
    await expect(past).rejects.toThrow(/row-level security/)
  })

  test('is taken in by nobody who may not register a child', async () => {
    const boss = await aPerson(machine, office, 'supervisor')
    const before = await casesOfOffice()
    expect(await importCases(machine, boss.sid, csv(aRow()), mapping, true)).toContain('may not register a child')
    expect(await casesOfOffice()).toBe(before)
  })
})

describe('a workbook', () => {
  const cell = (ref: string, type: string, inside: string) => `<c r="${ref}" t="${type}">${inside}</c>`
  const text = (ref: string, value: string) => cell(ref, 'inlineStr', `<is><t>${value}</t></is>`)
  const sheet = (...rows: string[]) =>
    `<worksheet><sheetData>${rows.map((cells, at) => `<row r="${at + 1}">${cells}</row>`).join('')}</sheetData></worksheet>`
  const book = (of: string, more: Record<string, string> = {}, about = '') =>
    zip({
      'xl/workbook.xml': `<workbook>${about}<sheets><sheet name="Cases" sheetId="7" r:id="rId3"/><sheet r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId3" Target="worksheets/sheet2.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': sheet(text('A1', 'Not this one')),
      'xl/worksheets/sheet2.xml': of,
      ...more,
    })
  const names = ['Case ID', 'registration_date', 'Sex', 'Region', 'Name']
  const header = names.map((name, at) => text(`${'ABCDE'[at]}1`, name)).join('')

  test('is read like a list: its first sheet, shared texts, days as numbers, cells left out', async () => {
    const shared =
      '<sst><si><t>Female</t></si><si><r><t>Nusa &amp; </t></r><r><t>Co</t></r><rPh><t>said</t></rPh></si></sst>'
    const row = [
      text('A2', 'book-1'),
      '<c r="B2"><v>46027</v></c>',
      cell('C2', 's', '<v>0</v>'),
      cell('E2', 's', '<v>1</v>'),
    ]
    const made = book(sheet(header, row.join('')), { 'xl/sharedStrings.xml': shared })
    expect(readXlsx(made, 100)[1]?.cells.map((one) => one.text)).toEqual(['book-1', '46027', 'Female', '', 'Nusa & Co'])
    expect(await run(made, true)).toMatchObject({ rows: 1, made: 1, faults: [] })
    const [kept] = await ownerRows(
      machine,
      `select to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD') as day from child_case where sex = 'female' and org_id = '${office.orgId}' and opened_at < '2026-01-05T12:00Z' and opened_at > '2026-01-04'`,
    )
    expect(kept).toBeDefined()
    // The other calendar counts from 1904.
    const since1904 = book(sheet(header, '<c r="B2"><v>44565</v></c>'), {}, '<workbookPr date1904="1"/>')
    expect(readXlsx(since1904, 100)[1]?.cells[1]?.text).toBe('46027')
  })

  test('never has anything worked out: a formula is a fault', async () => {
    const formula = cell('D2', 'str', '<f>HYPERLINK("http://elsewhere.example")</f><v>NC-TL</v>')
    const row = [text('A2', 'book-f'), text('B2', '2026-01-05'), text('C2', 'Female'), formula].join('')
    expect(await run(book(sheet(header, row)), true)).toMatchObject({
      made: 0,
      faults: [{ row: 2, column: 'Region', sentence: expect.stringContaining('formula') as string }],
    })
  })

  test.each([
    ['cut off in the middle', () => book(sheet(header)).subarray(0, 60)],
    ['whose last half is gone from inside', () => zip({ 'xl/workbook.xml': '<workbook><sheets><sheet' })],
    ['with declarations of its own', () => book(`<!DOCTYPE a [<!ENTITY b "c">]>${sheet(header)}`)],
    ['without a sheet', () => zip({ 'xl/other.xml': '<a/>' })],
    ['that unfolds into gigabytes', () => book(sheet(text('A1', 'x'.repeat(80 * 1024 * 1024))))],
    ['with a column at the end of the world', () => book(sheet(text('ZZZ1', 'x')))],
  ])('%s is no workbook', async (_what, made) => {
    expect(() => readXlsx(made(), 100)).toThrow(NotAWorkbook)
    expect(await importCases(machine, worker.sid, made(), mapping, true)).toContain('no workbook')
  })

  test('is read no further than a list goes', () => {
    expect(readXlsx(book(sheet(header, header, header)), 2)).toHaveLength(2)
  })
})

const sessions = async () =>
  Number(
    (
      await ownerRows(
        machine,
        `select count(*)::int as n from session where person_id = '${worker.id}' and ended_at is null`,
      )
    )[0]?.n,
  )

describe('an import asked for at a terminal', () => {
  const importers = { mapping, demoSession: (login: string) => startSession(machine.db, login, 'demo') }
  const request = (over: Record<string, unknown>) => ({
    command: 'import_cases' as const,
    file: csv(aRow()).toString('base64'),
    mapping: null,
    write: true,
    as: null,
    word: null,
    ...over,
  })

  const NO = { answer: 'not_imported', sentence: expect.stringContaining('good for one run') as string }
  const aWord = async (by = worker) => {
    const { status, json } = await ask(app, by, 'POST', '/api/my/import-word', { body: '{}' })
    return status === 200 ? String(json.word) : null
  }

  test('runs as whoever made the words on her screen, once, and ends the session it had', async () => {
    const word = await aWord()
    const before = await sessions()
    expect(await importAsPerson(machine, importers, request({ word: ` ${word?.toUpperCase()} ` }))).toMatchObject({
      answer: 'imported',
      made: 1,
    })
    expect(await sessions()).toBe(before)
    expect(await importAsPerson(machine, importers, request({ word }))).toMatchObject(NO)
    expect(await importAsPerson(machine, importers, request({ word: '' }))).toMatchObject(NO)
  })

  test('takes only the newest words, for a quarter of an hour, of who may register a child', async () => {
    const [old, word] = [await aWord(), await aWord()]
    expect(await importAsPerson(machine, importers, request({ word: old }))).toMatchObject(NO)
    await asOwner(machine, `update import_word set ends_at = kembali.now() - interval '1 second'`)
    expect(await importAsPerson(machine, importers, request({ word }))).toMatchObject(NO)
    expect(await aWord(await aPerson(machine, office, 'supervisor'))).toBeNull()
  })

  test('asks whoever makes the words for a fresh proof that it is her', async () => {
    await asOwner(
      machine,
      `update session set proved_at = proved_at - interval '6 minutes' where person_id = '${worker.id}'`,
    )
    expect(await ask(app, worker, 'POST', '/api/my/import-word', { body: '{}' })).toMatchObject({
      status: 401,
      json: { error: 'step_up' },
    })
    await asOwner(machine, `update session set proved_at = kembali.now() where person_id = '${worker.id}'`)
    expect(await aWord()).not.toBeNull()
  })

  test('leaves words and hashes where nobody reads them', async () => {
    await aWord()
    await expect(
      asPerson(machine.db, worker.sid, null, (tx) => sql`select * from import_word`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  })

  test('in the demo names one of its people, and nowhere else', async () => {
    expect(await importAsPerson(machine, importers, request({ as: worker.id }))).toMatchObject({ answer: 'imported' })
    const real = { ...machine, config: { ...machine.config, mode: 'production' as const } }
    expect(await importAsPerson(real, importers, request({ as: worker.id }))).toMatchObject({ answer: 'not_imported' })
  })

  test('says what is wrong with a mapping file', async () => {
    expect(await importAsPerson(machine, importers, request({ as: worker.id, mapping: 'columns: {}' }))).toMatchObject({
      sentence: expect.stringContaining('caseId and registeredOn') as string,
    })
  })
})

/** A zip as a program packs it. */
function zip(files: Record<string, string>): Buffer {
  const [parts, entries]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), deflateRawSync(content)]
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(path.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt16LE(path.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, path, data)
    entries.push(entry, path)
    at += 30 + path.length + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...entries, end])
}
