import { access } from '../../src/features/access/screens/screens.ts'
import { association } from '../../src/features/association/screens/screens.ts'
import { assessment } from '../../src/features/assessment/screens/screens.ts'
import { bestInterests } from '../../src/features/best-interests/screens/screens.ts'
import { care } from '../../src/features/care/screens/screens.ts'
import { cases } from '../../src/features/cases/screens/screens.ts'
import { copies } from '../../src/features/copies/screens/screens.ts'
import { closure } from '../../src/features/closure/screens/screens.ts'
import { justice } from '../../src/features/justice/screens/screens.ts'
import { referrals } from '../../src/features/referrals/screens/screens.ts'
import { reports } from '../../src/features/reports/screens/screens.ts'
import { signatures } from '../../src/features/signatures/screens/screens.ts'
import { work } from '../../src/features/work/screens/screens.ts'

/** Every path of the app with a screen behind it, from the lists the app itself is made of. */
export const PATHS: readonly string[] = [
  access,
  care,
  cases,
  closure,
  assessment,
  copies,
  justice,
  reports,
  work,
  signatures,
  bestInterests,
  association,
  referrals,
].flatMap((feature) => feature.screens.map((screen) => screen.path))

/** Who sees a screen, where it is not the case worker. */
export function seenBy(path: string): string {
  if (path.startsWith('/admin')) return 'Tirta Laksana'
  if (path === '/figures') return 'Maya Salim'
  if (path === '/retention') return 'Hana Wardi'
  return [
    '/safeguards',
    '/cases/$caseId/assign',
    '/cases/$caseId/victim',
    '/cases/$caseId/plan/answer',
    '/approvals',
    '/cases/$caseId/sign/$signatureId',
    '/cases/$caseId/assessment/answer',
  ].includes(path)
    ? 'Ibu Ratna'
    : 'Sari Wening'
}

/** Fills the names in a path; a name nobody has thought of fails, so that a new screen is not left out. */
export function addressOf(path: string, values: Record<string, string>): string {
  return path.replace(/\$(\w+)/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`give the sweep over all screens a value for $${name} of ${path}`)
    return value
  })
}
