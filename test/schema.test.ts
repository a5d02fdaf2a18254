import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Part, Purpose } from '../src/core/part.ts'
import { type Thing, thing, words } from '../src/core/schema.ts'
import { Instant } from '../src/core/time.ts'
import { FEATURES, testMachine } from './db.ts'
import { ownerRows } from './people.ts'
import { fieldsOf, inside, metaOf } from './schemas.ts'

// What a thing is stands in its schema, what is kept of it in its table: here the two are compared, so that they cannot drift.
const machine = await testMachine()
const things = await everyThing()

/** Rows of the retention table (security.md 7.1) by the name a thing says. */
const KEPT: Record<string, string> = {
  case: 'as long as its last part',
  identity: '5 years or age 21',
  family: '3 years after closure',
  location: '30 days after no longer current',
  narrative: '12 months after closure',
  association: '12 months after closure',
  health: '3 years after closure',
  services: '5 years or age 21',
  justice: '3 years after closure',
  legal: '3 years after closure',
  match_request: '30 days',
}

/** Columns the machine room keeps beside what a schema says. */
const MACHINERY = ['id', 'case_id', 'op_id', 'version', 'body', 'made_at', 'begun_at', 'xid']
const BESIDE: Record<string, string[]> = {
  child_case: ['opened_by', 'closed_for'],
  care_note: ['written_by'],
  first_answers: ['written_by', 'said_at'],
  case_question: ['written_by', 'at'],
  case_attention: ['raised_by', 'raised_at', 'ended_by', 'ended_at'],
  consent_record: ['written_by', 'standing'],
  consent_withdrawal: ['written_by'],
  association_ready: ['written_by'],
  referral: ['written_by'],
  referral_answer: ['written_by'],
  lawful_basis: ['written_by'],
  association_record: ['written_by'],
  case_closing: ['asked_by', 'asked_at', 'contact_made_on', 'contact_made_by'],
  family_verification: ['decided_at'],
  family_reunification: ['decided_at'],
  case_reopening: ['reopened_by', 'reopened_at'],
  // Who asked and when, the ground it rests on, and when it was fetched: written by the server.
  named_copy: ['purpose', 'consent_id', 'basis_id', 'asked_by', 'asked_at', 'fetched_at'],
  // The day of the answer is counted by the server.
  later_request: ['noted_by', 'noted_at', 'due_on'],
  later_answer: ['answered_by', 'answered_at'],
  legal_hold: ['asked_by', 'asked_at', 'ended_at', 'ended_by'],
  safety_check: ['written_by', 'saved_at'],
  assessment_sheet: ['written_by', 'saved_at'],
  assessment_account: ['written_by', 'saved_at'],
  assessment_health: ['written_by', 'saved_at'],
  shelter_entry: ['written_by', 'saved_at'],
  care_team: ['written_by', 'named_at', 'handed_on_at'],
  service_session: ['written_by'],
  service_health_note: ['written_by'],
  best_interests_record: ['recorded_by'],
  best_interests_appeal: ['recorded_by'],
  urgent_protection: ['recorded_by'],
  major_decision: ['recorded_by'],
  case_conference: ['called_by'],
  conference_minutes: ['written_by'],
  file_review: ['reviewed_by'],
  file_put_right: ['done_by'],
}

