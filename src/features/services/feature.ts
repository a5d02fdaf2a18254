import { split } from '../../core/schema.ts'
import type { Part } from '../../core/part.ts'
import type { Tx } from '../../server/as-person.ts'
import { type FeatureDefinition, handle, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { editRow, readRow } from '../../server/mutable-rows.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { CareSheet } from './care-sheet.ts'
import { ChildService, ServiceHealthNote, ServiceSession } from './service.ts'
import { shelterOps } from './shelter-feature.ts'
import * as store from './store.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: found.closedAt }
}

const editService = handle({
  op: ops.editService,
  caseOf: (payload) => payload.caseId,
  async load(tx, edit, ctx) {
    const row = await readRow(tx, ChildService, edit, await ctx.cipher('services'))
    const goals = await store.goalIdsOf(tx, edit.caseId)
    return { ...(await caseOf(tx, edit.caseId)), row: row?.fields ?? null, goals }
  },
  async save(tx, { id, caseId, set }, ctx) {
    const edit = { id, caseId, set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId }
    const { version, conflicts } = await editRow(tx, ChildService, edit, await ctx.cipher('services'))
    const { clear, body } = split(ChildService, set)
    const logged = { clear: { thing: 'child_service', set: clear }, words: body }
    return { rowId: id, part: 'services', version, conflicts, settled: {}, logged }
  },
})

const addSession = handle({
  op: ops.addSession,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({
    ...(await caseOf(tx, caseId)),
    services: await store.findServices(tx, caseId),
  }),
  async save(tx, session, ctx) {
    await store.insertSession(tx, session, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { clear, body } = split(ServiceSession, session)
    return saved(session.id, 'services', { thing: 'service_session', ...clear, decision: session.came }, body)
  },
})

const addHealthNote = handle({
  op: ops.addHealthNote,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({
    ...(await caseOf(tx, caseId)),
    services: await store.findServices(tx, caseId),
  }),
  async save(tx, note, ctx) {
    await store.insertHealthNote(tx, note, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('health'))
    const { clear, body } = split(ServiceHealthNote, note)
    return saved(note.id, 'health', { thing: 'service_health_note', ...clear }, body)
  },
})

function saved(rowId: string, part: Part, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part, version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const services: FeatureDefinition = {
  name: 'services',
  ops: [editService, addSession, addHealthNote, ...shelterOps],
  mutable: [ChildService, CareSheet],
  packs,
  due: store.dueServices,
  routes,
  jobs: [],
}
