import { openConflictBody } from './differences.ts'
import { isMadeOf, makeAlias, TRIES_WITH_TWO_WORDS } from './alias.ts'
import { routes } from './api.ts'
import { isAgreed } from './basis.ts'
import { MUTABLE, type MutableName } from './case.ts'
import { firstAnswers } from './first-answers-feature.ts'
import { forgetting, matching } from './jobs.ts'
import { answerMatch, requestMatch } from './match-feature.ts'
import { indexForMatching } from './match-store.ts'
import * as ops from './ops.ts'
import { insertCase, isImport } from './new-case-store.ts'
import { packs } from './packs.ts'
import { saidNoTo, THE_RECORD } from './said-no-store.ts'
import * as store from './store.ts'
import { askToKeepRecord, basisBefore } from './without-consent-store.ts'
import { caseLoad, caseMonth, dueFirstSteps } from './team-store.ts'
import { type AnyHandler, type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import type { Tx } from '../../server/as-person.ts'
import { randomBytes } from '../../crypto/random.ts'
import { editRow, type MutableThing, readRow } from '../../server/mutable-rows.ts'
import { split } from '../../core/schema.ts'

const openCase = handle({
  op: ops.openCase,
  leavesRights: true,
  caseOf: (payload) => payload.id,
  async load(tx, payload, ctx) {
    return {
      exists: await store.caseExists(tx, payload.id),
      regions: ctx.pack.regions.map((region) => region.code),
      orgIsMine: payload.orgId === ctx.me.orgId,
      teamIsMine: await store.teamIsOurs(tx, payload.teamId, ctx.me.orgId),
      isImport: payload.takenIn === true && (await isImport(tx, null)),
    }
  },
  async save(tx, change, ctx) {
    // A phone of ours makes it from the lists; whatever else is sent may be a name, and is not kept anywhere.
    const isOurs = isMadeOf(Object.values(ctx.pack.aliasWords), change.alias)
    const wanted = isOurs ? change : { ...change, alias: anotherAlias(ctx, 0) }
    const takenInAt = change.takenIn === true ? ctx.me.askedAt : null
    const by = { me: ctx.me.id, openedAt: ctx.now, takenInAt }
    const alias = await insertCase(tx, wanted, ctx.opId, by, (attempt) => anotherAlias(ctx, attempt))
    // The key of the file's own part is there from the first day: whoever may only read the file can ask about the work.
    await ctx.cipher('case')
    return {
      rowId: change.id,
      part: 'case',
      version: 1,
      conflicts: [],
      settled: alias === change.alias ? {} : { alias },
      logged: { clear: { ...change, alias }, words: {} },
    }
  },
})

function anotherAlias({ pack, me }: OpContext, attempt: number): string {
  const lists = pack.aliasWords[me.language] ?? pack.aliasWords.en
  if (lists === undefined) throw new Error('a pack has alias words in English at least')
  const [a, b, c] = new Uint32Array(randomBytes(12).buffer)
  return makeAlias(lists, a ?? 0, b ?? 0, attempt > TRIES_WITH_TWO_WORDS ? (c ?? 0) : null)
}

async function loadOpen(tx: Tx, { caseId }: { caseId: string }) {
  const { closedAt = null, openedAt = null } = (await store.findCase(tx, caseId)) ?? {}
  return { closedAt, openedAt }
}

function editHandler(op: typeof ops.editCard, name: MutableName): AnyHandler {
  return handle({
    op,
    leavesRights: true,
    caseOf: (payload) => payload.caseId,
    async load(tx, edit) {
      const open = await loadOpen(tx, edit)
      const agrees = name === 'safe_start' && isAgreed(edit.set.basis)
      return agrees ? { ...open, saidNoToRecord: await saidNoTo(tx, edit.caseId, THE_RECORD) } : open
    },
    async save(tx, change, ctx): Promise<Saved> {
      const { part } = MUTABLE[name].meta
      const cipher = await ctx.cipher(part)
      const isBasis = name === 'safe_start' && ('basis' in change.set || 'basisWords' in change.set)
      const before = isBasis ? await basisBefore(tx, change.caseId) : null
      const { version, conflicts, fields } = await store.editMutable(
        tx,
        name,
        { caseId: change.caseId, set: change.set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId },
        cipher,
      )
      if (part === 'identity') await indexForMatching(tx, change.caseId, cipher, ctx, { [name]: fields })
      // A phone sends what has changed: where only the words have, the answer that stands is meant.
      const basis = 'basis' in change.set ? change.set.basis : before
      if (isBasis && basis === 'lawful_basis' && ctx.me.role === 'case_worker')
        await askToKeepRecord(tx, { caseId: change.caseId, why: textOf(fields.basisWords), before }, ctx)
      const { clear, body } = split(MUTABLE[name], change.set)
      return {
        rowId: change.caseId,
        part,
        version,
        conflicts,
        settled: {},
        logged: { clear: { thing: name, set: clear }, words: body },
      }
    },
  })
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

const shieldCase = handle({
  op: ops.shieldCase,
  caseOf: (payload) => payload.caseId,
  load: loadOpen,
  async save(tx, { caseId, threatened }) {
    return caseSaved(caseId, await store.setThreatened(tx, caseId, threatened), { threatened })
  },
})

const assign = handle({
  op: ops.assignCase,
  caseOf: (payload) => payload.caseId,
  async load(tx, payload, ctx) {
    return {
      ...(await loadOpen(tx, payload)),
      worker: await store.findWorker(tx, payload.personId),
      teamIsOurs: await store.teamIsOurs(tx, payload.teamId, ctx.me.orgId),
    }
  },
  async save(tx, { caseId, ...to }) {
    const version = await store.assign(tx, caseId, to)
    return caseSaved(caseId, version, { workerId: to.personId, teamId: to.teamId })
  },
})

const takeAlong = handle({
  op: ops.takeAlong,
  caseOf: (payload) => payload.caseId,
  async load(tx, { caseId }, ctx) {
    const of = await store.findCase(tx, caseId)
    const taken = await store.visitEnds(tx, ctx.device)
    taken.delete(caseId)
    return { closedAt: of?.closedAt ?? null, isMine: of?.workerId === ctx.me.id, others: taken.size }
  },
  async save(tx, { caseId, endsAt }, ctx) {
    await store.markVisit(tx, { device: ctx.device, personId: ctx.me.id, caseId, endsAt })
    return {
      rowId: caseId,
      part: 'case',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'visit', taken: endsAt !== null }, words: {} },
    }
  },
})

