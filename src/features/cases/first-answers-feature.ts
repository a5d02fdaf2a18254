import { split } from '../../core/schema.ts'
import { handle } from '../../server/feature.ts'
import { FirstAnswers } from './case.ts'
import { writeFirstAnswers } from './first-answers-ops.ts'
import { insertFirstAnswers, isOpener } from './first-answers-store.ts'
import { findCase } from './store.ts'
import { askToKeepRecord } from './without-consent-store.ts'

export const firstAnswers = handle({
  op: writeFirstAnswers,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }, { me }) => ({
    closedAt: (await findCase(tx, caseId))?.closedAt ?? null,
    isOpener: await isOpener(tx, caseId, me.id),
  }),
  async save(tx, answers, ctx) {
    await insertFirstAnswers(tx, answers, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('narrative'))
    const { caseId, basis, basisWords: why } = answers
    if (basis === 'lawful_basis') await askToKeepRecord(tx, { caseId, why, before: null }, ctx)
    const { clear, body } = split(FirstAnswers, answers)
    const logged = { clear: { thing: 'first_answers', ...clear }, words: body }
    return { rowId: answers.id, part: 'narrative', version: null, conflicts: [], settled: {}, logged }
  },
})
