import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type FeatureDefinition, handle } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { AssociationReady, AssociationRecord, LISTS } from './association.ts'
import * as ops from './ops.ts'
import * as store from './store.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'association')
  return { closedAt: found.closedAt }
}

const record = handle({
  op: ops.recordAssociation,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }, ctx) {
    const codes = (list: string) => (ctx.restricted[list] ?? []).map((one) => one.code)
    return {
      ...(await caseOf(tx, caseId)),
      circumstances: codes(LISTS.circumstances),
      roles: codes(LISTS.roles),
      waysOut: (ctx.pack.codeLists.exit_mode ?? []).map((one) => one.code),
      records: await store.recordIds(tx, caseId),
      mayBeAsked: await store.mayBeAsked(tx, caseId),
    }
  },
  async save(tx, told, ctx) {
    await store.insertRecord(tx, told, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('association'))
    const { clear, body } = split(AssociationRecord, told)
    return saved(told.id, { thing: 'association_record', ...clear }, body)
  },
})

const ready = handle({
  op: ops.makeReady,
  caseOf: (payload) => payload.caseId,
  load: (tx, { caseId }) => caseOf(tx, caseId),
  async save(tx, told, ctx) {
    await store.insertReady(tx, told, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('association'))
    const { clear, body } = split(AssociationReady, told)
    return saved(told.id, { thing: 'association_ready', ...clear }, body)
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>) {
  const part = 'association' as const
  return { rowId, part, version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const association: FeatureDefinition = {
  name: 'association',
  ops: [record, ready],
  // Nothing of this part is ever on a device (security.md 5).
  packs: [],
  routes,
  jobs: [],
}
