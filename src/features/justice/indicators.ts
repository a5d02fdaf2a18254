import { dayOf } from '../../core/time.ts'
import type { ChildCase } from '../cases/case.ts'
import type { Clock } from './safeguards.ts'
import type { ContactFacts } from './contact.ts'

/** The safeguard whose limit the released table counts: before a judge. */
export const FIRST_HEARING = 'SG-LIB-02'

export type HeldFact = {
  kind: 'held'
  coded: {
    year: string
    quarter: string
    region: string
    sex: string
    ageBand: string
    office: string
    hearing: 'within' | 'late' | 'ended' | 'open'
  }
  dueOn: string | null
}

/** How one custody becomes a coded fact: where, when by quarter, and whether a judge saw the child within the limit. */
export function heldFact(
  of: Pick<ChildCase, 'region' | 'sex' | 'ageBand' | 'orgId'>,
  held: ContactFacts,
  clock: Clock | undefined,
  timeZone: string,
): HeldFact | null {
  const heldAt = held.firstCustodyAt ?? held.detainedAt
  if (heldAt === null) return null
  const heldOn = dayOf(heldAt, timeZone)
  const month = Number(heldOn.slice(5, 7))
  const year = heldOn.slice(0, 4)
  return {
    kind: 'held',
    coded: {
      year,
      quarter: `${year}-Q${Math.ceil(month / 3)}`,
      region: of.region,
      sex: of.sex,
      ageBand: of.ageBand,
      office: of.orgId,
      hearing: hearingOf(clock),
    },
    dueOn: clock === undefined || clock.metAt !== null ? null : dayOf(clock.dueAt, timeZone),
  }
}

function hearingOf(clock: Clock | undefined): HeldFact['coded']['hearing'] {
  if (clock === undefined) return 'open'
  if (clock.metAt !== null) return clock.metAt <= clock.dueAt ? 'within' : 'late'
  if (clock.endedAt !== null && clock.endedAt <= clock.dueAt) return 'ended'
  return clock.endedAt !== null || clock.notMetAt !== null ? 'late' : 'open'
}
