import { split } from '../../core/schema.ts'
import { timeZoneOf } from '../../core/read-country.ts'
import { newId } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { type FeatureDefinition, handle, type OpContext } from '../../server/feature.ts'
import { askSignature, signaturesAbout } from '../../server/second-signatures.ts'
import type { ChildCase } from '../cases/case.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { type ContactFacts, JusticeContact, type SafeguardAnswer } from './contact.ts'
import { HELD, heldFacts } from './indicators.ts'
import { reminders } from './jobs.ts'
import * as ops from './ops.ts'
import { packs } from './packs.ts'
import { clocksOf } from './safeguards.ts'
import * as store from './store.ts'
import { UPGRADES } from './upgrades.ts'

type KnownHere = ops.Known & { of: ChildCase; answers: SafeguardAnswer[] }

async function load(tx: Tx, { caseId }: { caseId: string }, ctx: OpContext): Promise<KnownHere> {
  const of = await findCase(tx, caseId)
  if (of === null) throw new NotAllowed(caseId, 'justice')
  return {
    of,
    closedAt: of.closedAt,
    contacts: await store.findContacts(tx, [caseId]),
    answers: await store.findAnswers(tx, [caseId]),
    rules: ctx.pack.safeguards,
    supervisorAgreed: (await store.findAgreement(tx, caseId)) !== null,
  }
}

const recordContact = handle({
  op: ops.recordContact,
  caseOf: (payload) => payload.caseId,
  load,
  async save(tx, { contact, answers }, ctx, known) {
    const cipher = await ctx.cipher('justice')
    await store.insertContact(tx, contact, ctx.opId, cipher)
    await store.insertFirstAnswers(tx, contact.caseId, ctx.opId, answers)
    await workOutClocks(tx, ctx, known.of, [...known.contacts, contact], [...known.answers, ...answers])
    const { clear, body } = split(JusticeContact, contact)
    return {
      rowId: contact.id,
      part: 'justice',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'contact', ...clear }, words: body },
    }
  },
})

const answerSafeguard = handle({
  op: ops.answerSafeguard,
  caseOf: (payload) => payload.caseId,
  load,
  async save(tx, answer, ctx, known) {
    const cipher = await ctx.cipher('justice')
    await store.insertAnswer(tx, answer, ctx.opId, ctx.now, cipher)
    await workOutClocks(tx, ctx, known.of, known.contacts, [...known.answers, { ...answer, answeredAt: ctx.now }])
    const { saidBy, words, ...coded } = answer
    return {
      rowId: answer.id,
      part: 'justice',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'answer', ...coded }, words: { saidBy, words } },
    }
  },
})

/** The clocks are a function of all facts of the case; so are the coded facts the figures are made from. */
async function workOutClocks(
  tx: Tx,
  ctx: OpContext,
  of: ChildCase,
  contacts: readonly ContactFacts[],
  answers: readonly SafeguardAnswer[],
): Promise<void> {
  const timeZone = timeZoneOf(ctx.pack, of.region)
  const clocks = clocksOf(contacts, answers, ctx.pack.safeguards, timeZone)
  await store.replaceClocks(tx, of.id, clocks)
  await ctx.replaceFacts(HELD, heldFacts(of, contacts, clocks, timeZone))
}

const askWithoutVictim = handle({
  op: ops.askWithoutVictim,
  caseOf: (payload) => payload.caseId,
  load: async (tx, { caseId }) => ({
    closedAt: (await findCase(tx, caseId))?.closedAt ?? null,
    supervisorAgreed: (await store.findAgreement(tx, caseId)) !== null,
    isAsked: (await signaturesAbout(tx, caseId)).some((one) => one.act === 'leave_out_victim' && one.answer === null),
  }),
  async save(tx, { id, caseId, why }, ctx) {
    await askSignature(tx, { id, act: 'leave_out_victim', caseId, aboutId: caseId, why }, ctx)
    return {
      rowId: id,
      part: 'justice',
      version: null,
      conflicts: [],
      settled: {},
      logged: { clear: { thing: 'victim_request' }, words: { why } },
    }
  },
})

export const justice: FeatureDefinition = {
  name: 'justice',
  ops: [recordContact, answerSafeguard, askWithoutVictim],
  upgrades: UPGRADES,
  packs,
  signed: {
    async leave_out_victim(tx, { caseId }, decision, ctx) {
      if (decision === 'signed')
        await store.insertAgreement(tx, {
          id: newId(),
          caseId,
          opId: ctx.opId,
          personId: ctx.me.id,
          agreedAt: ctx.me.askedAt,
        })
    },
  },
  due: store.dueDuties,
  load: (tx, me) => store.limitLoad(tx, me.id),
  month: (tx, me, time) => store.justiceMonth(tx, me.id, time),
  routes,
  jobs: [reminders],
}
