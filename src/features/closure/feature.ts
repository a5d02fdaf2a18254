import { timeZoneOf } from '../../core/read-country.ts'
import { split } from '../../core/schema.ts'
import type { Tx } from '../../server/as-person.ts'
import { type FeatureDefinition, handle, type OpContext, type Saved } from '../../server/feature.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { askSignature } from '../../server/second-signatures.ts'
import { isWeighedBefore } from '../cases/major-decision-store.ts'
import { findCase, readMutable, reopen } from '../cases/store.ts'
import { routes } from './api.ts'
import { CaseClosing, CaseReopening } from './closing.ts'
import { isDuplicate } from './closing-rules.ts'
import { holdOps } from './hold-feature.ts'
import { contacting, erasing, warning } from './jobs.ts'
import { laterContactOps } from './later-contact-feature.ts'
import { laterRequestOps } from './later-request-feature.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { clocksOf } from './retention.ts'
import * as store from './store.ts'
import { UPGRADES } from './upgrades.ts'

async function caseOf(tx: Tx, caseId: string) {
  const found = await findCase(tx, caseId)
  if (found === null) throw new NotAllowed(caseId, 'case')
  return found
}

const byOf = (ctx: OpContext) => ({ id: ctx.me.id, opId: ctx.opId, at: ctx.me.askedAt })

const askToClose = handle({
  op: ops.askToClose,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }, ctx) => ({
    closedAt: (await caseOf(tx, caseId)).closedAt,
    closings: await store.closingsOf(tx, caseId),
    isWeighed: await isWeighedBefore(tx, caseId, 'closure', ctx.now),
    ...(await store.otherFile(tx, caseId)),
  }),
  async save(tx, closing, ctx) {
    const { id: aboutId, caseId } = closing
    await store.insertClosing(tx, closing, byOf(ctx), await ctx.cipher('services'))
    await askSignature(tx, { id: aboutId, act: 'close_case', caseId, aboutId, why: null }, ctx)
    const { clear, body } = split(CaseClosing, closing)
    // How to reach the child lies apart, and is in no log.
    const { contactSafely: _apart, ...words } = body
    return saved(aboutId, { thing: 'case_closing', ...clear }, words)
  },
})

const reopenCase = handle({
  op: ops.reopenCase,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({ closedAt: (await caseOf(tx, caseId)).closedAt }),
  async save(tx, reopening, ctx) {
    const { id: aboutId, caseId } = reopening
    await store.insertReopening(tx, reopening, byOf(ctx), await ctx.cipher('services'))
    await reopen(tx, caseId)
    await askSignature(tx, { id: aboutId, act: 'reopen_case', caseId, aboutId, why: null }, ctx)
    const { clear, body } = split(CaseReopening, reopening)
    return saved(aboutId, { thing: 'case_reopening', ...clear }, body)
  },
})

function saved(rowId: string, clear: Record<string, unknown>, words: Record<string, unknown>): Saved {
  return { rowId, part: 'services', version: null, conflicts: [], settled: {}, logged: { clear, words } }
}

/**
 * Closes the case as it was asked and starts the clocks of what is in it, in the transaction of the signature and at the server's
 * own moment: a phone's clock, or whoever sets it, brings no erasure nearer.
 */
async function closeAs(tx: Tx, caseId: string, closing: store.ClosingRow | undefined, ctx: OpContext): Promise<void> {
  const { closedAt, region } = await caseOf(tx, caseId)
  if (closedAt !== null || closing === undefined) return
  const { reason, asksToKeep } = closing
  const moment = ctx.me.askedAt
  const closed = { closedAt: moment, reason, asksToKeep, birthYear: await birthYearOf(tx, caseId, ctx) }
  const clocks = clocksOf(closed, ctx.pack.retention, timeZoneOf(ctx.pack, region))
  await store.closeAsAnswered(tx, caseId, ctx.opId, { at: moment, reason, clocks })
}

async function birthYearOf(tx: Tx, caseId: string, ctx: OpContext): Promise<number | null> {
  const cipher = await ctx.reads('identity')
  const found = cipher === null ? null : await readMutable(tx, 'child_identity', caseId, cipher)
  const year = found?.fields.birthYear
  return typeof year === 'number' ? year : null
}

export const closure: FeatureDefinition = {
  name: 'closure',
  ops: [askToClose, reopenCase, ...laterContactOps, ...laterRequestOps, ...holdOps],
  upgrades: UPGRADES,
  packs,
  whyNotSign: {
    async close_case(tx, { caseId, aboutId }) {
      const closing = (await store.closingsOf(tx, caseId)).find((one) => one.id === aboutId)
      if (closing === undefined || !isDuplicate(closing.reason)) return null
      const fault = await store.duplicateFault(tx, caseId)
      if (fault === null) return null
      return fault === 'one_hand' ? { reason: 'duplicate_one_hand' } : { reason: 'duplicate_without_file' }
    },
  },
  signed: {
    async close_case(tx, { caseId, aboutId }, decision, ctx) {
      const closings = await store.closingsOf(tx, caseId)
      if (decision === 'signed')
        await closeAs(
          tx,
          caseId,
          closings.find((one) => one.id === aboutId),
          ctx,
        )
    },
    // It was open at once; whoever declines it closes it again, as it was closed before.
    async reopen_case(tx, { caseId }, decision, ctx) {
      if (decision === 'declined') await closeAs(tx, caseId, (await store.closingsOf(tx, caseId)).at(-1), ctx)
    },
  },
  routes,
  jobs: [warning, erasing, contacting],
}
