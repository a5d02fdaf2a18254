import { sql } from 'kysely'
import { type PackPart, type PackReader, saysDue } from '../../server/feature.ts'
import { readRows } from '../../server/mutable-rows.ts'
import { stirredIn } from '../../server/stirred.ts'
import { MUTABLE, type MutableName } from './case.ts'
import { findHits } from './match-store.ts'
import { findCases, firstStepsDone, visitEnds } from './store.ts'

const caseRows: PackReader = {
  thing: 'case',
  part: 'case',
  async read(tx, caseIds) {
    const found = await findCases(tx, caseIds)
    return found.map((one) => ({
      thing: 'case',
      id: one.id,
      caseId: one.id,
      version: one.version,
      whole: true,
      fields: one,
    }))
  },
}

/** A device never holds a threatened child's name, carer, village or phone: they stay on the server (security.md 5). */
function mutableRows(name: MutableName, part: PackPart, more: Pick<PackReader, 'visit' | 'follows'> = {}): PackReader {
  return {
    thing: name,
    part,
    ...more,
    async read(tx, caseIds, open) {
      const shown =
        part === 'identity'
          ? (await findCases(tx, caseIds)).flatMap((one) => (one.threatened ? [] : [one.id]))
          : caseIds
      const rows = await readRows(tx, MUTABLE[name], shown, open, sql`id`)
      return rows.map(({ caseId, version, fields }) => ({
        thing: name,
        id: caseId,
        caseId,
        version,
        whole: true,
        fields,
      }))
    },
  }
}

/** Which first steps were taken that leave nothing else on the card. */
const steps: PackReader = {
  thing: 'steps',
  part: 'identity',
  due: (fields) => fields,
  follows: ['child_identity', 'match_request', 'first_answers', 'safe_start'],
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
  stirred: stirredIn('match_hit'),
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
