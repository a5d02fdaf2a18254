import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { CaseConference, ConferenceMinutes } from './conference.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import * as store from './store.ts'

async function load(tx: Tx, { caseId }: { caseId: string }, ctx: OpContext): Promise<ops.KnownConferences> {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'services')
  const known = await store.knownOf(tx, caseId, () => ctx.reads('services'))
  return { closedAt: found.closedAt, recipients: ctx.pack.consent.recipients, ...known }
}

const call = handle({
  op: ops.callConference,
  caseOf: (payload) => payload.caseId,
  load,
  async save(tx, of, ctx) {
    await store.insertCall(tx, of, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { clear, body } = split(CaseConference, of)
    return saved(of.id, { thing: 'case_conference', ...clear }, body)
  },
})

const record = handle({
  op: ops.recordMinutes,
  caseOf: (payload) => payload.caseId,
  load,
  async save(tx, of, ctx) {
    await store.insertMinutes(tx, of, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('services'))
    const { clear, body } = split(ConferenceMinutes, of)
    return saved(of.id, { thing: 'conference_minutes', ...clear }, body)
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'services', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const conference: FeatureDefinition = {
  name: 'conference',
  ops: [call, record],
  packs,
  due: store.dueMinutes,
  routes,
  jobs: [],
}
