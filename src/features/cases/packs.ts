import { type PackPart, type PackReader, type PackRow, saysDue } from '../../server/feature.ts'
import type { MutableName } from './case.ts'
import { casesWithNewHits, findHits } from './match-store.ts'
import { findCase, firstStepsDone, readMutable, visitEnds } from './store.ts'

const caseRows: PackReader = {
  thing: 'case',
  part: 'case',
  async read(tx, caseIds) {
    const rows: PackRow[] = []
    for (const caseId of caseIds) {
      const found = await findCase(tx, caseId)
      if (found !== null)
        rows.push({ thing: 'case', id: caseId, caseId, version: found.version, whole: true, fields: found })
    }
    return rows
  },
}

/** A device never holds a threatened child's name, carer, village or phone: they stay on the server (security.md 5). */
function mutableRows(name: MutableName, part: PackPart, more: Pick<PackReader, 'visit' | 'follows'> = {}): PackReader {
  return {
    thing: name,
    part,
    ...more,
    async read(tx, caseIds, open) {
      const rows: PackRow[] = []
      for (const caseId of caseIds) {
        if (part === 'identity' && ((await findCase(tx, caseId))?.threatened ?? true)) continue
        const cipher = await open(caseId)
        if (cipher === null) continue
        const found = await readMutable(tx, name, caseId, cipher)
        if (found !== null)
          rows.push({ thing: name, id: caseId, caseId, version: found.version, whole: true, fields: found.fields })
      }
      return rows
    },
  }
}

/** Which first steps were taken that leave nothing else on the card. */
const steps: PackReader = {
  thing: 'steps',
  part: 'identity',
  due: (fields) => fields,
  follows: ['child_identity', 'match_request', 'first_answers'],
  async read(tx, caseIds) {
    const done = await firstStepsDone(tx, caseIds)
    return done.map(({ caseId, ...fields }) => ({
      thing: 'steps',
      id: caseId,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
}

/** Requests of other offices that this file may be about: when to answer, and no word. */
const hits: PackReader = {
  thing: 'match_hit',
  part: 'identity',
  due: (fields) => fields,
  async read(tx, caseIds) {
    const found = await findHits(tx, caseIds)
    return found.map(({ id, caseId, ...fields }) => ({
      thing: 'match_hit',
      id,
      caseId,
      version: null,
      whole: true,
      fields,
    }))
  },
  stirred: casesWithNewHits,
}

/** Until when this device takes the case along. */
const visits: PackReader = {
  thing: 'visit',
  part: 'case',
  async read(tx, caseIds, _open, device) {
    const ends = await visitEnds(tx, device)
    return caseIds.map((caseId) => ({
      thing: 'visit',
      id: caseId,
      caseId,
      version: null,
      whole: true,
      fields: { endsAt: ends.get(caseId) ?? null },
    }))
  },
}

/** What a card holds, and who the child is where the case is taken along: never association, health or sealed. */
export const packs: PackReader[] = [
  caseRows,
  visits,
  steps,
  hits,
  mutableRows('child_card', 'identity'),
  // Who agrees to the record is answered in the ledger.
  saysDue(
    mutableRows('safe_start', 'services', { follows: ['consent_record', 'consent_withdrawal'] }),
    'safeNow',
    'howKnown',
    'basis',
  ),
  mutableRows('child_identity', 'identity', { visit: true }),
]
