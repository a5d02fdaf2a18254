import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { entryOp, forPsychologist, forShelter, inDays, teamOp } from '../../../test/care-team.ts'
import { rowOp } from '../../../test/care.ts'
import { closeCase, signOp } from '../../../test/closure.ts'
import { aConsent, withdrawOp } from '../../../test/consent.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, now, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { healthNoteOp, serviceOp } from '../../../test/services.ts'

// Who beside a child's worker may read, asked of the rule and, behind its back, of the database itself.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')
const house = await anOffice(machine, 'civil_society')
const keyWorker = await aPerson(machine, house, 'shelter_worker')
const nightShift = await aPerson(machine, house, 'shelter_worker')
const otherHouse = await aPerson(machine, await anOffice(machine, 'civil_society'), 'shelter_worker')
const clinician = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
const police = await aPerson(machine, await anOffice(machine, 'police'), 'security_desk')
// Nobody appoints such a person; the firewall holds also where somebody did.
const policeDoctor = await aPerson(machine, await anOffice(machine, 'counter_terrorism'), 'clinician')

const answerOf = async (by: Somebody, op: Parameters<typeof send>[2]) => (await send(machine, by, op))[0]

async function aStay() {
  const caseId = await aCase(machine, worker, { ageBand: '15_17' })
  const consentId = await aConsent(machine, worker, caseId, forShelter)
  const sheet = { calledName: 'Wulan', callFirst: 'Her worker', eats: 'No peanuts' }
  const written = rowOp(worker, 'services.edit_care_sheet', caseId, sheet, { id: caseId })
  expect(await answerOf(worker, written)).toMatchObject({ answer: 'accepted' })
  return { caseId, consentId }
}

/** The parts of a case that somebody may read now, as the database itself has them. */
async function parts(by: Somebody, caseId: string): Promise<string> {
  const rows = await ownerRows(
    machine,
    `select part || case when bool_or(level = 'write') then ':write' else '' end as part from access
      where actor = '${by.id}' and case_id = '${caseId}' and ends_at > kembali.now() group by part order by part`,
  )
  return rows.map((row) => row.part).join(' ')
}

