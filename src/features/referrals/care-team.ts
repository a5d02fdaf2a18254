import * as z from 'zod'
import { CaseId, PersonId } from '../../core/ids.ts'
import { thing } from '../../core/schema.ts'
import { Day, type Instant } from '../../core/time.ts'
import { ConsentId } from './consent.ts'
import { BasisId } from './referral.ts'

/** What somebody is named for: the shifts of a house, the one worker there who answers for the child, or its treatment. */
export const CarePurpose = z.enum(['daily_care', 'key_work', 'health_care'])
export type CarePurpose = z.infer<typeof CarePurpose>

/** What each purpose rests on, and who can be named for it. The database says the same. */
export const CARE: Record<CarePurpose, { recipient: string; role: string }> = {
  daily_care: { recipient: 'foster_or_shelter', role: 'shelter_worker' },
  key_work: { recipient: 'foster_or_shelter', role: 'shelter_worker' },
  health_care: { recipient: 'psychosocial_provider', role: 'clinician' },
}

/** What people can be named for on a yes to this kind of body. */
export const purposesOf = (recipient: string | null): CarePurpose[] =>
  CarePurpose.options.filter((purpose) => CARE[purpose].recipient === recipient)

/**
 * Who beside its worker may read of a child: people of one house, each named, never the house (security.md 3.5). Of one
 * ground and purpose the team named last stands: whoever is not in it any more reads no more, and a team of nobody ends it.
 */
export const CareTeam = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 68, table: 'care_team' },
  {
    id: z.uuid(),
    caseId: CaseId,
    purpose: CarePurpose,
    consentId: ConsentId.nullable(),
    basisId: BasisId.nullable(),
    people: z.array(PersonId).max(20),
    endsOn: Day,
  },
)
export type CareTeam = {
  id: string
  caseId: string
  purpose: CarePurpose
  consentId: string | null
  basisId: string | null
  people: string[]
  endsOn: Day
}
export type KeptTeam = Omit<CareTeam, 'people'> & {
  namedAt: Instant
  /** When the case went on to another worker with it; of nobody: when it went on to another office, and this team ended. */
  handedOnAt: Instant | null
  /** Each by name, and the day she last opened the file. */
  members: readonly { name: string; organisation: string; openedOn: Day | null }[]
}

/** Somebody who can be named. */
export type Nameable = { id: string; name: string; role: string; organisationId: string; organisation: string }