/** Tables that speak of a child or a person and are no thing of a feature: what they are, and with what they end. */
const OTHERS: Record<string, string> = {
  access: 'rights that follow from the facts; ends with the case and the account',
  app_user: 'staff; ends 45 days after an account is idle',
  attachment_chunk: 'pieces of a file, sealed; end with the part it belongs to',
  audit_entry: 'the ledger, pseudonymous; 10 years',
  case_attachment: 'a file: sealed under the part it belongs to, ends with it',
  case_exclusion: 'ends with the case',
  case_key: 'wrapped keys; deleted with the case, and out of reach with their epoch',
  case_look: 'staff; when a person last looked at a case, ends with the case',
  case_opened: 'who opened a file to read it, by the day; ends with the case',
  case_step_time: 'when steps were taken: in the part the log says it in, ends with it',
  case_transfer: 'part case: sealed with it, ends with the case',
  case_transfer_voice: 'part services; 5 years or age 21',
  case_transfer_answer: 'part case: sealed with it, ends with the case',
  case_held: 'from when to when an office held a case, in codes; read by nobody, only summed; ends with the case',
  case_team: 'who works on a case; ends with it',
  conflict: 'what two people saw differently: sealed under the part it belongs to, ends with the case',
  device_pack: 'what a device was given; ends with the case or the access',
  due: 'opaque keys of work',
  family_link: 'part family: codes, and that two cases belong together; ends with either',
  erasure: 'the ledger of erasures: a hash of the case, 10 years',
  later_turn:
    'who took up what a former child asked, or ended what it holds: part services, why under a key of its own; ends with it',
  left_out_waiting: 'ids of cases whose child said no to being counted, until a job has gone over them once',
  letter_link: 'two hashes and an envelope nobody here can open; its contents go within a week, the row with the case',
  heard_proof: 'no person: hashes of proofs that were heard, six minutes',
  import_word: 'staff: a hash, a quarter of an hour',
  match_hit: '30 days',
  match_index: 'ends with the case',
  match_request: '30 days',
  notice: 'how urgent and by when; ends with the case',
  notice_device: 'staff: where her notices go, under the epoch key; until she signs out there',
  notice_mail: 'staff: her address, under the epoch key; until she takes it back or her account ends',
  notice_out: 'staff: how urgent and by when, no case; a week after it was sent',
  op_log: 'as long as the record it made',
  organisation: 'offices',
  push_key: 'no person',
  release: 'public once signed',
  release_signature: 'who signed; staff data',
  retention_clock: 'when a closed file is erased; ends with it',
  role_right: 'no person: the default matrix',
  safeguard_answer: 'part justice; 3 years after closure',
  safeguard_clock: 'worked out anew from part justice; ends with it',
  second_signature: 'who is asked to sign: sealed under the part it is about, ends with it',
  second_signature_answer: 'who signed: sealed under the part it is about, ends with it',
  safe_way: 'part services; 5 years or age 21, with the closing or the request it is of',
  saved_list: 'staff; codes of a list a person keeps, until she drops it',
  session: '12 hours',
  sharing_grant: 'at most 365 days',
  stat_basis: 'facts without identity',
  stat_fact: 'facts without identity',
  stat_left_out: 'facts without identity: whoever said no to being counted',
  stat_standing: 'figures',
  signature_call: 'a stand-in who was called; until a day after the answer',
  signature_roster: 'staff: who of another office signs for this one, at most a year at a time',
  signature_talk: 'what was said on the telephone: sealed under the part of its request, ends with it',
  team: 'offices',
  team_member: 'staff',
  team_stand_in: 'staff: who signs for whom',
  deployment: 'no person',
  migration: 'no person',
  test_clock: 'no person',
  worker_says: 'staff; what a worker says of herself',
  victim_agreement: 'part justice; ends with it',
  visit_mark: 'three days',
  staff_leave: 'staff; when somebody is away and who covers, never why; a year after its last day',
  staff_talk:
    'staff; a talk of two people about work as a whole, sealed under a key of its own, read by the two; two years',
  supervision_note: 'a talk of two people about a case, read by them and whoever supervises it; ends with the case',
  care_submission: 'part services; 5 years or age 21',
  care_decision: 'part services; 5 years or age 21',
  assessment_round: 'part services; 5 years or age 21',
  assessment_submission: 'part services; 5 years or age 21',
  assessment_decision: 'part services; 5 years or age 21',
  jotting:
    'written without unlocking: no case, no child; ends when its writer has dealt with it, after 30 days at the latest',
  jotting_device: 'staff: the key of a phone that was set up; two months after it was last here',
  jotting_piece: 'sealed to the outbox pair; ends with its jotting',
  phone_trip: 'staff: until when a worker has no signal; two months after',
  op_inbox: 'sealed by a device that is locked out; until it was taken',
  people_change: 'staff; who changed whom',
  pilot_acceptance: 'who accepted what is missing; staff',
  work_phone: 'staff: a work number; until she takes it back, her role changes or her account ends',
  write_probe: 'no person',
}

