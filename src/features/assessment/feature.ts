import type { AnswerPart } from '../../core/questions.ts'
import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { findCase } from '../cases/store.ts'
import { TEAMS } from '../cases/team-store.ts'
import { routes } from './api.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { SafetyCheck } from './safety.ts'
import { type Sheet, SHEETS } from './sheet.ts'
import * as store from './store.ts'
import { assessmentsToApprove, dueSteps } from './team-store.ts'
import { foundUnsafe, unsafeAmong } from './unsafe-store.ts'
import { UPGRADES } from './upgrades.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: found.closedAt }
}

const byOf = (ctx: OpContext) => ({ id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt })

function saved(
  rowId: string,
  part: Saved['part'],
  clear: Record<string, unknown>,
  words: Record<string, unknown>,
): Saved {
  return { rowId, part, version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

function answerHandler(part: AnswerPart, op: typeof ops.answerSection): AnyHandler {
  return handle({
    op,
    caseOf: (payload) => payload.caseId,
    async load(tx, { caseId }, ctx) {
      const cipher = await ctx.cipher(part)
      return {
        ...(await caseOf(tx, caseId)),
        sections: ctx.pack.questions,
        // Which assessments there are is no word: whoever writes another part of them need not open `services`.
        rounds: await store.findRounds(tx, [caseId], async () => null),
        sheets: await store.findSheets(tx, part, [caseId], async () => cipher),
      }
    },
    async save(tx, sheet: Sheet, ctx) {
      await store.insertSheet(tx, part, sheet, byOf(ctx), await ctx.cipher(part))
      const { clear, body } = split(SHEETS[part], sheet)
      return saved(sheet.id, part, { thing: SHEETS[part].meta.table, ...clear }, body)
    },
  })
}

const checkSafety = handle({
  op: ops.checkSafety,
  caseOf: (payload) => payload.caseId,
  load: (tx, { caseId }) => caseOf(tx, caseId),
  async save(tx, check, ctx) {
    await store.insertCheck(tx, check, byOf(ctx), await ctx.cipher('services'))
    const { clear, body } = split(SafetyCheck, check)
    return saved(check.id, 'services', { thing: 'safety_check', ...clear }, body)
  },
})

async function loadRounds(tx: Tx, { caseId }: { caseId: string }, ctx: OpContext): Promise<ops.KnownRounds> {
  const cipher = await ctx.cipher('services')
  const open = async () => cipher
  return {
    ...(await caseOf(tx, caseId)),
    sections: ctx.pack.questions,
    rounds: await store.findRounds(tx, [caseId], open),
    sheets: await store.findSheets(tx, 'services', [caseId], open),
    submissions: await store.findSubmissions(tx, [caseId], open),
    decisions: await store.findDecisions(tx, [caseId], open),
  }
}

const assessAgain = handle({
  op: ops.beginRound,
  caseOf: (payload) => payload.caseId,
  load: loadRounds,
  async save(tx, round, ctx) {
    await store.insertRound(tx, round, byOf(ctx), await ctx.cipher('services'))
    return saved(round.id, 'services', { thing: 'assessment_round' }, { why: round.why })
  },
})

const submit = handle({
  op: ops.submitAssessment,
  caseOf: (payload) => payload.caseId,
  load: loadRounds,
  async save(tx, submission, ctx) {
    await store.insertSubmission(tx, submission, { ...byOf(ctx), writtenAt: ctx.now }, await ctx.cipher('services'))
    const { id, caseId: _case, roundId, harmToChild, ...words } = submission
    return saved(id, 'services', { thing: 'assessment_submission', roundId, harmToChild }, words)
  },
})

const decide = handle({
  op: ops.decideAssessment,
  caseOf: (payload) => payload.caseId,
  load: loadRounds,
  async save(tx, decision, ctx, known) {
    const submission = known.submissions.find((one) => one.id === decision.submissionId)
    if (submission === undefined) throw new Error('the rule has just found it')
    await store.insertDecision(tx, decision, submission.submittedBy, byOf(ctx), await ctx.cipher('services'))
    const clear = { thing: 'assessment_decision', decision: decision.decision }
    return saved(decision.id, 'services', clear, { reason: decision.reason })
  },
})

export const assessment: FeatureDefinition = {
  name: 'assessment',
  ops: [
    answerHandler('services', ops.answerSection),
    answerHandler('narrative', ops.answerAccount),
    answerHandler('health', ops.answerHealth),
    checkSafety,
    assessAgain,
    submit,
    decide,
  ],
  upgrades: UPGRADES,
  packs,
  due: dueSteps,
  unsafe: (tx, me) => unsafeAmong(tx, TEAMS(me.id)),
  heavy: foundUnsafe,
  toSign: (tx, me) => assessmentsToApprove(tx, me.id),
  routes,
  jobs: [],
}
