import { factReader, packPart, type PackReader, saysDue } from '../../server/feature.ts'
import { type FactName, FACTS, readFacts } from './store.ts'

const SAYS_DUE: { [name in FactName]?: string[] } = {
  best_interests_record: ['id', 'kind', 'decidedAt', 'reviewOn', 'reviews'],
  best_interests_appeal: ['id', 'recordId', 'askedAt'],
  // Whether a child who was not safe has been protected since.
  urgent_protection: ['protectedAt'],
}

/** Facts as a card holds them: what was weighed goes along, so that a worker reads it without a line. */
export const packs: PackReader[] = (Object.keys(FACTS) as FactName[]) // the keys of our own record
  .map((name) => {
    const reader = factReader(name, packPart(FACTS[name].meta.part), (tx, caseIds, open) =>
      readFacts(tx, name, caseIds, open),
    )
    return SAYS_DUE[name] === undefined ? reader : saysDue(reader, ...SAYS_DUE[name])
  })
