import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  aWorkerWithPassword,
  Browser,
  HOUR,
  letPass,
  MINUTE,
  nextCode,
  PASSWORD,
  putPerson,
  runningDeployment,
  twoHalves,
} from '../../../test/door.ts'
import { asOwner, now, ownerRows } from '../../../test/people.ts'
import { ROLES } from '../../core/access.ts'
import { Purpose, Sector } from '../../core/part.ts'
import { newId } from '../../crypto/random.ts'
import { asPerson } from '../../server/as-person.ts'
import { endProposals } from './jobs.ts'
import { roleFits } from './roles.ts'

const deployment = await runningDeployment()
const { machine, admin, second, dpo, supervisor, officeId, teamId, ids } = deployment

/** Everybody has just proved who she is. */
async function everybodyFresh(): Promise<void> {
  for (const browser of [admin, second, dpo, supervisor]) await browser.signInWithPasskey()
}
const errorOf = async (asked: Promise<{ status: number; body: Record<string, unknown> }>) => (await asked).body.error
const roleOf = async (id: string) =>
  (await ownerRows(machine, `select role, ended_at from app_user where id = '${id}'`))[0]

describe('a new person', () => {
  test('gets her key only with a link from one and a number from another, and chooses it herself', async () => {
    await everybodyFresh()
    const personId = await putPerson(admin, officeId, 'case_worker')
    expect(await errorOf(admin.post('/api/people/invite', { personId }))).toBe('needs_vouch')
    const { code, link } = await twoHalves(supervisor, admin, personId)
    // Who issues the link cannot become her: the number is missing, and five guesses end it.
    const thief = new Browser(machine)
    for (let guess = 0; guess < 5; guess += 1)
      expect(await errorOf(thief.enrolPasskey(link, `0000 000${guess}`))).toBe('wrong_code')
    expect(await errorOf(thief.enrolPasskey(link, code))).toBe('link_over')
    const again = await twoHalves(supervisor, admin, personId)
    const browser = new Browser(machine)
    expect((await browser.enrolPasskey(again.link, again.code)).status).toBe(200)
    expect((await browser.get('/api/session')).body).toMatchObject({ person: { id: personId }, strength: 'passkey' })
    expect(await errorOf(thief.enrolPasskey(again.link, again.code))).toBe('link_over')
  })

  test('is not vouched for and linked by the same person, nor by herself, nor from another office', async () => {
    await everybodyFresh()
    const personId = await putPerson(admin, officeId, 'case_worker')
    expect((await admin.post('/api/people/vouch', { id: newId(), personId })).status).toBe(200)
    expect(await errorOf(admin.post('/api/people/invite', { personId }))).toBe('needs_another_person')
    expect(await errorOf(admin.post('/api/people/vouch', { id: newId(), personId: ids.admin }))).toBe('not_oneself')
    expect(await errorOf(admin.post('/api/people/invite', { personId: ids.admin }))).toBe('not_oneself')
    const elsewhere = newId()
    await admin.post('/api/people/organisations', {
      id: elsewhere,
      name: 'Another office',
      sector: 'child_protection',
      region: null,
    })
    const stranger = await putPerson(admin, elsewhere, 'case_worker')
    expect(await errorOf(supervisor.post('/api/people/vouch', { id: newId(), personId: stranger }))).toBe('not_found')
  })

  test('has fifteen minutes to follow her link', async () => {
    await everybodyFresh()
    const { code, link } = await twoHalves(supervisor, admin, await putPerson(admin, officeId, 'case_worker'))
    await letPass(machine, 15 * MINUTE + 1000)
    expect(await errorOf(new Browser(machine).enrolPasskey(link, code))).toBe('link_over')
  })

  test('who could open doors to others is vouched for by an administrator or the DPO and has no password door', async () => {
    await everybodyFresh()
    const personId = await putPerson(admin, officeId, 'supervisor')
    expect(await errorOf(supervisor.post('/api/people/vouch', { id: newId(), personId }))).toBe('needs_administrator')
    const { code, link } = await twoHalves(dpo, admin, personId)
    const browser = new Browser(machine)
    expect((await browser.enrolPassword(link, PASSWORD, code)).last.body.error).toBe('needs_passkey')
    expect((await browser.enrolPasskey(link, code)).status).toBe(200)
  })

  test('is vouched for again when anything about her changes before she enrols', async () => {
    await everybodyFresh()
    const personId = await putPerson(admin, officeId, 'case_worker')
    const { code, link } = await twoHalves(supervisor, admin, personId)
    await admin.post('/api/people/role', { id: newId(), personId, role: 'supervisor' })
    expect(await errorOf(new Browser(machine).enrolPasskey(link, code))).toBe('link_over')
    expect(await errorOf(admin.post('/api/people/invite', { personId }))).toBe('needs_vouch')
  })

  test('has a sign-in name nobody else has, and a password that is not easily guessed', async () => {
    await everybodyFresh()
    const person = {
      id: newId(),
      orgId: officeId,
      name: 'Somebody',
      login: 'the.dpo',
      role: 'case_worker',
      language: 'en',
    }
    expect(await errorOf(admin.post('/api/people', person))).toBe('login_taken')
    const { code, link } = await twoHalves(supervisor, admin, await putPerson(admin, officeId, 'case_worker'))
    const browser = new Browser(machine)
    expect((await browser.enrolPassword(link, 'too short', code)).last.body.error).toBe('too_short')
    expect((await browser.enrolPassword(link, 'passwordpassword123', code)).last.body.error).toBe('easy_to_guess')
    expect((await browser.enrolPassword(link, PASSWORD, code)).last.status).toBe(200)
  })
})

