import { describe, expect, test } from 'vitest'
import type { PullAnswer } from '../../server/pull.ts'
import { closeCase } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOp, ownerRows, send } from '../../../test/people.ts'
import { of, pulling, type Team } from '../../../test/pulling.ts'

const machine = await testMachine()

const { anOfficeOfTwo, edit, fetch } = pulling(machine)

describe('an answer that was lost on its way', () => {
  const told = (answer: PullAnswer) => ({
    forget: answer.forget,
    hide: answer.hide,
    put: answer.put.map(({ thing, caseId }) => `${caseId}/${thing}`).sort(),
  })

  test('is given again to the same cursor: the cards of a new case, until a later cursor confirms them', async () => {
    const { worker } = await anOfficeOfTwo()
    const { cursor } = await fetch(worker, null)
    const caseId = await aCase(machine, worker)
    await edit(worker, 'cases.edit_card', caseId, { callName: 'Adi' })
    const lost = await fetch(worker, cursor)
    expect(of(lost, caseId)).toContain('child_card')
    const again = await fetch(worker, cursor)
    expect(again.put).toEqual(lost.put)
    expect(told(await fetch(worker, again.cursor))).toEqual({ forget: [], hide: [], put: [] })
  })

  test.each<[string, (who: Team, caseId: string) => Promise<unknown>]>([
    [
      'shielded',
      ({ worker }, caseId) => send(machine, worker, anOp(worker, 'cases.shield_case', { caseId, threatened: true })),
    ],
    [
      'taken along',
      ({ worker }, caseId) => send(machine, worker, anOp(worker, 'cases.take_along', { caseId, take: true })),
    ],
    [
      'given to somebody else',
      ({ supervisor, colleague, office }, caseId) =>
        send(
          machine,
          supervisor,
          anOp(supervisor, 'cases.assign', { caseId, personId: colleague.id, teamId: office.teamId }),
        ),
    ],
    ['closed', ({ worker, supervisor }, caseId) => closeCase(machine, worker, supervisor, caseId)],
  ])('says again that a case was %s, and no more once it has arrived', async (what, change) => {
    const who = await anOfficeOfTwo()
    const caseId = await aCase(machine, who.worker)
    await edit(who.worker, 'cases.edit_card', caseId, { callName: 'Adi' })
    const { cursor } = await fetch(who.worker, null)
    await fetch(who.worker, cursor)
    await change(who, caseId)
    const lost = await fetch(who.worker, cursor)
    expect(lost.forget).toEqual([caseId])
    expect(lost.hide).toEqual(what === 'shielded' ? [caseId] : [])
    await fetch(who.worker, cursor)
    const again = await fetch(who.worker, cursor)
    expect(told(again)).toEqual(told(lost))
    expect(told(await fetch(who.worker, again.cursor))).toEqual({ forget: [], hide: [], put: [] })
  })

  test('says again that what was taken along is put back', async () => {
    const { worker } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await edit(worker, 'cases.edit_identity', caseId, { fullName: 'Whole Name' })
    const take = (yes: boolean) => send(machine, worker, anOp(worker, 'cases.take_along', { caseId, take: yes }))
    await take(true)
    const { cursor, put } = await fetch(worker, null)
    expect(put.map(({ thing }) => thing)).toContain('child_identity')
    await take(false)
    await fetch(worker, cursor)
    const again = await fetch(worker, cursor)
    expect(again.forget).toEqual([caseId])
    expect(of(again, caseId)).toContain('visit')
    expect(of(again, caseId)).not.toContain('child_identity')
  })

  test('does not make the next page count as arrived: each case of a long list comes to the device', async () => {
    const { worker } = await anOfficeOfTwo()
    const first = new Set<string>()
    for (let n = 0; n < 25; n += 1) first.add(await aCase(machine, worker))
    await fetch(worker, null) // lost: twenty of them
    for (let n = 0; n < 20; n += 1) await aCase(machine, worker)
    const seen = new Set<string>()
    for (let page = await fetch(worker, null); ; page = await fetch(worker, page.cursor)) {
      for (const { caseId } of page.put) seen.add(caseId)
      if (!page.more) break
    }
    expect([...first].filter((caseId) => !seen.has(caseId))).toEqual([])
  })

  test('also when the case has come back meanwhile: what the device held is forgotten first', async () => {
    const { worker, colleague, supervisor, office } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    const { cursor } = await fetch(worker, null)
    const assign = (personId: string) =>
      send(machine, supervisor, anOp(supervisor, 'cases.assign', { caseId, personId, teamId: office.teamId }))
    await assign(colleague.id)
    await fetch(worker, cursor)
    await assign(worker.id)
    const again = await fetch(worker, cursor)
    expect(again.forget).toEqual([caseId])
    expect(of(again, caseId)).toContain('case')
  })

  test('tells a device that starts again what is no longer hers', async () => {
    const { worker, colleague, supervisor, office } = await anOfficeOfTwo()
    const caseId = await aCase(machine, worker)
    await fetch(worker, null)
    await send(
      machine,
      supervisor,
      anOp(supervisor, 'cases.assign', { caseId, personId: colleague.id, teamId: office.teamId }),
    )
    expect((await fetch(worker, null)).forget).toEqual([caseId])
  })
})

describe('what was answered before a device asked', () => {
  test('is said to be in the answer when nothing earlier is still under way', async () => {
    const { worker } = await anOfficeOfTwo()
    await aCase(machine, worker)
    const { answeredBelow, sentBelow } = await fetch(worker, null)
    const [log] = await ownerRows(
      machine,
      `select max(xid::text::bigint)::text as last from op_log where device = '${worker.device}'`,
    )
    expect(BigInt(answeredBelow)).toBeGreaterThan(BigInt(String(log?.last)))
    expect(BigInt(sentBelow)).toBeLessThanOrEqual(BigInt(answeredBelow))
  })
})