describe('who is named', () => {
  test('for a shift reads one part, and no more of it than the sheet and the log', async () => {
    const { caseId, consentId } = await aStay()
    expect(await answerOf(worker, teamOp(worker, caseId, consentId, [nightShift]))).toMatchObject({
      answer: 'accepted',
    })
    expect(await parts(nightShift, caseId)).toBe('case services')
  })
  test('as key worker of a house reads who the child is and writes its services, and learns no family and no place', async () => {
    const { caseId, consentId } = await aStay()
    await send(machine, worker, teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work' }))
    expect(await parts(keyWorker, caseId)).toBe('case identity services:write')
  })
  test('as psychologist writes health notes and reads services, and learns no family and no association', async () => {
    const caseId = await aCase(machine, worker, { ageBand: '15_17' })
    const consentId = await aConsent(machine, worker, caseId, forPsychologist)
    await send(machine, worker, teamOp(worker, caseId, consentId, [clinician], { purpose: 'health_care' }))
    expect(await parts(clinician, caseId)).toBe('case health:write identity services')
    const service = serviceOp(worker, caseId)
    await send(machine, worker, service)
    expect(await answerOf(clinician, healthNoteOp(clinician, caseId, service.payload.id))).toMatchObject({
      answer: 'accepted',
    })
    await send(machine, worker, teamOp(worker, caseId, consentId, [], { purpose: 'health_care' }))
    expect(await parts(clinician, caseId)).toBe('')
  })
  test('on a basis because nobody could be asked, only once a second person has signed it', async () => {
    const { caseId } = await aStay()
    const basisId = newId()
    const basis = {
      id: basisId,
      caseId,
      purpose: 'referral_specific',
      recipient: 'foster_or_shelter',
      basis: 'vital_interest',
      notAsked: 'cannot_be_asked_now',
      decidedAt: now(),
      organisation: null,
      bestInterests: 'She is unconscious, and the house must know what she must not eat',
    }
    await send(machine, worker, anOp(worker, 'referrals.record_basis', basis))
    const named = () => answerOf(worker, teamOp(worker, caseId, null, [nightShift], { basisId }))
    expect(await named()).toMatchObject({ reason: 'signature_first' })
    const [asked] = await ownerRows(machine, `select id from second_signature where about_id = '${basisId}'`)
    const sign = signOp(supervisor, caseId, 'share_without_consent', asked?.id)
    expect(await answerOf(supervisor, sign)).toMatchObject({
      answer: 'accepted',
    })
    expect(await named()).toMatchObject({ answer: 'accepted' })
    expect(await parts(nightShift, caseId)).toBe('case services')
  })
})

describe('what was opened ends at once', () => {
  const ends: [string, (caseId: string, consentId: string) => Promise<unknown>][] = [
    [
      'when the child takes its yes back',
      (caseId, consentId) => send(machine, worker, withdrawOp(worker, caseId, consentId)),
    ],
    [
      'when others are named',
      (caseId, consentId) =>
        send(
          machine,
          worker,
          teamOp(worker, caseId, consentId, [nightShift]),
          teamOp(worker, caseId, consentId, [], { purpose: 'key_work' }),
        ),
    ],
    [
      'when the stay is ended',
      (caseId, consentId) =>
        send(
          machine,
          worker,
          teamOp(worker, caseId, consentId, []),
          teamOp(worker, caseId, consentId, [], { purpose: 'key_work' }),
        ),
    ],
    ['when the case is closed', (caseId) => closeCase(machine, worker, supervisor, caseId)],
  ]
  test.each(ends)('%s', async (_when, end) => {
    const { caseId, consentId } = await aStay()
    await send(
      machine,
      worker,
      teamOp(worker, caseId, consentId, [keyWorker]),
      teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work' }),
    )
    expect(await parts(keyWorker, caseId)).toBe('case identity services:write')
    await end(caseId, consentId)
    expect(await parts(keyWorker, caseId)).toBe('')
  })
  test('when somebody leaves the house, or becomes something else there', async () => {
    const leaves = await aPerson(machine, house, 'shelter_worker')
    const { caseId, consentId } = await aStay()
    await send(
      machine,
      worker,
      teamOp(worker, caseId, consentId, [leaves]),
      teamOp(worker, caseId, consentId, [leaves], { purpose: 'key_work' }),
    )
    await asOwner(machine, `update app_user set role = 'cso_worker' where id = '${leaves.id}'`)
    expect(await parts(leaves, caseId)).toBe('')
  })
})

describe('nobody is named', () => {
  test.each([
    ['with people of two houses', [keyWorker, otherHouse], {}, 'team_of_two_houses'],
    ['who does other work', [clinician], {}, 'not_for_this_care'],
    ['of a security body, whatever her profession', [policeDoctor], { purpose: 'health_care' }, 'not_for_this_care'],
    ['twice', [keyWorker, keyWorker], {}, 'named_twice'],
    ['until a day that is over', [keyWorker], { endsOn: '2020-01-01' }, 'team_ends_in_the_past'],
    ['for longer than a year', [keyWorker], { endsOn: '2199-01-01' }, 'team_longer_than_the_yes'],
  ])('%s', async (_what, people, over, reason) => {
    const { caseId, consentId } = await aStay()
    const yes = 'purpose' in over ? await aConsent(machine, worker, caseId, forPsychologist) : consentId
    expect(await answerOf(worker, teamOp(worker, caseId, yes, people, over))).toMatchObject({ reason })
  })
  test('on a yes that was about a school, on no yes, or on one that was taken back', async () => {
    const { caseId, consentId } = await aStay()
    const school = await aConsent(machine, worker, caseId)
    const named = (yes: string | null) => answerOf(worker, teamOp(worker, caseId, yes, [keyWorker]))
    expect(await named(school)).toMatchObject({ reason: 'consent_for_another' })
    expect(await named(null)).toMatchObject({ reason: 'consent_needed' })
    await send(machine, worker, withdrawOp(worker, caseId, consentId))
    expect(await named(consentId)).toMatchObject({ reason: 'consent_not_open' })
  })
  test('who is kept away from this child, and nobody by somebody who was only named herself', async () => {
    const { caseId, consentId } = await aStay()
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${caseId}', '${nightShift.id}')`)
    expect(await answerOf(worker, teamOp(worker, caseId, consentId, [nightShift]))).toMatchObject({
      reason: 'not_for_this_care',
    })
    await send(machine, worker, teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work' }))
    expect(await answerOf(keyWorker, teamOp(keyWorker, caseId, consentId, [otherHouse]))).toMatchObject({
      reason: 'worker_names',
    })
  })
})

describe('the database itself', () => {
  const put = (
    by: Somebody,
    caseId: string,
    consentId: string,
    people: Somebody[],
    purpose = 'daily_care',
    author = by.id,
  ) =>
    asPerson(machine.db, by.sid, null, (tx) =>
      sql`insert into care_team (id, case_id, op_id, purpose, consent_id, people, ends_on, written_by)
        values (${newId()}, ${caseId}, ${newId()}, ${purpose}, ${consentId}, ${people.map((one) => one.id)}::uuid[],
                '2199-01-01', ${author})`.execute(tx),
    )
  test('opens nothing to somebody who is named behind the rule’s back', async () => {
    const { caseId, consentId } = await aStay()
    const psycho = await aConsent(machine, worker, caseId, forPsychologist)
    await expect(put(worker, caseId, consentId, [worker])).rejects.toThrow(/people of one house/)
    await expect(put(worker, caseId, consentId, [keyWorker, otherHouse])).rejects.toThrow(/people of one house/)
    await expect(put(worker, caseId, consentId, [clinician], 'health_care')).rejects.toThrow(/row-level security/)
    await expect(put(worker, caseId, psycho, [policeDoctor], 'health_care')).rejects.toThrow(/firewall/)
    await expect(put(worker, caseId, consentId, [keyWorker], 'daily_care', supervisor.id)).rejects.toThrow(/row-level/)
    await put(worker, caseId, consentId, [keyWorker], 'key_work')
    for (const by of [keyWorker, supervisor, police])
      await expect(put(by, caseId, consentId, [nightShift])).rejects.toThrow(/row-level security/)
    await send(machine, worker, withdrawOp(worker, caseId, consentId))
    await expect(put(worker, caseId, consentId, [keyWorker])).rejects.toThrow(/row-level security/)
  })
  test('shows who was named to the worker, her supervisor and whoever is on the case, and to nobody else', async () => {
    const { caseId, consentId } = await aStay()
    await send(
      machine,
      worker,
      teamOp(worker, caseId, consentId, [nightShift]),
      teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work' }),
    )
    for (const [by, rows] of [
      [worker, 2],
      [supervisor, 2],
      [keyWorker, 2],
      [nightShift, 0],
      [otherHouse, 0],
      [police, 0],
    ] as const)
      expect(await count(by, 'care_team', caseId)).toBe(rows)
  })
  test('never changes a naming', async () => {
    for (const change of [sql`update care_team set op_id = op_id`, sql`delete from care_team`])
      await expect(asPerson(machine.db, worker.sid, null, (tx) => change.execute(tx))).rejects.toThrow(
        /permission denied/,
      )
  })
})

/** What somebody on a shift finds of a file: its own row and key, and what is written for the shift. */
const FOR_A_SHIFT = ['care_sheet', 'case_key', 'case_team', 'sharing_grant', 'shelter_entry']

describe('a shift', () => {
  test('learns from no address of the file who else works with the child, or who may be told', async () => {
    const { caseId, consentId } = await aStay()
    const psychologist = await aPerson(machine, await anOffice(machine, 'health'), 'clinician')
    await asOwner(machine, `update app_user set name = 'Dr. Only Here' where id = '${psychologist.id}'`)
    const toHer = await aConsent(machine, worker, caseId, forPsychologist)
    await send(machine, worker, teamOp(worker, caseId, consentId, [nightShift, keyWorker]))
    await send(machine, worker, teamOp(worker, caseId, toHer, [psychologist], { purpose: 'health_care' }))
    await asOwner(machine, `update app_user set name = 'Worker Only Here' where id = '${worker.id}'`)
    const routes = app.routes.filter(
      ({ method, path }) => method === 'GET' && /^\/api\/cases\/:id\/?[a-z-]*$/.test(path),
    )
    expect(routes.length).toBeGreaterThan(20)
    const said: string[] = []
    for (const { path } of routes) {
      const { text } = await ask(app, nightShift, 'GET', path.replace(':id', caseId))
      for (const secret of ['Only Here', psychologist.id, 'psychosocial_provider', toHer])
        if (text.includes(secret)) said.push(`${path}: ${secret}`)
    }
    expect(said).toEqual([])
    const own = await asPerson(machine.db, nightShift.sid, null, (tx) =>
      sql<{ who: string }>`select distinct person_id as who from sharing_grant where case_id = ${caseId}`.execute(tx),
    )
    expect(own.rows).toEqual([{ who: nightShift.id }])
  })
  test('is no crowd of key workers: two answer for a child, also where the rule was passed by', async () => {
    const { caseId, consentId } = await aStay()
    const three = [keyWorker, nightShift, await aPerson(machine, house, 'shelter_worker')]
    const op = teamOp(worker, caseId, consentId, three, { purpose: 'key_work' })
    expect(await answerOf(worker, op)).toMatchObject({ answer: 'refused', reason: 'two_key_workers' })
    await expect(
      asOwner(
        machine,
        `insert into care_team (id, case_id, op_id, purpose, consent_id, people, ends_on, written_by)
         values (gen_random_uuid(), '${caseId}', gen_random_uuid(), 'key_work', '${consentId}',
           array['${three.map((one) => one.id).join("','")}']::uuid[], '2099-01-01', '${worker.id}')`,
      ),
    ).rejects.toThrow(/few_key_workers/)
  })
  test('finds no row of any other table of the child’s file', async () => {
    const { caseId, consentId } = await aStay()
    const goal = { domain: 'education', inTheirWords: 'My chair back', state: 'planned' }
    await send(
      machine,
      worker,
      teamOp(worker, caseId, consentId, [nightShift]),
      serviceOp(worker, caseId),
      rowOp(worker, 'care.edit_goal', caseId, goal),
    )
    await send(machine, nightShift, entryOp(nightShift, caseId))
    const found: string[] = []
    for (const table of await tablesOfAFile()) if ((await count(nightShift, table, caseId)) > 0) found.push(table)
    // Of who works with the child a shift would find herself, and she is on it by no membership.
    expect(found).toEqual(FOR_A_SHIFT.filter((table) => table !== 'case_team'))
    // The same question of somebody who answers for the child there, so that an empty answer above is the policy's doing.
    await send(machine, worker, teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work' }))
    expect(await count(keyWorker, 'consent_record', caseId)).toBe(1)
    expect(await count(keyWorker, 'op_log', caseId)).toBeGreaterThan(2)
  })
  test('is shut out of every table that is made later: it says so itself, or stands on the list of what a shift reads', async () => {
    const rows = await ownerRows(
      machine,
      `select distinct c.relname as name
         from pg_policy p join pg_class c on c.oid = p.polrelid join pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id'
        where c.relnamespace = 'public'::regnamespace and 'k_app'::regrole = any (p.polroles) and p.polpermissive
          and pg_get_expr(p.polqual, p.polrelid) ~ 'FROM access'
          and not exists (select from pg_policy q where q.polrelid = c.oid and q.polname = c.relname || '_no_shift')
        order by 1`,
    )
    expect(rows.map((row) => row.name)).toEqual(FOR_A_SHIFT)
  })
})

async function tablesOfAFile(): Promise<string[]> {
  const rows = await ownerRows(
    machine,
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'access'
        and case c.relkind when 'r' then has_column_privilege('k_app', c.oid, a.attnum, 'select') end order by 1`,
  )
  return rows.map((row) => String(row.name))
}

function count(by: Somebody, table: string, caseId: string): Promise<number> {
  return asPerson(machine.db, by.sid, null, async (tx) => {
    const found = await sql<{ n: number }>`
      select count(case_id)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(tx)
    return found.rows[0]?.n ?? 0
  })
}

test('a year at most: what a yes opened for longer ends with it, also where the rule was passed by', async () => {
  const { caseId, consentId } = await aStay()
  await send(
    machine,
    worker,
    teamOp(worker, caseId, consentId, [keyWorker], { purpose: 'key_work', endsOn: inDays(30) }),
  )
  const [row] = await ownerRows(
    machine,
    `select max(ends_at) < now() + interval '32 days' as soon from access where case_id = '${caseId}' and actor = '${keyWorker.id}'`,
  )
  expect(row?.soon).toBe(true)
})