describe('the registry of things', () => {
  test('holds every thing there is, each with a number of its own', () => {
    expect(things.length).toBeGreaterThan(5)
    // Sealed words are bound to their number, also those of which no thing tells.
    const others = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join('src', file), 'utf8').matchAll(/_FIELD = (\d+)\b/g)])
      .map(([, number]) => Number(number))
    expect(others.length).toBeGreaterThan(5)
    const numbers = [...others, ...things.map((one) => one.meta.fieldId)].toSorted((a, b) => a - b)
    expect(numbers.filter((number, at) => number === numbers[at - 1])).toEqual([])
    expect(new Set(things.map((one) => one.meta.table)).size).toBe(things.length)
  })

  test.each(byName())('%s says its part, class, purpose and how long it is kept', (_name, { meta }) => {
    expect(Part.options).toContain(meta.part)
    expect(Purpose.options).toContain(meta.purpose)
    expect(meta.class).toBe('C1')
    expect(Object.keys(KEPT)).toContain(meta.keep)
  })
})

describe('a table and its schema say the same:', () => {
  test.each(byName())('%s', async (name, { meta, clear, sealed, schema, ...rest }) => {
    const columns = await columnsOf(name)
    const beside = 'beside' in rest ? (rest.beside as string[]).map(snake) : []
    const expected = clear.map(snake)
    const extra = [...columns.keys()].filter(
      (column) => ![...expected, ...MACHINERY, ...beside, ...(BESIDE[name] ?? [])].includes(column),
    )
    expect({ name, missing: expected.filter((column) => !columns.has(column)), extra }).toEqual({
      name,
      missing: [],
      extra: [],
    })
    // What is sealed has no column of its own, also under another name for the same.
    expect(sealed.map(snake).filter((column) => columns.has(column))).toEqual([])
    expect(columns.has('body')).toBe(sealed.length > 0)
    for (const field of clear) {
      const column = columns.get(snake(field))
      expect({ field, type: column?.type }).toEqual({ field, type: typeOf(schema.shape[field]) })
    }
    expect(meta.table).toBe(name)
  })

  test.each(byName())('%s allows in its coded columns what the schema allows', async (name, { clear, schema }) => {
    const rows = await ownerRows(
      machine,
      `select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = 'public.${name}'::regclass and contype = 'c'`,
    )
    const checks = rows.map((row) => String(row.text))
    for (const field of clear) {
      const options = optionsOf(schema.shape[field])
      if (options === null) continue
      const about = checks.filter((text) => new RegExp(`\\b${snake(field)}\\b`).test(text)).join(' ')
      const missing = options.filter((option) => !about.includes(`'${option}'`))
      expect({ field, missing }).toEqual({ field, missing: [] })
    }
  })

  test.each(byName())('%s may be read on the part it says, and on no other', async (name, { meta }) => {
    const policies = await ownerRows(
      machine,
      `select pg_get_expr(p.polqual, p.polrelid) as text from pg_policy p join pg_roles r on r.oid = any (p.polroles)
        where p.polrelid = 'public.${name}'::regclass and r.rolname = 'k_app' and p.polcmd in ('r', '*')`,
    )
    const parts = policies.flatMap(({ text }) => [...String(text).matchAll(/part = '(\w+)'/g)].map((found) => found[1]))
    expect([...new Set(parts)]).toEqual([meta.part])
  })
})

