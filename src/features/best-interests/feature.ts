import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import type { SignedAct } from '../../core/second-signature.ts'
import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, type FeatureDefinition, handle, type OpContext } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { askSignature } from '../../server/second-signatures.ts'
import { isWeighedBefore } from '../cases/major-decision-store.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { isDetermination } from '../cases/major-decision.ts'
import type { BestInterestsRecord } from './record.ts'
import { type FactName, FACTS, insertFact, dueWeighing, protectedSince, recordsOf } from './store.ts'

type Fact = { id: string; caseId: string }
type Ask = { act: SignedAct; why: string | null } | null

/** A fact that is added, and a second person who is asked about it where the one table says so. */
function factHandler<Of extends Fact, Known>(
  op: OpDefinition<Of, Known, Of, AnyRefusal>,
  name: FactName,
  known: (tx: Tx, fact: Of, ctx: OpContext) => Promise<Omit<Known, 'closedAt'>>,
  asks: (fact: Of) => Ask = () => null,
): AnyHandler {
  return handle({
    op,
    caseOf: (payload) => payload.caseId,
    async load(tx, fact, ctx): Promise<Known> {
      const found = await findCase(tx, fact.caseId)
      if (found === null) throw new NotAllowed(fact.caseId, 'services')
      return { closedAt: found.closedAt, ...(await known(tx, fact, ctx)) } as Known // the two halves of it
    },
    async save(tx, fact, ctx) {
      const by = { id: ctx.me.id, opId: ctx.opId }
      await insertFact(tx, name, { ...fact }, by, await ctx.cipher('services'))
      const ask = asks(fact)
      if (ask !== null) await askSignature(tx, { id: fact.id, caseId: fact.caseId, aboutId: fact.id, ...ask }, ctx)
      const { clear, body } = split(FACTS[name], { ...fact })
      return {
        rowId: fact.id,
        part: 'services',
        version: null,
        conflicts: [],
        settled: {},
        logged: { clear: { thing: name, ...clear }, words: body },
      }
    },
  })
}

const withRecords = async (tx: Tx, { caseId }: Fact, { pack }: OpContext) => ({
  records: await recordsOf(tx, caseId),
  rules: pack.bestInterests,
})

/** A determination is signed before it holds; what is not done or not passed on is countersigned after. */
function asksAbout({ kind, outcome, question }: BestInterestsRecord): Ask {
  if (isDetermination(kind)) return { act: 'best_interests_determination', why: question }
  return outcome === 'act' ? null : { act: 'not_to_act_or_share', why: question }
}

export const bestInterests: FeatureDefinition = {
  name: 'best_interests',
  ops: [
    factHandler(ops.recordBestInterests, 'best_interests_record', withRecords, asksAbout),
    factHandler(ops.recordAppeal, 'best_interests_appeal', withRecords),
    factHandler(
      ops.protectNow,
      'urgent_protection',
      async () => ({}),
      ({ why }) => ({ act: 'urgent_protection', why }),
    ),
    factHandler(ops.decideMajor, 'major_decision', async (tx, { caseId, decision, decidedAt }) => ({
      isWeighed: await isWeighedBefore(tx, caseId, decision, decidedAt),
    })),
  ],
  packs,
  due: dueWeighing,
  heavy: protectedSince,
  routes,
  jobs: [],
}
