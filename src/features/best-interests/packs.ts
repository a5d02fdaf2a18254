import { packPart, type PackReader } from '../../server/feature.ts'
import { type FactName, FACTS, readFacts } from './store.ts'

/** Facts as a card holds them: what was weighed goes along, so that a worker reads it without a line. */
export const packs: PackReader[] = (Object.keys(FACTS) as FactName[]) // the keys of our own record
  .map((name) => ({
    thing: name,
    part: packPart(FACTS[name].meta.part),
    async read(tx, caseIds, open) {
      const facts = await readFacts(tx, name, caseIds, open)
      return facts.map((fields) => ({
        thing: name,
        id: fields.id,
        caseId: fields.caseId,
        version: null,
        whole: true,
        fields,
      }))
    },
  }))
