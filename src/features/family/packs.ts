import type { PackReader } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { findCase } from '../cases/store.ts'
import { FAMILY_THINGS, type FamilyThing } from './mutable.ts'
import { canBeCalled, type FamilyPerson } from './person.ts'
import { casesWithNewLinks, type FactName, FACTS, findLinks, readFacts } from './store.ts'

/** What a device holds of a family besides: only on a visit, as who the child is (security.md 5). */
function rowsOf(name: FamilyThing, visit: boolean): PackReader {
  const thing = FAMILY_THINGS[name]
  return {
    thing: name,
    part: 'family',
    visit,
    async read(tx, caseIds, open) {
      const rows = await readRows(tx, thing, await notThreatened(tx, caseIds, visit), open)
      return rows.map(({ id, caseId, version, fields }) => ({ thing: name, id, caseId, version, whole: true, fields }))
    },
  }
}

/** A device never holds who is around a threatened child. */
async function notThreatened(tx: Parameters<PackReader['read']>[0], caseIds: string[], onDevice: boolean) {
  if (!onDevice) return caseIds
  const safe: string[] = []
  for (const caseId of caseIds) if ((await findCase(tx, caseId))?.threatened === false) safe.push(caseId)
  return safe
}

/**
 * The numbers on a worker's own phone: of those who may be called, what the child calls them, and the number. A card's part of
 * the family, as `child_card` is one of the identity; all else stays on the server until a visit.
 */
const callCard: PackReader = {
  thing: 'family_call',
  part: 'family',
  follows: ['family_person'],
  async read(tx, caseIds, open) {
    const rows = await readRows(tx, FAMILY_THINGS.family_person, await notThreatened(tx, caseIds, true), open)
    return rows.map(({ id, caseId, version, fields }) => {
      const { relation, roles, mayBeCalled, callName, phone, calledWhen } = fields
      // Whoever may not be called any more is a row without a word: the number leaves the device that held it.
      const mayCall = canBeCalled(fields as FamilyPerson) // rows hold what passed the schema
      const shown = mayCall ? { relation, roles, mayBeCalled, callName, phone, calledWhen } : { phone: null }
      return { thing: 'family_call', id, caseId, version, whole: true, fields: shown }
    })
  },
}

function factsOf(name: FactName): PackReader {
  return {
    thing: name,
    part: 'family',
    visit: true,
    async read(tx, caseIds, open) {
      const facts = await readFacts(tx, name, await notThreatened(tx, caseIds, true), open)
      return facts.map((one) => ({ thing: name, version: null, whole: true, ...one }))
    },
  }
}

/** Codes and moments, and the other alias once both have agreed. */
const links: PackReader = {
  thing: 'family_link',
  part: 'family',
  async read(tx, caseIds) {
    const found = await findLinks(tx, caseIds)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'family_link',
      id: fields.id,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
  stirred: casesWithNewLinks,
}

/** What is due of a search, without whom it is for: the day goes to the phone, the words do not. */
const due: PackReader = {
  thing: 'family_due',
  part: 'family',
  follows: ['family_tracing', 'family_reunification', 'family_verification'],
  async read(tx, caseIds, open) {
    const rows = await readRows(tx, FAMILY_THINGS.family_tracing, caseIds, open)
    const back = await readFacts(tx, 'family_reunification', caseIds, open)
    return [
      ...rows.map(({ id, caseId, version, fields: { state, nextOn } }) => ({
        thing: 'family_due',
        id,
        caseId,
        version,
        whole: true,
        fields: { kind: 'step', state, on: nextOn },
      })),
      ...back.map(({ id, caseId, fields: { kind, firstVisitOn } }) => ({
        thing: 'family_due',
        id,
        caseId,
        version: null,
        whole: true,
        fields: { kind: 'visit', state: kind, on: firstVisitOn },
      })),
    ]
  },
}

const facts = (Object.keys(FACTS) as FactName[]).map(factsOf) // the keys of our own record

export const packs: PackReader[] = [
  callCard,
  links,
  due,
  rowsOf('family_person', true),
  rowsOf('family_tracing', true),
  ...facts,
]

/** Everything of a family as an opened file shows it, also of a threatened child: a screen of the server, not a device. */
export const whole: PackReader[] = [
  rowsOf('family_person', false),
  rowsOf('family_tracing', false),
  links,
  ...facts.map((reader): PackReader => ({
    ...reader,
    async read(tx, caseIds, open) {
      const name = reader.thing as FactName // made of one above
      const found = await readFacts(tx, name, caseIds, open)
      return found.map((one) => ({ thing: name, version: null, whole: true, ...one }))
    },
  })),
]
