import { describe, expect, test } from 'vitest'
import { closeCase } from '../../test/closure.ts'
import { testMachine } from '../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, contactOp, now, openCaseOp, ownerRows, send } from '../../test/people.ts'
import { newId } from '../crypto/random.ts'
import { addMillis, dayOf, instant } from '../core/time.ts'
import { OpIdReused } from './op-log.ts'

const machine = await testMachine()
const office = await anOffice(machine)
const worker = await aPerson(machine, office, 'case_worker')
const colleague = await aPerson(machine, office, 'case_worker')
const supervisor = await aPerson(machine, office, 'supervisor')

describe('the gate accepts an operation exactly once', () => {
  test('sent again, it gets its first answer and has one effect', async () => {
    const op = openCaseOp(worker)
    const [first] = await send(machine, worker, op)
    const again = await send(machine, worker, op, op)
    expect(first?.answer).toBe('accepted')
    expect(again).toEqual([first, first])
    expect(await ownerRows(machine, `select id from child_case where id = '${String(op.payload.id)}'`)).toHaveLength(1)
  })

  test('sent from five connections at once, it still has one effect and one answer', async () => {
    const caseId = await aCase(machine, worker)
    const op = contactOp(worker, caseId)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(machine, worker, op)))
    expect(answers.every((one) => one[0]?.answer === 'accepted')).toBe(true)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await ownerRows(machine, `select id from justice_contact where case_id = '${caseId}'`)).toHaveLength(1)
  })

  test('a used id with another payload stops the whole batch, which leaves nothing behind', async () => {
    const phone = await aPerson(machine, office, 'case_worker')
    const op = openCaseOp(phone)
    await send(machine, phone, op)
    const fresh = openCaseOp(phone)
    const altered = { ...op, payload: { ...op.payload, sex: 'female' } }
    await expect(send(machine, phone, fresh, altered)).rejects.toThrow(OpIdReused)
    expect(await ownerRows(machine, `select id from child_case where id = '${String(fresh.payload.id)}'`)).toHaveLength(
      0,
    )
  })

  test('an id that is a colleague’s operation is only said to be used', async () => {
    const op = openCaseOp(worker)
    await send(machine, worker, op)
    await expect(send(machine, colleague, op)).rejects.toThrow(OpIdReused)
  })
})

describe('the gate counts days', () => {
  test('by the clock of the place where the child is, as her phone does: half past midnight there is another day', async () => {
    const untilOn = dayOf(addMillis(now(), -86_400_000), 'UTC')
    const claimedAt = instant(`${untilOn}T15:30:00.000Z`)
    const answers = []
    for (const region of ['NC-TL', 'NC-PL']) {
      const caseId = await aCase(machine, worker, { region })
      const call = { id: newId(), caseId, reason: 'other', words: 'The school waits for a word', untilOn }
      answers.push(...(await send(machine, worker, anOp(worker, 'work.call_attention', call, { claimedAt }))))
    }
    expect(answers).toMatchObject([{ answer: 'accepted' }, { answer: 'refused', reason: 'attention_in_the_past' }])
  })
})

describe('the gate refuses', () => {
  test('an unknown type and unknown fields, naming the field and never its content', async () => {
    const [unknown] = await send(machine, worker, anOp(worker, 'cases.delete_everything', {}))
    expect(unknown).toMatchObject({ answer: 'malformed', fields: ['type'] })
    const op = openCaseOp(worker, { sector: 'child_protection' })
    const [extra] = await send(machine, worker, op)
    expect(extra).toMatchObject({ answer: 'malformed', fields: ['unknown_field'] })
  })

  test('a case that is a stranger’s, and one that does not exist, with the same answer', async () => {
    const elsewhere = await anOffice(machine)
    const stranger = await aPerson(machine, elsewhere, 'case_worker')
    const caseId = await aCase(machine, worker)
    const [foreign] = await send(machine, stranger, contactOp(stranger, caseId))
    const [unknown] = await send(machine, stranger, contactOp(stranger, newId()))
    expect({ ...foreign, opId: null }).toEqual({ ...unknown, opId: null })
    expect(foreign?.answer).toBe('not_allowed')
  })

  test('a claim more than five minutes ahead of the server', async () => {
    const op = openCaseOp(worker)
    const [answer] = await send(machine, worker, { ...op, claimedAt: addMillis(op.claimedAt, 6 * 60_000) })
    expect(answer).toMatchObject({ answer: 'refused', reason: 'clock_ahead' })
  })

  test('work on a closed case, with the moment it was closed', async () => {
    const caseId = await aCase(machine, worker)
    await closeCase(machine, worker, supervisor, caseId)
    const [answer] = await send(machine, worker, contactOp(worker, caseId))
    expect(answer).toMatchObject({ answer: 'refused', reason: 'case_closed' })
  })

  test('a case opened in another office’s name', async () => {
    const elsewhere = await anOffice(machine)
    const [answer] = await send(
      machine,
      worker,
      openCaseOp(worker, { orgId: elsewhere.orgId, teamId: elsewhere.teamId }),
    )
    expect(answer).toMatchObject({ answer: 'refused', reason: 'not_my_office' })
  })

  test('nobody but a supervisor who assigns', async () => {
    const caseId = await aCase(machine, worker)
    const assign = { caseId, personId: colleague.id, teamId: office.teamId }
    const [byWorker] = await send(machine, worker, anOp(worker, 'cases.assign', assign))
    expect(byWorker).toMatchObject({ answer: 'refused', reason: 'supervisor_decides' })
    const [bySupervisor] = await send(machine, supervisor, anOp(supervisor, 'cases.assign', assign))
    expect(bySupervisor?.answer).toBe('accepted')
    // The case has moved on: whoever had it cannot write to it any more.
    const [after] = await send(machine, worker, contactOp(worker, caseId))
    expect(after?.answer).toBe('not_allowed')
  })
})