describe('an administrator who resets a worker', () => {
  test('cannot sign in as her; her old sessions, password and codes are dead, and she heard of it', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    expect((await worker.browser.get('/api/session')).body.renewal).toBeNull()
    const { code, link } = await twoHalves(supervisor, admin, worker.id)
    expect((await worker.browser.get('/api/session')).body.renewal).not.toBeNull()
    // The administrator holds the link and nothing else.
    expect(await errorOf(admin.enrolPasskey(link))).toBe('wrong_code')
    const hers = new Browser(machine)
    expect((await hers.enrolPasskey(link, code)).status).toBe(200)
    expect((await worker.browser.get('/api/session')).status).toBe(401)
    const old = await new Browser(machine).signInWithPassword(
      worker.login,
      PASSWORD,
      await nextCode(machine, worker.secret),
    )
    expect(old.body.error).toBe('sign_in_failed')
    expect((await hers.get('/api/session')).body).toMatchObject({ person: { id: worker.id } })
  })

  test('is stopped by the worker herself, from any device', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    const { code, link } = await twoHalves(supervisor, admin, worker.id)
    const { renewal } = (await worker.browser.get('/api/session')).body as { renewal: { id: string } }
    const { id } = renewal
    expect((await new Browser(machine).post('/api/my/renewal/stop', { id })).status).toBe(401)
    expect((await worker.browser.post('/api/my/renewal/stop', { id })).status).toBe(200)
    expect(await errorOf(new Browser(machine).enrolPasskey(link, code))).toBe('link_over')
    expect((await worker.browser.get('/api/session')).status).toBe(200)
  })

  test('waits a day when the person could open doors to others', async () => {
    await everybodyFresh()
    expect((await dpo.post('/api/people/vouch', { id: newId(), personId: ids.second })).status).toBe(200)
    expect(await errorOf(admin.post('/api/people/invite', { personId: ids.second }))).toBe('too_early')
    await letPass(machine, 24 * HOUR + 1000)
    await everybodyFresh()
    expect((await admin.post('/api/people/invite', { personId: ids.second })).status).toBe(200)
    const { renewal } = (await second.get('/api/session')).body as { renewal: { id: string } }
    expect((await second.post('/api/my/renewal/stop', { id: renewal.id })).status).toBe(200)
  })

  test('can end all her sign-ins at once', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    expect((await dpo.post('/api/people/end-sessions', { personId: worker.id })).status).toBe(200)
    expect((await worker.browser.get('/api/session')).status).toBe(401)
  })
})

