import { split } from '../../core/schema.ts'
import { type FeatureDefinition, handle } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { askSignature } from '../../server/second-signatures.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { type Ground, NamedCopy } from './named-copy.ts'
import { groundsOf, insertCopy } from './named-copy-store.ts'
import { askNamedCopy, type KnownToCopy } from './ops.ts'

const ask = handle({
  op: askNamedCopy,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId, recipient }, ctx): Promise<KnownToCopy & { ground: Ground | null }> {
    const found = await findCase(tx, caseId)
    if (found === null) throw new NotAllowed(caseId, 'case')
    const ground = (await groundsOf(tx, caseId)).find((one) => one.recipient === recipient) ?? null
    return { closedAt: found.closedAt, recipients: ctx.pack.consent.recipients, hasGround: ground !== null, ground }
  },
  async save(tx, copy, ctx, { ground }) {
    const { id, caseId } = copy
    if (ground === null) throw new NotAllowed(caseId, 'services')
    const by = { id: ctx.me.id, opId: ctx.opId, at: ctx.now }
    await insertCopy(tx, copy, ground, by, await ctx.cipher('services'))
    await askSignature(tx, { id, act: 'give_named_copy', caseId, aboutId: id, why: copy.why }, ctx)
    const { clear, body } = split(NamedCopy, copy)
    return {
      rowId: id,
      part: 'services',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'named_copy', ...clear }, words: body },
    }
  },
})

export const copies: FeatureDefinition = { name: 'copies', ops: [ask], packs: [], routes, jobs: [] }
