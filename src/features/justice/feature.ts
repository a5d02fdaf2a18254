import { split } from '../../core/schema.ts'
import { timeZoneOf } from '../../core/country.ts'
import type { Tx } from '../../server/as-person.ts'
import { NotAllowed } from '../../server/key-broker.ts'
import { type FeatureDefinition, handle, type OpContext, type PackReader, type PackRow } from '../../server/feature.ts'
import type { ChildCase } from '../cases/case.ts'
import { findCase } from '../cases/store.ts'
import { routes } from './api.ts'
import { type ContactFacts, JusticeContact, type SafeguardAnswer } from './contact.ts'
import { FIRST_HEARING, heldFact } from './indicators.ts'
import { reminders } from './jobs.ts'
import * as ops from './ops.ts'
import { clocksOf } from './safeguards.ts'
import * as store from './store.ts'

type KnownHere = ops.Known & { of: ChildCase; answers: SafeguardAnswer[] }

async function load(tx: Tx, { caseId }: { caseId: string }, ctx: OpContext): Promise<KnownHere> {
  const of = await findCase(tx, caseId)
  if (of === null) throw new NotAllowed(caseId, 'justice')
  return {
    of,
    closedAt: of.closedAt,
    contacts: await store.findContacts(tx, caseId),
    answers: await store.findAnswers(tx, caseId),
    rules: ctx.pack.safeguards,
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
  const clocks = clocksOf(contacts, answers, ctx.pack.safeguards, timeZoneOf(ctx.pack, of.region))
  await store.replaceClocks(tx, of.id, clocks)
  for (const clock of clocks.filter((one) => one.safeguardId === FIRST_HEARING)) {
    const held = contacts.find((contact) => contact.id === clock.contactId)
    const fact = held === undefined ? null : heldFact(of, held, clock)
    if (fact !== null) await ctx.putFact(`held|${clock.contactId}`, fact)
  }
}

/** Contacts and answers as a phone holds them: codes only; words stay on the server until the file is opened there. */
const contactRows: PackReader = {
  thing: 'contact',
  part: 'justice',
  async read(tx, caseIds) {
    const rows: PackRow[] = []
    for (const caseId of caseIds)
      for (const contact of await store.findContacts(tx, caseId))
        rows.push({ thing: 'contact', id: contact.id, caseId, version: null, whole: true, fields: contact })
    return rows
  },
}

const answerRows: PackReader = {
  thing: 'answer',
  part: 'justice',
  async read(tx, caseIds) {
    const rows: PackRow[] = []
    for (const caseId of caseIds)
      for (const answer of await store.findAnswers(tx, caseId))
        rows.push({
          thing: 'answer',
          id: `${answer.contactId}|${answer.safeguardId}|${answer.answeredAt}`,
          caseId,
          version: null,
          whole: true,
          fields: answer,
        })
    return rows
  },
}

export const justice: FeatureDefinition = {
  name: 'justice',
  ops: [recordContact, answerSafeguard],
  packs: [contactRows, answerRows],
  routes,
  jobs: [reminders],
}