describe('a role that opens doors to others', () => {
  test('is given by two people, to somebody else, and only to who holds a passkey', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    const id = newId()
    expect((await admin.post('/api/people/role', { id, personId: worker.id, role: 'supervisor' })).body).toEqual({
      done: false,
      waits: true,
    })
    expect(await roleOf(worker.id)).toMatchObject({ role: 'case_worker' })
    expect(await errorOf(admin.post('/api/people/decide', { id, confirm: true }))).toBe('needs_another_person')
    expect(await errorOf(dpo.post('/api/people/decide', { id, confirm: true }))).toBe('needs_passkey_first')
    const renewed = await twoHalves(supervisor, admin, worker.id)
    expect((await worker.browser.enrolPasskey(renewed.link, renewed.code)).status).toBe(200)
    expect((await dpo.post('/api/people/decide', { id, confirm: true })).status).toBe(200)
    expect(await roleOf(worker.id)).toMatchObject({ role: 'supervisor' })
    expect((await worker.browser.get('/api/session')).status).toBe(401) // she begins her new role by signing in
    expect(await errorOf(dpo.post('/api/people/decide', { id, confirm: true }))).toBe('not_found')
  })

  test('is not given to oneself, nor confirmed by who it is for', async () => {
    await everybodyFresh()
    expect(await errorOf(admin.post('/api/people/role', { id: newId(), personId: ids.admin, role: 'dpo' }))).toBe(
      'not_oneself',
    )
    const id = newId()
    await admin.post('/api/people/role', { id, personId: ids.dpo, role: 'supervisor' })
    expect(await errorOf(dpo.post('/api/people/decide', { id, confirm: true }))).toBe('needs_another_person')
    expect(await errorOf(second.post('/api/people/decide', { id, confirm: true }))).toBe('last_one')
    expect((await dpo.post('/api/people/decide', { id, confirm: false })).status).toBe(200)
  })

  test('and the files of a team, are not one person’s gift', async () => {
    await everybodyFresh()
    const [team, id] = [newId(), newId()]
    await admin.post('/api/people/teams', { id: team, orgId: officeId, name: 'Second team' })
    const put = { id, personId: ids.supervisor, teamId: team, supervises: true }
    expect((await admin.post('/api/people/teams/put', put)).body.waits).toBe(true)
    const supervises = async () =>
      (await ownerRows(machine, `select supervises from team_member where team_id = '${team}' and ended_at is null`))[0]
    expect(await supervises()).toBeUndefined()
    expect((await second.post('/api/people/decide', { id, confirm: true })).status).toBe(200)
    expect(await supervises()).toEqual({ supervises: true })
    const worker = await aWorkerWithPassword(deployment)
    expect(
      await errorOf(
        admin.post('/api/people/teams/put', { id: newId(), personId: worker.id, teamId, supervises: true }),
      ),
    ).toBe('not_a_supervisor')
  })

  test('ends with two people; a worker’s account ends with one, and with it every right and key', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    const id = newId()
    expect((await admin.post('/api/people/end', { id, personId: ids.second })).body.waits).toBe(true)
    expect((await dpo.post('/api/people/decide', { id, confirm: false })).status).toBe(200)
    expect((await admin.post('/api/people/end', { id: newId(), personId: worker.id })).body.done).toBe(true)
    expect((await worker.browser.get('/api/session')).status).toBe(401)
    for (const table of ['password_credential', 'totp_credential', 'passkey'])
      expect(await ownerRows(machine, `select person_id from ${table} where person_id = '${worker.id}'`)).toEqual([])
    expect(await errorOf(admin.post('/api/people/end', { id: newId(), personId: ids.admin }))).toBe('not_oneself')
  })
})

describe('the wall between protection and police', () => {
  test('is not crossed by moving, re-labelling or renaming', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    const [police, clinic, other] = [newId(), newId(), newId()]
    await admin.post('/api/people/organisations', { id: police, name: 'A police desk', sector: 'police', region: null })
    await admin.post('/api/people/organisations', { id: clinic, name: 'A clinic', sector: 'health', region: null })
    await admin.post('/api/people/organisations', {
      id: other,
      name: 'Another office',
      sector: 'child_protection',
      region: null,
    })
    const move = (orgId: string) => admin.post('/api/people/move', { personId: worker.id, orgId })
    expect(await errorOf(move(police))).toBe('firewall')
    expect(await errorOf(move(clinic))).toBe('firewall')
    expect(
      await errorOf(
        admin.post('/api/people/organisations', { id: other, name: 'Another office', sector: 'police', region: null }),
      ),
    ).toBe('sector_fixed')
    const officer = { id: newId(), orgId: police, name: 'An officer', login: `o${newId().slice(0, 8)}`, language: 'en' }
    expect(await errorOf(admin.post('/api/people', { ...officer, role: 'case_worker' }))).toBe('firewall')
    expect(await errorOf(admin.post('/api/people', { ...officer, role: 'admin' }))).toBe('firewall')
    expect((await admin.post('/api/people', { ...officer, role: 'security_desk' })).status).toBe(200)
    expect((await move(other)).status).toBe(200)
    expect((await worker.browser.get('/api/session')).status).toBe(401)
  })

  test('stands alike in the rule and in the database, over every role and sector', async () => {
    for (const role of ROLES)
      for (const sector of Sector.options) {
        const [row] = await ownerRows(machine, `select kembali.role_fits('${role}', '${sector}') as fits`)
        expect([role, sector, row?.fits]).toEqual([role, sector, roleFits(role, sector)])
      }
  })
})