test('every table is a thing, or says here what it is and with what it ends', async () => {
  const tables = await ownerRows(
    machine,
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const known = new Set([...things.map((one) => one.meta.table), ...Object.keys(OTHERS)])
  const staff =
    /^(account_|app_|enrol|invitation|passkey|password|totp|throttle|sign_in|vouch|appointment|set_up|inbox|outbox|key_|epoch|operator|renewal|challenge)/
  const unknown = tables.map((row) => String(row.name)).filter((name) => !known.has(name) && !staff.test(name))
  expect(unknown).toEqual([])
})

describe('a field somebody can type into', () => {
  const meta = { part: 'case', class: 'C1', keep: 'case', purpose: 'casework', fieldId: 0, table: 'planted' } as const

  test.each([
    ['a bare text', z.string()],
    ['a text that may be empty', z.string().nullable()],
    ['a list of texts', z.array(z.string().max(40))],
    ['a text with a shape', z.string().regex(/^[a-z]+$/)],
  ])('cannot be declared clear: %s', (_what, field) => {
    expect(() => thing(meta, { planted: field })).toThrow(/words somebody typed/)
  })

  test.each([
    ['a code of a list', z.string().meta({ codeList: 'regions' })],
    ['a choice', z.enum(['a', 'b'])],
    ['an id', z.uuid()],
    ['a moment', Instant],
    ['words that are sealed', words(10)],
  ])('may be declared: %s', (_what, field) => {
    expect(() => thing(meta, { planted: field })).not.toThrow()
  })

  test('is C2 in every operation, or a code, a choice, an id or a moment', () => {
    // Checked by the rule itself against what the country lists.
    const checked = ['cases.open_case.region', 'justice.answer_safeguard.safeguardId']
    const free = FEATURES.flatMap((feature) => feature.ops).flatMap(({ op }) =>
      fieldsOf(op.payload)
        .filter(({ schema }) => isFree(schema))
        .map(({ path }) => `${op.type}.${path.join('.')}`),
    )
    expect(free.filter((name) => !checked.includes(name))).toEqual([])
  })
})

function isFree(schema: z.ZodType): boolean {
  const said = metaOf(schema)
  const bare = inside(schema)
  if (bare instanceof z.ZodArray) return isFree(bare.element as z.ZodType)
  if (said.class === 'C2' || said.codeList !== undefined || said.moment === true) return false
  return bare instanceof z.ZodString || (bare instanceof z.ZodPipe && bare.in instanceof z.ZodString)
}

/** Every exported value that was declared with `thing`, found in the files themselves. */
async function everyThing(): Promise<Thing<z.ZodRawShape>[]> {
  const found = new Map<string, Thing<z.ZodRawShape>>()
  for (const feature of readdirSync('src/features'))
    for (const file of readdirSync(join('src/features', feature)).filter(
      (name) => name.endsWith('.ts') && !name.includes('.test.'),
    )) {
      const exported = (await import(`../src/features/${feature}/${file.replace(/\.ts$/, '')}.ts`)) as Record<
        string,
        unknown
      > // our own file
      for (const value of Object.values(exported))
        if (isThing(value)) found.set(value.meta.table, { ...found.get(value.meta.table), ...value })
    }
  // What a feature keeps beside, its parts list knows.
  for (const feature of FEATURES)
    for (const mutable of feature.mutable ?? []) {
      const known = found.get(mutable.meta.table)
      if (known !== undefined && mutable.beside !== undefined) Object.assign(known, { beside: mutable.beside })
    }
  return [...found.values()]
}

function isThing(value: unknown): value is Thing<z.ZodRawShape> {
  return value !== null && typeof value === 'object' && 'sealed' in value && 'clear' in value && 'meta' in value
}

function byName() {
  return things.map((one) => [one.meta.table, one] as const)
}

async function columnsOf(table: string): Promise<Map<string, { type: string }>> {
  const rows = await ownerRows(
    machine,
    `select column_name as name, udt_name as type from information_schema.columns where table_schema = 'public' and table_name = '${table}'`,
  )
  return new Map(rows.map((row) => [String(row.name), { type: String(row.type) }]))
}

/** The column type a field is kept in. */
function typeOf(field: unknown): string {
  const bare = field instanceof z.ZodType ? inside(field) : field
  if (bare instanceof z.ZodArray) return `_${typeOf(bare.element)}`
  if (bare instanceof z.ZodBoolean) return 'bool'
  if (bare instanceof z.ZodNumber) return 'int4'
  if (bare instanceof z.ZodEnum) return 'text'
  if (bare instanceof z.ZodType && metaOf(bare).moment === true) return 'timestamptz'
  if (bare instanceof z.ZodUUID) return 'uuid'
  if (bare instanceof z.ZodISODate) return 'date'
  return 'text'
}

function optionsOf(field: unknown): string[] | null {
  const bare = field instanceof z.ZodType ? inside(field) : field
  if (bare instanceof z.ZodArray) return optionsOf(bare.element)
  return bare instanceof z.ZodEnum ? bare.options.map(String) : null
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
