import type { Role } from '../../core/access.ts'
import { PROTECTION_SECTORS, type Sector } from '../../core/part.ts'

/** Roles that can open doors for others: a passkey is their only key, and two people make them (security.md 4). */
export const SENSITIVE_ROLES: readonly Role[] = ['admin', 'dpo', 'supervisor']

export function isSensitive(role: Role): boolean {
  return SENSITIVE_ROLES.includes(role)
}

/** Sectors a role may stand in; every role not named here belongs to child protection in the wide sense. */
const SECTORS: { [role in Role]?: readonly Sector[] } = {
  security_desk: [
    'police',
    'military',
    'intelligence',
    'counter_terrorism',
    'prosecution',
    'immigration',
    'prison',
    'interior',
  ],
  judge: ['judiciary'],
  court_adviser: ['child_justice', 'judiciary'],
  national_officer: ['coordination', 'child_protection', 'oversight'],
  admin: ['child_protection', 'oversight', 'coordination'],
  dpo: ['child_protection', 'oversight', 'coordination'],
  case_worker: ['child_protection'],
  supervisor: ['child_protection'],
  intake: ['child_protection'],
}

/** Whether a body of this sector may have such a role at all; `kembali.role_fits()` says the same. */
export function roleFits(role: Role, sector: Sector): boolean {
  return (SECTORS[role] ?? PROTECTION_SECTORS).includes(sector)
}

/**
 * Whether somebody may stand on the roster above an office: a supervisor of another one, of the same protection sector.
 * `kembali.may_stand_above()` says the same.
 */
export function mayStandAbove(
  person: { role: Role; orgId: string; sector: Sector },
  office: { id: string; sector: Sector },
): boolean {
  return (
    person.role === 'supervisor' &&
    person.orgId !== office.id &&
    person.sector === office.sector &&
    PROTECTION_SECTORS.includes(office.sector)
  )
}
