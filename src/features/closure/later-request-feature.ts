import { split } from '../../core/schema.ts'
import { timeZoneOf } from '../../core/read-country.ts'
import { type AnyHandler, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { findCase } from '../cases/store.ts'
import { LaterAnswer, LaterRequest } from './later-request.ts'
import { answerDue, answerRequest, noteRequest } from './later-request-ops.ts'
import { findRequest, insertAnswer, insertRequest } from './later-request-store.ts'

const byOf = (ctx: OpContext) => ({ id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt })

const noted = handle({
  op: noteRequest,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }) {
    const found = await findCase(tx, caseId)
    if (found === null) throw new NotAllowed(caseId, 'case')
    return found
  },
  async save(tx, request, ctx, { region }) {
    // Counted here, from the day it was asked: nobody sets another.
    const dueOn = answerDue(request.askedOn, timeZoneOf(ctx.pack, region))
    await insertRequest(tx, { ...request, dueOn }, byOf(ctx), await ctx.cipher('services'))
    const { clear, body } = split(LaterRequest, request)
    // How to reach the child lies apart, and is in no log.
    const { safely: _apart, ...words } = body
    return saved(request.id, { thing: 'later_request', ...clear }, words)
  },
})

const answered = handle({
  op: answerRequest,
  caseOf: (payload) => payload.caseId,
  load: (tx, { caseId, requestId }) => findRequest(tx, caseId, requestId),
  async save(tx, answer, ctx) {
    await insertAnswer(tx, answer, byOf(ctx), await ctx.cipher('services'))
    const { clear, body } = split(LaterAnswer, answer)
    return saved(answer.id, { thing: 'later_answer', ...clear }, body)
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'services', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

export const laterRequestOps: AnyHandler[] = [noted, answered]
