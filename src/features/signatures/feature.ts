import { ruleOf } from '../../core/second-signature.ts'
import { type FeatureDefinition, handle } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import {
  dueDeclined,
  findSignature,
  keepAnswer,
  type SignatureState,
  waitingFor,
} from '../../server/second-signatures.ts'
import { keepTalk, mayBeCalled } from '../../server/signature-talks.ts'
import { routes } from './api.ts'
import { reminders } from './jobs.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { UPGRADES } from './upgrades.ts'

const answer = handle({
  op: ops.answerSignature,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId, signatureId, act }, ctx): Promise<ops.KnownRequest & { request: SignatureState }> {
    const request = await findSignature(tx, signatureId, caseId)
    // A request of another act would be answered under another part's key.
    if (request === null || request.act !== act) throw new NotAllowed(caseId, ruleOf(act).part)
    return {
      request,
      askedBy: request.askedBy,
      isAnswered: request.answer !== null,
      whyNot: await ctx.whyNotSign(request),
    }
  },
  async save(tx, { id, decision, reason }, ctx, { request }) {
    await keepAnswer(tx, { id, request, decision, reason }, ctx)
    await ctx.signed(request, decision)
    return {
      rowId: id,
      part: request.part,
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'second_signature_answer', act: request.act, decision }, words: { reason } },
    }
  },
})

const talk = handle({
  op: ops.noteTalk,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId, signatureId, act, personId }): Promise<ops.KnownTalk & { request: SignatureState | null }> {
    const found = await findSignature(tx, signatureId, caseId)
    const request = found?.act === act ? found : null
    const isOne = request === null || personId === null ? null : await mayBeCalled(tx, request.id, personId)
    return { request, isThere: request !== null, askedAt: request?.askedAt ?? null, mayBeCalled: isOne }
  },
  async save(tx, { id, personId, who, at, said, words }, ctx, { request }) {
    if (request === null) throw new Error('decide refuses a call about nothing')
    await keepTalk(tx, { id, request, personId, at, said }, { who: personId === null ? who : null, words }, ctx)
    return {
      rowId: id,
      part: request.part,
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'signature_talk', act: request.act, said }, words: { who, words } },
    }
  },
})

export const signatures: FeatureDefinition = {
  name: 'signatures',
  ops: [answer, talk],
  upgrades: UPGRADES,
  packs,
  due: dueDeclined,
  toSign: waitingFor,
  routes,
  jobs: [reminders],
}
