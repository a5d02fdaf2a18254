import { describe, expect, test } from 'vitest'
import { newId } from '../../src/crypto/random.ts'
import { aRecordOp } from '../best-interests.ts'
import { closingPayload, sayTheSameChild, signOp } from '../closure.ts'
import { testMachine } from '../db.ts'
import { appOf, ask } from '../running-app.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../people.ts'

// One child who was registered twice: both workers say so, one file is closed, and opening it again undoes that.
const { app, machine } = appOf(await testMachine())
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')

const closeOp = (by: Somebody, caseId: string, reason = 'duplicate') =>
  anOp(by, 'closure.ask_to_close', closingPayload(caseId, { reason, told: 'not_told', toldWords: 'It goes on' }))
const heard = async (by: Somebody, op: Parameters<typeof send>[2]) => {
  const [answer] = await send(machine, by, op)
  return answer?.answer === 'refused' ? answer.reason : answer?.answer
}
const signs = (caseId: string, act: string, about: unknown, over = {}) =>
  heard(supervisor, signOp(supervisor, caseId, act, about, over))
const stateOf = async (caseId: string) =>
  (await ownerRows(machine, `select state from child_case where id = '${caseId}'`))[0]?.state

async function twoFiles() {
  const [one, other] = [await aCase(machine, worker), await aCase(machine, colleague)]
  await sayTheSameChild(machine, [one, worker], [other, colleague])
  return { one, other }
}

describe('a file that is one too many', () => {
  test('is closed only once the worker of the other has agreed that it is the same child', async () => {
    const one = await aCase(machine, worker)
    expect(await heard(worker, closeOp(worker, one))).toBe('duplicate_of_nothing')
    const other = await aCase(machine, colleague)
    await sayTheSameChild(machine, [one, worker], [other, colleague])
    const closing = closeOp(worker, one)
    expect(await heard(worker, closing)).toBe('accepted')
    expect(await signs(one, 'close_case', closing.payload.id)).toBe('accepted')
    expect([await stateOf(one), await stateOf(other)]).toEqual(['closed', 'open'])
  })

  test('is open again at once, and both files say that they are of the same child', async () => {
    const { one, other } = await twoFiles()
    const closing = closeOp(worker, one)
    await heard(worker, closing)
    await signs(one, 'close_case', closing.payload.id)
    const again = { id: closing.payload.id, caseId: one, reason: 'other', why: 'They were two sisters' }
    expect(await heard(worker, anOp(worker, 'closure.reopen_case', { ...again, id: newId() }))).toBe('accepted')
    expect([await stateOf(one), await stateOf(other)]).toEqual(['open', 'open'])
    expect(await ownerRows(machine, `select state from family_link where case_id in ('${one}', '${other}')`)).toEqual([
      { state: 'agreed' },
      { state: 'agreed' },
    ])
  })

  test('holds the other: while it waits, that one is not closed, and nobody takes back what both said', async () => {
    const { one, other } = await twoFiles()
    await heard(worker, closeOp(worker, one))
    await send(machine, colleague, aRecordOp(colleague, other))
    expect(await heard(colleague, closeOp(colleague, other))).toBe('duplicate_waits')
    expect(await heard(colleague, closeOp(colleague, other, 'contact_lost'))).toBe('duplicate_waits')
    const [link] = await ownerRows(machine, `select id from family_link where case_id = '${other}'`)
    expect(await heard(colleague, anOp(colleague, 'family.end_link', { caseId: other, linkId: link?.id }))).toBe(
      'duplicate_waits',
    )
  })

  test('is sent back where no other file goes on: that cannot be signed, and says what to do', async () => {
    const { one, other } = await twoFiles()
    const closing = closeOp(worker, one)
    await heard(worker, closing)
    // As one that waited before both workers were asked (migrations/0186).
    await asOwner(machine, `delete from family_link where case_id in ('${one}', '${other}')`)
    expect(await signs(one, 'close_case', closing.payload.id)).toBe('duplicate_without_file')
    const no = { decision: 'declined', reason: 'Ask first which file goes on' }
    expect(await signs(one, 'close_case', closing.payload.id, no)).toBe('accepted')
    expect(await heard(worker, closeOp(worker, one))).toBe('duplicate_of_nothing')
    expect(await stateOf(one)).toBe('open')
  })

  test('that one person said of both files is signed by somebody who reads both', async () => {
    const [one, other] = [await aCase(machine, worker), await aCase(machine, worker)]
    await sayTheSameChild(machine, [one, worker], [other, worker])
    const closing = closeOp(worker, one)
    expect(await heard(worker, closing)).toBe('accepted')
    // The other file is another team's.
    const elsewhere = newId()
    await asOwner(
      machine,
      `insert into team (id, org_id, name) values ('${elsewhere}', '${office.orgId}', 'Another team');
       update child_case set team_id = '${elsewhere}' where id = '${other}'`,
    )
    expect(await signs(one, 'close_case', closing.payload.id)).toBe('duplicate_one_hand')
    await asOwner(
      machine,
      `insert into team_member (team_id, person_id, supervises) values ('${elsewhere}', '${supervisor.id}', true)`,
    )
    expect(await signs(one, 'close_case', closing.payload.id)).toBe('accepted')
    expect([await stateOf(one), await stateOf(other)]).toEqual(['closed', 'open'])
  })

  test('is not the last: the database leaves no child with duplicates alone, whoever writes past the rules', async () => {
    const { one, other } = await twoFiles()
    const close = (caseId: string) =>
      asOwner(
        machine,
        `update child_case set state = 'closed', closed_at = kembali.now(), closed_for = 'duplicate' where id = '${caseId}'`,
      )
    await close(one)
    await expect(close(other)).rejects.toThrow(/no file of this child goes on/)
    await expect(close(await aCase(machine, worker))).rejects.toThrow(/no file of this child goes on/)
  })

  test('says to whoever signs which file goes on, and nothing of it to somebody kept away from it', async () => {
    const { one, other } = await twoFiles()
    await heard(worker, closeOp(worker, one))
    const [found] = await ownerRows(machine, `select alias from child_case where id = '${other}'`)
    const goesOn = async (by: Somebody) => {
      const { rows } = (await ask(app, by, 'GET', `/api/cases/${one}/closure`)).json as {
        rows: { thing: string; fields: Record<string, unknown> }[]
      } // the route's own shape
      return rows.find((row) => row.thing === 'case_closing')?.fields.goesOnAs
    }
    expect(await goesOn(supervisor)).toBe(found?.alias)
    await asOwner(machine, `insert into case_exclusion (case_id, person_id) values ('${other}', '${supervisor.id}')`)
    expect(await goesOn(supervisor)).toBeNull()
  })

  test('is not closed beside one that ended otherwise in the same moment', async () => {
    const { one, other } = await twoFiles()
    await send(machine, colleague, aRecordOp(colleague, other))
    const end = (caseId: string, why: string) =>
      asOwner(
        machine,
        `update child_case set state = 'closed', closed_at = kembali.now(), closed_for = '${why}' where id = '${caseId}'`,
      )
    await end(other, 'goals_met')
    await expect(end(one, 'duplicate')).rejects.toThrow(/no file of this child goes on/)
  })
})
