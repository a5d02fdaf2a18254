import type { PackReader } from '../../server/feature.ts'
import { casesWithNewSignatures } from '../../server/second-signatures.ts'
import { findHolds } from './hold-store.ts'
import { clocksOfCases, findClosings, findReopenings } from './store.ts'

/** How a case was to end and began again, with what the supervisor said to it, so that a worker reads it without a line. */
const closings: PackReader = {
  thing: 'case_closing',
  part: 'services',
  async read(tx, caseIds, open) {
    const found = await findClosings(tx, caseIds, open)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'case_closing',
      id: fields.id,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
  stirred: casesWithNewSignatures,
}

const reopenings: PackReader = {
  thing: 'case_reopening',
  part: 'services',
  async read(tx, caseIds, open) {
    const found = await findReopenings(tx, caseIds, open)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'case_reopening',
      id: fields.id,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
  stirred: casesWithNewSignatures,
}

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

/** Why and until when the erasure of a file is held. */
const holds: PackReader = {
  thing: 'legal_hold',
  part: 'services',
  async read(tx, caseIds, open) {
    const found = await findHolds(tx, caseIds, open)
    return found.map(({ caseId, ...fields }) => ({
      thing: 'legal_hold',
      id: fields.id,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
  stirred: casesWithNewSignatures,
}

export const packs: PackReader[] = [closings, reopenings, clocks, holds]
