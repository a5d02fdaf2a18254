import { factReader, packPart, type PackReader } from '../../server/feature.ts'
import { type FactName, FACTS, readFacts } from './store.ts'

/** Facts as a card holds them: what was weighed goes along, so that a worker reads it without a line. */
export const packs: PackReader[] = (Object.keys(FACTS) as FactName[]) // the keys of our own record
  .map((name) =>
    factReader(name, packPart(FACTS[name].meta.part), (tx, caseIds, open) => readFacts(tx, name, caseIds, open)),
  )
