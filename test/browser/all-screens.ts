import { access } from '../../src/features/access/screens/screens.ts'
import { allocation } from '../../src/features/allocation/screens/screens.ts'
import { association } from '../../src/features/association/screens/screens.ts'
import { attachments } from '../../src/features/attachments/screens/screens.ts'
import { assessment } from '../../src/features/assessment/screens/screens.ts'
import { bestInterests } from '../../src/features/best-interests/screens/screens.ts'
import { care } from '../../src/features/care/screens/screens.ts'
import { cases } from '../../src/features/cases/screens/screens.ts'
import { conference } from '../../src/features/conference/screens/screens.ts'
import { copies } from '../../src/features/copies/screens/screens.ts'
import { closure } from '../../src/features/closure/screens/screens.ts'
import { family } from '../../src/features/family/screens/screens.ts'
import { justice } from '../../src/features/justice/screens/screens.ts'
import { notices } from '../../src/features/notices/screens/screens.ts'
import { phone } from '../../src/features/phone/screens/screens.ts'
import { referrals } from '../../src/features/referrals/screens/screens.ts'
import { reports } from '../../src/features/reports/screens/screens.ts'
import { services } from '../../src/features/services/screens/screens.ts'
import { signatures } from '../../src/features/signatures/screens/screens.ts'
import { supervision } from '../../src/features/supervision/screens/screens.ts'
import { work } from '../../src/features/work/screens/screens.ts'
import type { Demo } from './program.ts'

const FEATURES = [
  access,
  allocation,
  attachments,
  care,
  services,
  cases,
  closure,
  assessment,
  family,
  conference,
  supervision,
  copies,
  justice,
  notices,
  phone,
  reports,
  work,
  signatures,
  bestInterests,
  association,
  referrals,
]

/** Every path of the app with a screen behind it, from the lists the app itself is made of. */
export const PATHS: readonly string[] = FEATURES.flatMap(({ screens }) => screens.map(({ path }) => path))

/** Those under which a button stands to print them. */
export const PRINTED: readonly string[] = FEATURES.flatMap(({ screens }) =>
  screens.filter(({ isPrinted }) => isPrinted === true).map(({ path }) => path),
)

/** What people see who stand beside a child's worker or above her office: each of them one child, and of its file a part or nothing. */
export const BESIDE = [
  {
    name: 'Nia Kartika',
    alias: 'Amber Sparrow',
    paths: ['/', '/cases/$caseId/care-sheet', '/cases/$caseId/day-log', '/cases/$caseId/day-log/new', '/more'],
  },
  {
    name: 'Dr. Ayu Mira',
    alias: 'Morning Rice',
    paths: ['/', '/cases/$caseId', '/cases/$caseId/services', '/more'],
  },
  // She signs above the office, and reads of no child before she is called.
  { name: 'Ibu Melati', alias: 'Blue Heron', paths: ['/', '/approvals', '/team/staff', '/more/staff-care', '/more'] },
  {
    name: 'Hana Wardi',
    alias: 'Blue Heron',
    paths: ['/admin', '/admin/offices', '/admin/offices/$officeId/roster'],
  },
] as const

/** Who sees a screen, where it is not the case worker. */
export function seenBy(path: string): string {
  if (path.startsWith('/admin')) return 'Tirta Laksana'
  if (path === '/figures') return 'Maya Salim'
  if (path === '/retention') return 'Hana Wardi'
  return [
    '/safeguards',
    '/team/files',
    '/team/staff',
    '/team/same-child',
    '/team/staff/$personId/talks',
    '/team/staff/$personId/leave',
    '/cases/$caseId/supervision/talk',
    '/cases/$caseId/supervision/file',
    '/allocate',
    '/office-month',
    '/cases/$caseId/assign',
    '/cases/$caseId/transfer',
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

/** What is not an id in the addresses: a step of the intake, a stage, a section, a page, a duty. */
const WORDS_IN_ADDRESSES = {
  step: 'safe_now',
  stage: 'registration',
  section: 'family',
  page: '1',
  dutyId: 'SG-LIB-02',
  purpose: 'case_management',
}
/** A row for each id in the addresses; `$caseId` stands for the case of the sweep. */
const ROWS: Readonly<Record<string, string>> = {
  contactId: `justice_contact where case_id = '$caseId'`,
  noteId: `care_note where case_id = '$caseId'`,
  taskId: `care_task where case_id = '$caseId'`,
  goalId: `care_goal where case_id = '$caseId'`,
  actionId: `care_action where case_id = '$caseId'`,
  returnId: `care_return where case_id = '$caseId'`,
  serviceId: `child_service where case_id = '$caseId'`,
  recordId: `best_interests_record where case_id = '$caseId' and kind = 'bid'`,
  reviewId: `file_review where case_id = '$caseId'`,
  conferenceId: `case_conference where case_id = '$caseId' order by at desc`,
  signatureId: `second_signature where case_id = '$caseId'`,
  hitId: `match_hit where case_id = '$caseId'`,
  kinId: `family_person where case_id = '$caseId'`,
  tracingId: `family_tracing where case_id = '$caseId'`,
  personId: `app_user where name = 'Sari Wening'`,
  officeId: `organisation where name like 'Teluk District%'`,
  referralId: `referral where case_id = '$caseId'`,
  consentId: `consent_record where case_id = '$caseId'`,
  roundId: `assessment_round where case_id = '$caseId'`,
}
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** What fills the addresses of one case of the demo; where its story has no such row, an id of nothing: the screen then says so. */
export async function valuesOf(demo: Demo, alias: string): Promise<Record<string, string>> {
  const first = async (from: string) => {
    const [row] = await demo.rows(`select id from ${from} limit 1`)
    return row === undefined ? NOBODY : String(row.id)
  }
  const caseId = await first(`child_case where alias = '${alias}'`)
  const values: Record<string, string> = { ...WORDS_IN_ADDRESSES, caseId }
  for (const [name, from] of Object.entries(ROWS)) values[name] = await first(from.replace('$caseId', caseId))
  return values
}
