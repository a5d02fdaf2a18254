import { dayOf, type Instant } from '../../core/time.ts'
import type { ChildCase } from '../cases/case.ts'
import type { Clock } from './safeguards.ts'
import type { ContactFacts } from './contact.ts'

/** The safeguards whose limits the released table counts: before a judge, and handed over to child protection. */
const FIRST_HEARING = 'SG-LIB-02'
const HANDOVER = 'SG-HND-02'
/** The kind of all facts made here. */
export const HELD = 'held' as const

type Outcome = 'within' | 'late' | 'ended' | 'open'

type HeldFact = {
  thing: string
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

type Child = Pick<ChildCase, 'region' | 'sex' | 'ageBand' | 'orgId'>

/** The coded facts of a child's file, one a custody that stands: named by its place, so that a mended account stays the same. */
export function heldFacts(
  of: Child,
  contacts: readonly ContactFacts[],
  clocks: readonly Clock[],
  timeZone: string,
): HeldFact[] {
  const handovers = clocks.filter((one) => one.safeguardId === HANDOVER)
  return clocks
    .filter((one) => one.safeguardId === FIRST_HEARING)
    .flatMap((hearing, nth) => {
      const held = contacts.find((contact) => contact.id === hearing.contactId)
      const heldAt = held?.firstCustodyAt ?? held?.detainedAt ?? null
      return heldAt === null ? [] : [heldFact(of, heldAt, { nth, hearing, handover: handovers[nth] }, timeZone)]
    })
}

/** How one custody becomes a coded fact: where, when by quarter, and what authorities did within the limit. */
function heldFact(
  of: Child,
  heldAt: Instant,
  { nth, hearing, handover }: { nth: number; hearing: Clock; handover: Clock | undefined },
  timeZone: string,
): HeldFact {
  const heldOn = dayOf(heldAt, timeZone)
  const month = Number(heldOn.slice(5, 7))
  const year = heldOn.slice(0, 4)
  return {
    thing: String(nth),
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