const notePrint = handle({
  op: ops.notePrint,
  caseOf: (payload) => payload.caseId,
  load: async () => null,
  save: async (_tx, { id, what, named }) => ({
    rowId: id,
    part: 'case',
    version: null,
    conflicts: [],
    settled: {},
    logged: { clear: { thing: 'print', what, named }, words: {} },
  }),
})

const settleDifference = handle({
  op: ops.settleDifference,
  caseOf: (payload) => payload.caseId,
  async load(tx, payload, ctx) {
    const { closedAt } = await loadOpen(tx, payload)
    const found = await store.findConflict(tx, payload.conflictId, payload.caseId)
    if (found === null || found.settledAt !== null) return { closedAt, open: false, bothFit: false }
    if (payload.keep !== 'both') return { closedAt, open: true, bothFit: false }
    const thing = ctx.mutable(found.thing)
    const { field } = openConflictBody(found, await ctx.cipher(thing.meta.part))
    return { closedAt, open: true, bothFit: thing.sealed.includes(field) && fits(thing, field, payload.both) }
  },
  async save(tx, { conflictId, caseId, keep, both }, ctx) {
    const found = await store.findConflict(tx, conflictId, caseId)
    if (found === null) throw new Error('the difference was open a moment ago')
    const thing = ctx.mutable(found.thing)
    const { part } = thing.meta
    const cipher = await ctx.cipher(part)
    const { field, mine, theirs } = openConflictBody(found, cipher)
    const at = { id: found.rowId, caseId }
    const now = await readRow(tx, thing, at, cipher)
    const chosen = keep === 'both' ? both : keep === 'mine' ? mine : theirs
    const isBasis = thing === MUTABLE.safe_start && field === 'basis'
    // Once the ledger has a no, neither yes is chosen any more: the difference ends, and what stands stays.
    const isOver = isBasis && isAgreed(chosen) && (await saidNoTo(tx, caseId, THE_RECORD))
    const before = now?.fields[field] ?? null
    const set = { [field]: isOver ? before : chosen }
    const { version } = await editRow(tx, thing, { ...at, set, baseVersion: now?.version ?? 0, opId: ctx.opId }, cipher)
    if (part === 'identity') await indexForMatching(tx, caseId, cipher, ctx)
    if (isBasis && set.basis === 'lawful_basis' && before !== 'lawful_basis')
      await askToKeepRecord(tx, { caseId, why: textOf(now?.fields.basisWords), before: textOf(before) }, ctx)
    await store.endConflict(tx, conflictId, ctx.me.id)
    const { clear, body } = split(thing, set)
    return {
      rowId: at.id,
      part,
      version,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: found.thing, set: clear, conflictId }, words: body },
    }
  },
})

const fits = ({ schema }: MutableThing, field: string, value: unknown) =>
  value !== null && value !== '' && schema.shape[field]?.safeParse(value).success === true

function caseSaved(caseId: string, version: number, set: Record<string, unknown>): Saved {
  return {
    rowId: caseId,
    part: 'case',
    version,
    conflicts: [],
    settled: {},
    logged: { clear: { thing: 'case', set }, words: {} },
  }
}

export const cases: FeatureDefinition = {
  name: 'cases',
  ops: [
    openCase,
    editHandler(ops.editCard, 'child_card'),
    editHandler(ops.editIdentity, 'child_identity'),
    editHandler(ops.editSafeStart, 'safe_start'),
    firstAnswers,
    requestMatch,
    answerMatch,
    assign,
    shieldCase,
    takeAlong,
    notePrint,
    settleDifference,
  ],
  mutable: Object.values(MUTABLE),
  packs,
  due: dueFirstSteps,
  load: caseLoad,
  month: caseMonth,
  routes,
  jobs: [matching, forgetting],
}
