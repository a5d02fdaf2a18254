import { split } from '../../core/schema.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import type { Tx } from '../../server/as-person.ts'
import { type AnyHandler, type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { editRow, readRow } from '../../server/mutable-rows.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import type { KnownRow, RowEdit } from '../cases/edits.ts'
import { followUpOps } from './follow-up-feature.ts'
import { CARE_THINGS, type CareThing } from './mutable.ts'
import { CareNote } from './note.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { changesThePlan } from './plan.ts'
import * as planOps from './plan-ops.ts'
import {
  careLoad,
  careMonth,
  goalIds,
  insertDecision,
  insertSubmission,
  dueCare,
  plansToApprove,
  readPlan,
} from './plan-store.ts'
import * as store from './store.ts'

const addNote = handle({
  op: ops.addNote,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({ ...(await caseOf(tx, caseId)), notes: await store.noteIds(tx, caseId) }),
  async save(tx, note, ctx) {
    await store.insertNote(tx, note, { id: ctx.me.id, opId: ctx.opId }, await ctx.cipher('narrative'))
    const { clear, body } = split(CareNote, note)
    return {
      rowId: note.id,
      part: 'narrative',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'care_note', ...clear }, words: body },
    }
  },
})

async function caseOf(tx: Tx, caseId: string): Promise<{ closedAt: KnownRow['closedAt'] }> {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return { closedAt: found.closedAt }
}

/** An edit of one row of a thing, with what else its rule must know. */
function editHandler<Known extends KnownRow>(
  op: OpDefinition<RowEdit, Known, RowEdit, AnyRefusal>,
  name: Exclude<CareThing, 'care_return'>,
  alsoKnown: (tx: Tx, edit: RowEdit, ctx: OpContext) => Promise<Omit<Known, keyof KnownRow>>,
): AnyHandler {
  const thing = CARE_THINGS[name]
  return handle({
    op,
    caseOf: (payload) => payload.caseId,
    async load(tx, edit, ctx): Promise<Known> {
      const row = await readRow(tx, thing, edit, await ctx.cipher(thing.meta.part))
      const known = { ...(await caseOf(tx, edit.caseId)), row: row?.fields ?? null }
      return { ...known, ...(await alsoKnown(tx, edit, ctx)) } as Known // the two halves of it
    },
    async save(tx, { id, caseId, set }, ctx) {
      const cipher = await ctx.cipher(thing.meta.part)
      const edit = { id, caseId, set, baseVersion: ctx.baseVersion ?? 0, opId: ctx.opId }
      // The server's own moment: an edit that comes late from a phone must not look older than the approval it changes.
      const beside = name !== 'care_task' && changesThePlan(set) ? { beside: { plannedAt: ctx.me.askedAt } } : {}
      const { version, conflicts } = await editRow(tx, thing, { ...edit, ...beside }, cipher)
      const { clear, body } = split(thing, set)
      return {
        rowId: id,
        part: thing.meta.part,
        version,
        conflicts,
        settled: {},
        logged: { clear: { thing: name, set: clear }, words: body },
      }
    },
  })
}

type LoadPlan = (tx: Tx, payload: { caseId: string }, ctx: OpContext) => Promise<planOps.KnownPlan>

const loadPlan: LoadPlan = async (tx, { caseId }, ctx) => ({
  ...(await caseOf(tx, caseId)),
  ...(await readPlan(tx, caseId, await ctx.cipher('services'))),
})

const submitPlan = handle({
  op: planOps.submitPlan,
  caseOf: (payload) => payload.caseId,
  load: loadPlan,
  async save(tx, submission, ctx) {
    const by = { id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt }
    await insertSubmission(tx, submission, by, await ctx.cipher('services'))
    return answered(submission.id, 'care_submission', {}, { note: submission.note })
  },
})

const decidePlan = handle({
  op: planOps.decidePlan,
  caseOf: (payload) => payload.caseId,
  load: loadPlan,
  async save(tx, decision, ctx, known) {
    const submission = known.submissions.find((one) => one.id === decision.submissionId)
    if (submission === undefined) throw new Error('the rule has just found it')
    const by = { id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt }
    await insertDecision(tx, decision, submission.submittedBy, by, await ctx.cipher('services'))
    return answered(decision.id, 'care_decision', { decision: decision.decision }, { reason: decision.reason })
  },
})

function answered(rowId: string, thing: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return {
    rowId,
    part: 'services',
    version: null,
    conflicts: [],
    settled: {},
    logged: { clear: { thing, ...clear }, words },
  }
}

export const care: FeatureDefinition = {
  name: 'care',
  ops: [
    addNote,
    editHandler(ops.editTask, 'care_task', async (tx, { caseId }) => ({ team: await store.teamOf(tx, caseId) })),
    editHandler(planOps.editPlan, 'care_plan', async () => ({})),
    editHandler(planOps.editGoal, 'care_goal', async () => ({})),
    editHandler(planOps.editAction, 'care_action', async (tx, { caseId }) => ({ goals: await goalIds(tx, caseId) })),
    submitPlan,
    decidePlan,
    ...followUpOps,
  ],
  mutable: Object.values(CARE_THINGS),
  packs,
  due: dueCare,
  load: (tx, me) => careLoad(tx, me.id),
  heavy: store.foldedNotes,
  month: (tx, me, time) => careMonth(tx, me.id, time),
  toSign: (tx, me) => plansToApprove(tx, me.id),
  routes,
  jobs: [],
}
