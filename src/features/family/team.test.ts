import { expect, test } from 'vitest'
import { newId } from '../../crypto/random.ts'
import { runJob } from '../../server/timer.ts'
import { sayTheSameChild } from '../../../test/closure.ts'
import { testMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { matching } from '../cases/jobs.ts'

// What a supervisor's list of files of one child shows (web.md B5): what waits in her teams and who must answer.
const { app, machine } = appOf(await testMachine())

async function aTeam() {
  const office = await anOffice(machine)
  return {
    worker: await aPerson(machine, office, 'case_worker'),
    supervisor: await aPerson(machine, office, 'supervisor'),
  }
}
type Lists = { waiting: Line[]; contacts: Line[]; links: (Line & { side: string; state: string })[] }
type Line = { id: string; caseId: string }
const listOf = async (by: Somebody) => {
  const { status, json, text } = await ask(app, by, 'GET', '/api/team-same-child')
  expect(status).toBe(200)
  return { ...(json as unknown as Lists), text } // our own route's answer
}
const child = { givenNames: 'Melati', otherNames: 'Kenanga', birthYear: 2012, sex: 'female', origin: 'Lembah Tenang' }

test('what another office asks waits for the worker of the file, and after her answer for a call', async () => {
  const [ours, theirs] = [await aTeam(), await aTeam()]
  const file = await aCase(machine, ours.worker, { sex: 'female' })
  const set = { fullName: 'Melati Kenanga', birthYear: 2012, ageBasis: 'child_statement', origin: 'Lembah Tenang' }
  const asking = await aCase(machine, theirs.worker)
  await send(
    machine,
    ours.worker,
    anOp(ours.worker, 'cases.edit_identity', { id: file, caseId: file, set }, { baseVersion: 0 }),
  )
  await send(
    machine,
    theirs.worker,
    anOp(theirs.worker, 'cases.request_match', { id: newId(), caseId: asking, ...child }),
  )
  await runJob(machine, matching)
  const list = await listOf(ours.supervisor)
  expect(list).toMatchObject({ waiting: [{ caseId: file, workerName: 'Somebody' }], contacts: [], links: [] })
  // Two words of a file, and nothing of who was asked about.
  expect(list.text).not.toMatch(/melati|kenanga|lembah/i)
  for (const by of [theirs.supervisor, theirs.worker, ours.worker]) expect((await listOf(by)).waiting).toEqual([])
  const hitId = list.waiting[0]?.id
  await send(
    machine,
    ours.worker,
    anOp(ours.worker, 'cases.answer_match', { hitId, caseId: file, decision: 'make_contact' }),
  )
  expect(await listOf(ours.supervisor)).toMatchObject({ waiting: [], contacts: [{ caseId: file }] })
})

test('what one worker says waits for the other; a no looks like silence; both files stand there until one is closed', async () => {
  const [ours, theirs] = [await aTeam(), await aTeam()]
  const [file, other] = [await aCase(machine, ours.worker), await aCase(machine, theirs.worker)]
  const [row] = await ownerRows(machine, `select alias from child_case where id = '${other}'`)
  const request = () =>
    anOp(ours.worker, 'family.request_link', { id: newId(), caseId: file, alias: row?.alias, relation: 'same_child' })
  await send(machine, ours.worker, request())
  const asked = (await listOf(theirs.supervisor)).links
  expect(asked).toMatchObject([{ caseId: other, side: 'was_asked', state: 'waiting' }])
  const before = (await listOf(ours.supervisor)).links
  expect(before).toMatchObject([{ caseId: file, side: 'asked', state: 'waiting' }])

  const no = { caseId: other, linkId: asked[0]?.id, decision: 'declined' }
  await send(machine, theirs.worker, anOp(theirs.worker, 'family.answer_link', no))
  expect((await listOf(theirs.supervisor)).links).toEqual([])
  expect((await listOf(ours.supervisor)).links).toEqual(before)
  await asOwner(machine, `update family_link set asked_at = asked_at - interval '31 days' where case_id = '${file}'`)
  expect((await listOf(ours.supervisor)).links).toEqual([])

  const twin = await aCase(machine, theirs.worker)
  await sayTheSameChild(machine, [file, ours.worker], [twin, theirs.worker])
  expect((await listOf(ours.supervisor)).links).toMatchObject([{ caseId: file, state: 'agreed' }])
  await asOwner(
    machine,
    `update child_case set state = 'closed', closed_at = now(), closed_for = 'duplicate' where id = '${twin}'`,
  )
  expect((await listOf(ours.supervisor)).links).toEqual([])
})
