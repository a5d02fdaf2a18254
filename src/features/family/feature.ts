import { split } from '../../core/schema.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, type FeatureDefinition, handle, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { editRow, readRow } from '../../server/mutable-rows.ts'
import type { KnownRow, RowEdit } from '../cases/edits.ts'
import { isWeighedBefore } from '../cases/major-decision-store.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { FAMILY_THINGS, type FamilyThing } from './mutable.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import * as store from './store.ts'
import { goesBack, staysApart } from './tracing.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'family')
  return found
}

function editHandler(op: OpDefinition<RowEdit, KnownRow, RowEdit, AnyRefusal>, name: FamilyThing): AnyHandler {
  const thing = FAMILY_THINGS[name]
  return handle({
    op,
    caseOf: (payload) => payload.caseId,
    async load(tx, edit, ctx) {
      const row = await readRow(tx, thing, edit, await ctx.cipher('family'))
      return { closedAt: (await caseOf(tx, edit.caseId)).closedAt, row: row?.fields ?? null }
    },
    async save(tx, { id, caseId, set }, ctx) {
      const edit = { id, caseId, set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId }
      const { version, conflicts } = await editRow(tx, thing, edit, await ctx.cipher('family'))
      const { clear, body } = split(thing, set)
      return { ...saved(id, { thing: name, set: clear }, body), version, conflicts }
    },
  })
}

const requestLink = handle({
  op: ops.requestLink,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }) {
    const { closedAt, alias } = await caseOf(tx, caseId)
    return {
      closedAt,
      ownAlias: alias,
      links: await store.findLinks(tx, [caseId]),
      today: await store.linksToday(tx),
    }
  },
  async save(tx, request, ctx) {
    await store.askLink(tx, request)
    // Whom somebody asked about is hers to know: the other alias is sealed in her own log.
    await ctx.cipher('family')
    return saved(request.id, { thing: 'family_link', relation: request.relation }, { alias: request.alias })
  },
})

async function loadLink(tx: Tx, { caseId, linkId }: { caseId: string; linkId: string }) {
  const { closedAt } = await caseOf(tx, caseId)
  const link = (await store.findLinks(tx, [caseId])).find((one) => one.id === linkId) ?? null
  return { closedAt, link }
}

const answerLink = handle({
  op: ops.answerLink,
  caseOf: (payload) => payload.caseId,
  load: async (tx, payload) => ({
    ...(await loadLink(tx, payload)),
    isCircular: await store.linkIsCircular(tx, payload.linkId),
  }),
  async save(tx, { linkId, decision }) {
    await store.answerLink(tx, linkId, decision)
    return saved(linkId, { thing: 'family_link', decision }, {})
  },
})

const endLink = handle({
  op: ops.endLink,
  caseOf: (payload) => payload.caseId,
  load: async (tx, payload) => ({
    ...(await loadLink(tx, payload)),
    isLeanedOn: await store.linkIsLeanedOn(tx, payload.linkId),
  }),
  async save(tx, { linkId }) {
    await store.endLink(tx, linkId)
    return saved(linkId, { thing: 'family_link', set: { state: 'ended' } }, {})
  },
})

/** Where a search stands after a fact of it, and from where it comes there; null where it stays where it was. */
const STATE_AFTER: Record<store.FactName, (fact: Record<string, unknown>) => store.Move | null> = {
  tracing_step: () => ({ to: 'in_progress', from: ['open'] }),
  family_verification: ({ isFamily }) =>
    isFamily === true
      ? { to: 'verified', from: ['open', 'in_progress'] }
      : { to: 'in_progress', from: ['open', 'verified'] },
  family_reunification: ({ kind }) => {
    if (staysApart(String(kind))) return { to: 'closed', from: null }
    return goesBack(String(kind)) ? { to: 'reunified', from: null } : null
  },
}

function factHandler<Fact extends { id: string; caseId: string; tracingId: string }>(
  op: OpDefinition<Fact, ops.KnownReturn, Fact, AnyRefusal>,
  name: store.FactName,
): AnyHandler {
  return handle({
    op,
    caseOf: (payload) => payload.caseId,
    load: async (tx, { caseId }, { now, pack }) => ({
      closedAt: (await caseOf(tx, caseId)).closedAt,
      ...(await store.tracingsOf(tx, caseId)),
      isWeighed: await isWeighedBefore(tx, caseId, 'return', now),
      followUpAfter: pack.followUpAfter,
    }),
    async save(tx, fact, ctx) {
      const by = { opId: ctx.opId, at: ctx.now }
      await store.insertFact(tx, name, fact, by, await ctx.cipher('family'))
      const move = STATE_AFTER[name](fact)
      if (move !== null) await store.moveTracing(tx, fact.tracingId, move)
      const { clear, body } = split(store.FACTS[name], fact)
      return saved(fact.id, { thing: name, ...clear }, body)
    },
  })
}

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'family', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const family: FeatureDefinition = {
  name: 'family',
  ops: [
    editHandler(ops.editPerson, 'family_person'),
    editHandler(ops.editTracing, 'family_tracing'),
    requestLink,
    answerLink,
    endLink,
    factHandler(ops.addStep, 'tracing_step'),
    factHandler(ops.verify, 'family_verification'),
    factHandler(ops.reunify, 'family_reunification'),
  ],
  mutable: Object.values(FAMILY_THINGS),
  packs,
  due: store.dueFamily,
  routes,
  jobs: [],
}
