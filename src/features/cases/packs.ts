import { sql } from 'kysely'
import type { PackReader, PackRow } from '../../server/feature.ts'
import { type ChildCase, MUTABLE, type MutableName } from './case.ts'
import { findCase, readMutable } from './store.ts'

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

/** A card leaves a threatened child's call name, carer, village and phone on the server (security.md 5). */
function mutableRows(name: MutableName): PackReader {
  return {
    thing: name,
    part: MUTABLE[name].meta.part,
    async read(tx, caseIds, open) {
      const rows: PackRow[] = []
      for (const caseId of caseIds) {
        if (MUTABLE[name].meta.part === 'identity' && (await isThreatened(caseId))) continue
        const cipher = await open(caseId)
        if (cipher === null) continue
        const found = await readMutable(tx, name, caseId, cipher)
        if (found !== null)
          rows.push({ thing: name, id: caseId, caseId, version: found.version, whole: true, fields: found.fields })
      }
      return rows

      async function isThreatened(caseId: string): Promise<boolean> {
        const row = await sql<
          Pick<ChildCase, 'threatened'>
        >`select threatened from child_case where id = ${caseId}`.execute(tx)
        return row.rows[0]?.threatened ?? true
      }
    },
  }
}

/** The parts of a case a card holds: never association, health or sealed. `child_identity` stays on the server. */
export const packs: PackReader[] = [caseRows, mutableRows('child_card'), mutableRows('safe_start')]
