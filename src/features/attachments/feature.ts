import { type FeatureDefinition, handle } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { saidNoTo } from '../cases/said-no-store.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { addFile } from './ops.ts'
import { bytesThere, insertFile } from './store.ts'

const adding = handle({
  op: addFile,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }, ctx) {
    const found = await findCase(tx, caseId)
    if (found === null) throw new NotAllowed(caseId, 'case')
    return {
      closedAt: found.closedAt,
      saidNo: await saidNoTo(tx, caseId, 'photo'),
      there: { isTaken: ctx.takesFiles, ...(await bytesThere(tx, caseId, ctx.me.id)) },
    }
  },
  async save(tx, file, ctx) {
    const by = { id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt }
    await insertFile(tx, file, by, await ctx.cipher(file.part))
    const { id, part, kind, title, sha256 } = file
    return {
      rowId: id,
      part,
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'case_attachment', kind }, words: { title, sha256 } },
    }
  },
})

export const attachments: FeatureDefinition = {
  name: 'attachments',
  ops: [adding],
  packs: [],
  routes,
  jobs: [],
}
