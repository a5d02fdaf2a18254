import { handle } from '../../server/feature.ts'
import { textsOfRequest } from './match.ts'
import * as store from './match-store.ts'
import * as ops from './ops.ts'
import { findCase } from './store.ts'

/** The number of `match_request.body` in the schema registry. */
export const MATCH_FIELD = 15

/** Nothing here depends on whether any file is like it: the job compares later, and the answer is always the same. */
export const requestMatch = handle({
  op: ops.requestMatch,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }) {
    const { closedAt = null, openedAt = null } = (await findCase(tx, caseId)) ?? {}
    return { closedAt, openedAt, today: await store.matchRequestsToday(tx) }
  },
  async save(tx, change, ctx) {
    const { id, caseId, ...words } = change
    const { givenNames, otherNames, birthYear, sex, origin } = words
    const names = `${givenNames} ${otherNames}`
    const buckets = await store.bucketsOf(textsOfRequest({ names, birthYear, sex, origin }), ctx.matchBucket)
    const apart = await ctx.sealApart(MATCH_FIELD, id, { names, birthYear, sex, origin })
    await store.insertMatchRequest(tx, { id, caseId, opId: ctx.opId, personId: ctx.me.id, buckets, apart })
    return {
      rowId: id,
      part: 'identity',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'match_request' }, words: {} },
    }
  },
})

export const answerMatch = handle({
  op: ops.answerMatch,
  caseOf: (payload) => payload.caseId,
  async load(tx, { hitId, caseId }) {
    const hit = await store.findHit(tx, hitId, caseId)
    return { waiting: hit?.state === 'waiting' }
  },
  async save(tx, { hitId, caseId, decision }, ctx) {
    await store.settleHit(tx, hitId, decision, ctx.me.id)
    return {
      rowId: hitId,
      part: 'identity',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'match_hit', caseId, decision }, words: {} },
    }
  },
})
