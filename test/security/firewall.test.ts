import { describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import { PROTECTION_SECTORS, Sector } from '../../src/core/part.ts'
import { testMachine } from '../db.ts'
import { aCase, anOffice, aPerson, asOwner, ownerRows } from '../people.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const caseId = await aCase(machine, worker)
const outside = Sector.options.filter((sector) => !PROTECTION_SECTORS.includes(sector))

async function officer(sector: Sector) {
  return aPerson(machine, await anOffice(machine, sector), 'security_desk')
}

/** What the database says when the owner herself tries: the firewall is no permission somebody can tick. */
async function refusal(text: string): Promise<string> {
  try {
    await asOwner(machine, text)
    return 'done'
  } catch (error) {
    await machine.db.owner.script('rollback')
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a body outside child protection holds the handover extract or nothing, even for the owner of the database', () => {
  test.each(outside)('%s', async (sector) => {
    const { id } = await officer(sector)
    const row = (part: string, said: string) =>
      `insert into access (actor, sector, case_id, part, level, basis, basis_id) values ('${id}', '${said}', '${caseId}', '${part}', 'read', 'grant', '${newId()}')`
    for (const part of [
      'case',
      'identity',
      'location',
      'narrative',
      'association',
      'health',
      'services',
      'justice',
      'legal',
      'sealed',
    ])
      expect(await refusal(row(part, sector))).toContain('firewall')
    expect(await refusal(row('handover', sector))).toBe('done')
    // Saying that the officer is of another sector does not help: a person has the sector of her organisation.
    expect(await refusal(row('health', 'health'))).toContain('foreign key')
    expect(
      await refusal(
        `insert into case_team (case_id, person_id, sector, role) values ('${caseId}', '${id}', '${sector}', 'case_worker')`,
      ),
    ).toContain('case_team_firewall')
    expect(await refusal(grant(id, sector, 'services'))).toContain('sharing_grant_firewall')
    expect(
      await refusal(
        `insert into device_pack (device_id, person_id, sector, case_id, part) values ('${newId()}', '${id}', '${sector}', '${caseId}', 'services')`,
      ),
    ).toContain('device_pack_firewall')
  })

  function grant(person: string, sector: string, part: string): string {
    return `insert into sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
      values ('${newId()}', '${caseId}', '${person}', '${sector}', '${part}', 'casework', 'consent', now(), now() + interval '1 day')`
  }
})

describe('nobody carries rights across the wall', () => {
  test('an office that holds files cannot be re-labelled as police', async () => {
    const text = `update organisation set sector = 'police' where id = '${office.orgId}'`
    expect(await refusal(text)).toContain('firewall')
  })

  test('a worker who holds files cannot be moved to a police office', async () => {
    const police = await anOffice(machine, 'police')
    expect(
      await refusal(`update app_user set org_id = '${police.orgId}', sector = 'police' where id = '${worker.id}'`),
    ).toContain('firewall')
  })

  test('a sector nobody has heard of cannot be entered at all', async () => {
    expect(
      await refusal(`insert into organisation (id, name, sector) values ('${newId()}', 'New body', 'cyber_police')`),
    ).toContain('check')
  })

  test('all rights of a person end with her account', async () => {
    const leaver = await aPerson(machine, office, 'case_worker')
    await aCase(machine, leaver)
    await asOwner(machine, `update app_user set ended_at = now() where id = '${leaver.id}'`)
    expect(await ownerRows(machine, `select * from access where actor = '${leaver.id}'`)).toEqual([])
  })
})