describe('an operation that misses its case waits', () => {
  test('while something the device made earlier has not arrived', async () => {
    const phone = await aPerson(machine, office, 'case_worker')
    const open = openCaseOp(phone)
    const contact = contactOp(phone, String(open.payload.id))
    const [early] = await send(machine, phone, contact)
    expect(early).toMatchObject({ answer: 'retry', why: 'earlier_missing' })
    const both = await send(machine, phone, contact, open)
    expect(both.map((one) => one.answer)).toEqual(['accepted', 'accepted'])
  })
})

describe('two people who change the same field', () => {
  test('keep the earlier value and get a difference to settle; another field merges silently', async () => {
    const caseId = await aCase(machine, worker)
    await send(
      machine,
      supervisor,
      anOp(supervisor, 'cases.assign', { caseId, personId: colleague.id, teamId: office.teamId }),
    )
    const edit = (set: Record<string, unknown>, baseVersion: number) =>
      anOp(colleague, 'cases.edit_card', { id: caseId, caseId, set }, { baseVersion })
    await send(machine, colleague, edit({ callName: 'One', village: 'Hill' }, 0))
    const [second] = await send(machine, colleague, edit({ callName: 'Two', carer: 'Aunt' }, 0))
    expect(second).toMatchObject({ answer: 'accepted', version: 2, conflicts: [{ field: 'callName' }] })
    const conflictId = second?.answer === 'accepted' ? second.conflicts[0]?.conflictId : undefined
    const [settled] = await send(
      machine,
      colleague,
      anOp(colleague, 'cases.settle_difference', { conflictId, caseId, keep: 'mine' }),
    )
    expect(settled?.answer).toBe('accepted')
    const [twice] = await send(
      machine,
      colleague,
      anOp(colleague, 'cases.settle_difference', { conflictId, caseId, keep: 'theirs' }),
    )
    expect(twice).toMatchObject({ answer: 'refused', reason: 'already_settled' })
  })
})

describe('every accepted operation leaves its entry in the ledger', () => {
  test('without a name, a word typed or the case’s own id', async () => {
    const before = await ownerRows(machine, 'select max(id) as id from audit_entry')
    const caseId = await aCase(machine, worker)
    await send(machine, worker, contactOp(worker, caseId, { heldAt: 'Canary station' }))
    const entries = await ownerRows(machine, `select * from audit_entry where id > ${Number(before[0]?.id ?? 0)}`)
    expect(entries.map((entry) => entry.action)).toContain('justice.record_contact')
    const text = JSON.stringify(entries)
    expect(text).not.toContain('Canary')
    expect(text).not.toContain(caseId)
  })

  test('and a denial leaves one too, though its act was rolled back', async () => {
    const stranger = await aPerson(machine, await anOffice(machine), 'case_worker')
    const caseId = await aCase(machine, worker)
    await send(machine, stranger, contactOp(stranger, caseId))
    const denied = await ownerRows(
      machine,
      `select outcome from audit_entry where pseudonym is not null and actor = '${stranger.id}'`,
    )
    expect(denied).toEqual([{ outcome: 'denied' }])
  })
})
