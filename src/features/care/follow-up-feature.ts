import { timeZoneOf } from '../../core/read-country.ts'
import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, handle, type OpContext } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { editRow, readRow } from '../../server/mutable-rows.ts'
import { findCase } from '../cases/store.ts'
import { CareFollowUp, CareReturn } from './follow-up.ts'
import * as ops from './follow-up-ops.ts'
import { nextFollowUp } from './follow-up-rules.ts'
import { contactsOf, findAskedLater, findReturns, insertFollowUp, setNextDue } from './follow-up-store.ts'
import { CARE_THINGS } from './mutable.ts'

const thing = CARE_THINGS.care_return

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'services')
  return found
}

const editReturn = handle({
  op: ops.editReturn,
  caseOf: (payload) => payload.caseId,
  async load(tx, edit, ctx) {
    const row = await readRow(tx, thing, edit, await ctx.cipher('services'))
    return { closedAt: (await caseOf(tx, edit.caseId)).closedAt, row: row?.fields ?? null }
  },
  async save(tx, { id, caseId, set }, ctx) {
    const edit = { id, caseId, set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId }
    const { version, conflicts } = await editRow(tx, thing, edit, await ctx.cipher('services'))
    await workOutNext(tx, ctx, caseId, id)
    const { clear, body } = split(CareReturn, set)
    return {
      rowId: id,
      part: 'services',
      version,
      conflicts,
      settled: {},
      logged: { clear: { thing: 'care_return', set: clear }, words: body },
    }
  },
})

const addFollowUp = handle({
  op: ops.addFollowUp,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }, ctx) => ({
    closedAt: (await caseOf(tx, caseId)).closedAt,
    returns: await findReturns(tx, caseId),
    codes: ctx.pack,
    askedLater: await findAskedLater(tx, caseId),
  }),
  async save(tx, contact, ctx) {
    await insertFollowUp(tx, contact, ctx.opId, await ctx.cipher('services'))
    await workOutNext(tx, ctx, contact.caseId, contact.returnId)
    const { clear, body } = split(CareFollowUp, contact)
    return {
      rowId: contact.id,
      part: 'services',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'care_follow_up', ...clear }, words: body },
    }
  },
})

/** The next day is a function of the way back and all its contacts, in whatever order they arrive. */
async function workOutNext(tx: Tx, ctx: OpContext, caseId: string, returnId: string): Promise<void> {
  const followed = (await findReturns(tx, caseId)).find((one) => one.id === returnId)
  if (followed === undefined) return
  const timeZone = timeZoneOf(ctx.pack, (await caseOf(tx, caseId)).region)
  const contacts = await contactsOf(tx, returnId)
  await setNextDue(tx, returnId, nextFollowUp(followed, contacts, ctx.pack.followUpAfter, timeZone))
}

export const followUpOps: AnyHandler[] = [editReturn, addFollowUp]
