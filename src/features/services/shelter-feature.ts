import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, handle } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { editRow, readRow } from '../../server/mutable-rows.ts'
import { findCase } from '../cases/store.ts'
import { CareSheet } from './care-sheet.ts'
import { ShelterEntry } from './shelter-entry.ts'
import * as ops from './shelter-ops.ts'
import { insertEntry } from './shelter-store.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: found.closedAt }
}

const editCareSheet = handle({
  op: ops.editCareSheet,
  caseOf: (payload) => payload.caseId,
  async load(tx, edit, ctx) {
    const row = await readRow(tx, CareSheet, edit, await ctx.cipher('services'))
    return { ...(await caseOf(tx, edit.caseId)), row: row?.fields ?? null }
  },
  async save(tx, { id, caseId, set }, ctx) {
    const edit = { id, caseId, set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId }
    const { version, conflicts } = await editRow(tx, CareSheet, edit, await ctx.cipher('services'))
    const { clear, body } = split(CareSheet, set)
    const logged = { clear: { thing: 'care_sheet', set: clear }, words: body }
    return { rowId: id, part: 'services', version, conflicts, settled: {}, logged }
  },
})

const addEntry = handle({
  op: ops.addEntry,
  caseOf: (payload) => payload.caseId,
  load: (tx, { caseId }) => caseOf(tx, caseId),
  async save(tx, entry, ctx) {
    await insertEntry(tx, entry, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { clear, body } = split(ShelterEntry, entry)
    const logged = { clear: { thing: 'shelter_entry', ...clear, decision: entry.kind }, words: body }
    return { rowId: entry.id, part: 'services', version: null, conflicts: [], settled: {}, logged }
  },
})

export const shelterOps: AnyHandler[] = [editCareSheet, addEntry]