describe('people', () => {
  test('are seen by an administrator and the DPO, by a supervisor as far as her office, by a worker not at all', async () => {
    const worker = await aWorkerWithPassword(deployment)
    await everybodyFresh()
    const elsewhere = newId()
    await admin.post('/api/people/organisations', {
      id: elsewhere,
      name: 'Far away',
      sector: 'child_protection',
      region: null,
    })
    const stranger = await putPerson(admin, elsewhere, 'case_worker')
    const sees = async (browser: Browser) =>
      ((await browser.get('/api/people')).body.people as { id: string }[] | undefined)?.some(
        (one) => one.id === stranger,
      )
    expect([await sees(admin), await sees(dpo), await sees(supervisor), await sees(worker.browser)]).toEqual([
      true,
      true,
      false,
      undefined,
    ])
    for (const path of ['/api/people', '/api/people/changes', '/api/set-up'])
      expect((await worker.browser.get(path)).status).toBe(404)
    // Whoever is no administrator learns of no door here.
    for (const browser of [worker.browser, supervisor])
      expect((await browser.post('/api/people/end', { id: newId(), personId: ids.dpo })).status).toBe(404)
  })

  test('are changed with an entry in the ledger that holds the hash of what changed; a refusal leaves one too', async () => {
    await everybodyFresh()
    const personId = await putPerson(admin, officeId, 'case_worker')
    const entries = await ownerRows(
      machine,
      `select a.outcome from people_change c join audit_entry a on a.actor = c.by_person and a.action = 'access.' || c.action
        and a.commitment = sha256(convert_to(jsonb_build_array(c.id, c.action, c.person_id, c.org_id, c.team_id, c.code)::text, 'UTF8'))
        where c.person_id = '${personId}'`,
    )
    expect(entries).toEqual([{ outcome: 'done' }])
    const denials = async () =>
      Number((await ownerRows(machine, "select count(*)::int as n from audit_entry where outcome = 'denied'"))[0]?.n)
    const before = await denials()
    await admin.post('/api/people/invite', { personId })
    expect(await denials()).toBe(before + 1)
  })

  test('who administer see no child: no row of any case, for any purpose', async () => {
    await everybodyFresh()
    await asOwner(
      machine,
      `insert into child_case (id, op_id, alias, org_id, team_id, opened_by, worker_id, region, sex, age_band, opened_at)
       values ('${newId()}', '${newId()}', '${newId()}', '${officeId}', '${teamId}', '${ids.supervisor}', '${ids.supervisor}', 'NC-TL', 'not_known', 'not_known', now())`,
    )
    const tables = [
      'child_case',
      'case_team',
      'case_key',
      'child_card',
      'justice_contact',
      'op_log',
      'conflict',
      'notice',
    ]
    for (const browser of [admin, dpo])
      for (const purpose of Purpose.options)
        for (const table of tables) {
          const sid = browser.cookie?.split('=')[1] ?? ''
          const count = asPerson(machine.db, sid, purpose, (tx) =>
            sql`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
          )
          expect([table, (await count).rows]).toEqual([table, [{ n: 0 }]])
        }
    expect(await ownerRows(machine, `select * from access where actor in ('${ids.admin}', '${ids.dpo}')`)).toEqual([])
  })
})

describe('what one person proposed and nobody confirmed', () => {
  const DAY = 24 * HOUR
  type Proposal = { id: string; ranOut: boolean }
  const shown = async (browser: Browser, id: string) => {
    const { body } = await browser.get('/api/people')
    return (body.appointments as Proposal[]).find((one) => one.id === id)?.ranOut // our own server's shape
  }
  async function later(ms: number): Promise<void> {
    await letPass(machine, ms)
    await everybodyFresh()
  }

  test('can be confirmed on its last day, and ends after fourteen; whoever proposed it is told until she has read it', async () => {
    await everybodyFresh()
    const [soon, late] = [newId(), newId()]
    for (const id of [soon, late]) {
      const team = newId()
      await admin.post('/api/people/teams', { id: team, orgId: officeId, name: `Team ${team}` })
      const put = { id, personId: ids.supervisor, teamId: team, supervises: true }
      expect((await admin.post('/api/people/teams/put', put)).body.waits).toBe(true)
    }
    await later(14 * DAY - HOUR)
    expect((await second.post('/api/people/decide', { id: soon, confirm: true })).status).toBe(200)
    expect([await shown(admin, late), await shown(second, late)]).toEqual([false, false])
    await later(HOUR)
    // Before the clock has come by, and after it.
    expect(await errorOf(second.post('/api/people/decide', { id: late, confirm: true }))).toBe('proposal_over')
    for (const ended of [1, 0]) {
      expect([await shown(admin, late), await shown(second, late)]).toEqual([true, undefined])
      expect(await endProposals.run(machine, now())).toBe(ended)
    }
    expect(await errorOf(second.post('/api/people/decide', { id: late, confirm: true }))).toBe('not_found')
    expect(await errorOf(second.post('/api/people/decide', { id: late, confirm: false }))).toBe('not_found')
    const { body } = await admin.get('/api/people/changes')
    expect((body.changes as { action: string }[]).map(({ action }) => action)).toContain('ran_out_supervise')
    expect((await admin.post('/api/people/decide', { id: late, confirm: false })).status).toBe(200)
    expect(await shown(admin, late)).toBeUndefined()
    const [row] = await ownerRows(machine, `select decision, decided_by from appointment where id = '${late}'`)
    expect(row).toEqual({ decision: 'ran_out', decided_by: null })
  })
})
