import { dayOf } from '../../core/time.ts'
import type { ChildCase } from '../cases/case.ts'
import type { Clock } from './safeguards.ts'
import type { ContactFacts } from './contact.ts'

/** The safeguards whose limits the released table counts: before a judge, and handed over to child protection. */
export const FIRST_HEARING = 'SG-LIB-02'
export const HANDOVER = 'SG-HND-02'

type Outcome = 'within' | 'late' | 'ended' | 'open'

export type HeldFact = {
  kind: 'held'
  coded: {
    year: string
    quarter: string
    region: string
    sex: string
    ageBand: string
    office: string
    hearing: Outcome
    handover: Outcome
    /** The day after which an open handover is not shown to have come in time. */
    handoverDueOn: string | null
  }
  dueOn: string | null
}

/** How one custody becomes a coded fact: where, when by quarter, and what authorities did within the limit. */
export function heldFact(
  of: Pick<ChildCase, 'region' | 'sex' | 'ageBand' | 'orgId'>,
  held: ContactFacts,
  { hearing, handover }: { hearing: Clock | undefined; handover: Clock | undefined },
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
      hearing: outcomeOf(hearing),
      handover: outcomeOf(handover),
      handoverDueOn: dueOn(handover, timeZone),
    },
    dueOn: dueOn(hearing, timeZone),
  }
}

function dueOn(clock: Clock | undefined, timeZone: string): string | null {
  return clock === undefined || clock.metAt !== null ? null : dayOf(clock.dueAt, timeZone)
}

function outcomeOf(clock: Clock | undefined): Outcome {
  if (clock === undefined) return 'open'
  if (clock.metAt !== null) return clock.metAt <= clock.dueAt ? 'within' : 'late'
  if (clock.endedAt !== null && clock.endedAt <= clock.dueAt) return 'ended'
  return clock.endedAt !== null || clock.notMetAt !== null ? 'late' : 'open'
}
