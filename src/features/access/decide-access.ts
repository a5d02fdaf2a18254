import type { AccessDecision, AccessQuestion, Basis } from '../../core/access.ts'
import { PROTECTION_SECTORS, type Purpose } from '../../core/part.ts'

/**
 * Whether a person may read or write one part of one case (security.md 3.1).
 * Called `decide()` there; the policies in SQL decide the same separately, and a test compares them over every combination.
 */
export function decideAccess({ person, rows, part, level, purpose, now }: AccessQuestion): AccessDecision {
  if (part !== 'handover' && !PROTECTION_SECTORS.includes(person.sector)) return { allow: false, code: 'firewall' }
  const forPart = rows.filter((row) => row.part === part)
  if (forPart.length === 0) return { allow: false, code: 'no_basis' }
  const live = forPart.filter((row) => row.endsAt === 'infinity' || row.endsAt > now)
  if (live.length === 0) return { allow: false, code: 'ended' }
  const enough = live.filter((row) => level === 'read' || row.level === 'write')
  if (enough.length === 0) return { allow: false, code: 'read_only' }
  const found = enough.find((row) => BASES_FOR[purpose].includes(row.basis))
  if (found === undefined) return { allow: false, code: 'purpose_not_permitted' }
  return { allow: true, basis: found.basis }
}

/** The bases a purpose permits; `kembali.bases()` in SQL says the same. */
export const BASES_FOR: Record<Purpose, readonly Basis[]> = {
  casework: ['membership', 'grant', 'emergency'],
  supervision: ['supervision', 'grant', 'emergency'],
  safeguarding: ['membership', 'supervision', 'grant', 'emergency'],
  handover: ['membership', 'supervision', 'grant'],
  oversight: ['supervision', 'grant'],
  other: ['membership', 'supervision', 'grant', 'emergency'],
}
