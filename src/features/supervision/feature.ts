import { split } from '../../core/schema.ts'
import { type FeatureDefinition, handle, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import * as ops from './ops.ts'
import { forgetting } from './jobs.ts'
import { packs } from './packs.ts'
import { FilePutRight, FileReview } from './review.ts'
import * as store from './store.ts'

const note = handle({
  op: ops.noteTalk,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({ people: (await store.talkPeople(tx, caseId)).map(({ id }) => id) }),
  async save(tx, of, ctx) {
    await store.insertNote(tx, of, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('case'))
    // The log of a case is read by its part. Nobody holds `sealed`, so no path, news or list of changes names a talk; its
    // words lie in its own row alone.
    return { ...saved(of.id, { thing: 'supervision_note' }, {}), part: 'sealed' }
  },
})

const review = handle({
  op: ops.reviewFile,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId, month }) => ({
    isReviewed: await store.isReviewed(tx, caseId, month),
  }),
  async save(tx, of, ctx) {
    await store.insertReview(tx, of, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('case'))
    const { clear, body } = split(FileReview, of)
    return saved(of.id, { thing: 'file_review', ...clear }, body)
  },
})

const putRight = handle({
  op: ops.putRight,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }) {
    const found = await findCase(tx, caseId)
    if (found === null) throw new NotAllowed(caseId, 'case')
    return { closedAt: found.closedAt, ...(await store.reviewIds(tx, caseId)) }
  },
  async save(tx, of, ctx) {
    await store.insertPutRight(tx, of, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('case'))
    const { clear, body } = split(FilePutRight, of)
    return saved(of.id, { thing: 'file_put_right', ...clear }, body)
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'case', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const supervision: FeatureDefinition = {
  name: 'supervision',
  ops: [note, review, putRight],
  packs,
  due: store.duePutRight,
  routes,
  jobs: [forgetting],
}
