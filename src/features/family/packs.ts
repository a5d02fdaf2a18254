import { factReader, type PackReader, saysDue, withoutCase } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { stirredIn } from '../../server/stirred.ts'
import { FAMILY_THINGS, type FamilyThing } from './mutable.ts'
import { canBeCalled, type FamilyPerson } from './person.ts'
import { type FactName, FACTS, findLinks, notThreatened, readFacts } from './store.ts'

const FACT_NAMES = Object.keys(FACTS) as FactName[] // the keys of our own record

/** What a device holds of a family besides: only on a visit, as who the child is (security.md 5). */
function rowsOf(name: FamilyThing, visit: boolean): PackReader {
  const thing = FAMILY_THINGS[name]
  return {
    thing: name,
    part: 'family',
    visit,
    // Where a search stands follows from what is recorded of it.
    follows: name === 'family_tracing' ? FACT_NAMES : [],
    async read(tx, caseIds, open) {
      const rows = await readRows(tx, thing, visit ? await notThreatened(tx, caseIds) : caseIds, open)
      return rows.map(({ id, caseId, version, fields }) => ({ thing: name, id, caseId, version, whole: true, fields }))
    },
  }
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
    const rows = await readRows(tx, FAMILY_THINGS.family_person, await notThreatened(tx, caseIds), open)
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
  const read = factReader(name, 'family', async (tx, caseIds, open) =>
    readFacts(tx, name, await notThreatened(tx, caseIds), open),
  )
  return { ...read, visit: true }
}

/** Codes and moments, and the other alias once both have agreed. */
const links: PackReader = {
  ...saysDue(factReader('family_link', 'family', findLinks, withoutCase), 'side', 'state', 'askedAt'),
  stirred: stirredIn('family_link'),
}

/** What is due of a search, without whom it is for: the day goes to the phone, the words do not. */
const due: PackReader = {
  thing: 'family_due',
  part: 'family',
  due: (fields) => fields,
  follows: ['family_tracing', ...FACT_NAMES],
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
      ...back.map(({ id, caseId, kind, firstVisitOn }) => ({
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

export const packs: PackReader[] = [
  callCard,
  links,
  due,
  rowsOf('family_person', true),
  rowsOf('family_tracing', true),
  ...FACT_NAMES.map(factsOf),
]

/** Everything of a family as an opened file shows it, also of a threatened child: a screen of the server, not a device. */
export const whole: PackReader[] = [
  rowsOf('family_person', false),
  rowsOf('family_tracing', false),
  links,
  ...FACT_NAMES.map((name) => factReader(name, 'family', (tx, caseIds, open) => readFacts(tx, name, caseIds, open))),
]
