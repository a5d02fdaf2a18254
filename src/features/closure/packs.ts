import { factReader, type PackReader, withoutCase } from '../../server/feature.ts'
import { casesWithNewSignatures } from '../../server/second-signatures.ts'
import { stirredIn } from '../../server/stirred.ts'
import { findHolds } from './hold-store.ts'
import { findAnswers, findRequests } from './later-request-store.ts'
import { clocksOfCases, findClosings, findReopenings } from './store.ts'

/** When each class of a closed file is erased, and what was. */
const clocks: PackReader = {
  thing: 'retention_clock',
  part: 'case',
  async read(tx, caseIds) {
    const found = await clocksOfCases(tx, caseIds)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'retention_clock',
      id: `${caseId}/${fields.class}/${fields.startsAt}`,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
}

/**
 * How a case was to end and began again, what the former child asked and was answered, and why and until when its erasure is held, with what the supervisor said to it, so
 * that a worker reads it without a line.
 */
export const packs: PackReader[] = [
  { ...factReader('case_closing', 'services', findClosings, withoutCase), stirred: casesWithNewSignatures },
  { ...factReader('case_reopening', 'services', findReopenings, withoutCase), stirred: casesWithNewSignatures },
  { ...factReader('later_request', 'services', findRequests, withoutCase), stirred: stirredIn('later_turn') },
  factReader('later_answer', 'services', findAnswers, withoutCase),
  clocks,
  { ...factReader('legal_hold', 'services', findHolds, withoutCase), stirred: casesWithNewSignatures },
]
