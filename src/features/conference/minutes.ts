import { dayOf } from '../../core/time.ts'
import type { ConferenceMinutes, MinuteSeat, Seat } from './conference.ts'

function said(text: string | null): boolean {
  return (text ?? '').trim() !== ''
}

/** What minutes still lack, in the order in which they are written. */
export const NEEDED = [
  'why',
  'present',
  'seat_words',
  'child_view',
  'child_not_heard',
  'carer_view',
  'talked',
  'decision',
  'owner',
  'due',
  'child_told',
] as const
export type Needed = (typeof NEEDED)[number]

/**
 * What stands in the way of minutes. The child is heard, itself or through somebody it trusts, or it is written down why not;
 * whoever disagrees is heard as well; each decision has somebody who does it and a day; and the child is told.
 */
export function missingOf(of: ConferenceMinutes, timeZone: string): Needed[] {
  const isHeld = of.kind === 'held'
  const decides = of.decisions.length > 0
  const lacks: Record<Needed, boolean> = {
    why: !isHeld && !said(of.why),
    present: of.seats.filter(wasThere).length < 2,
    seat_words: of.seats.some((seat) => seat.position === 'dissents' && !said(seat.seatWords)),
    child_view: of.childVoice !== 'not_heard' && !said(of.childView),
    child_not_heard: of.childVoice === 'not_heard' && !said(of.childNotHeard),
    carer_view: of.carerVoice !== 'not_heard' && of.carerVoice !== 'not_safe' && !said(of.carerView),
    talked: !decides && !said(of.talked),
    decision: of.decisions.some((one) => !said(one.what)),
    owner: of.decisions.some((one) => (one.ownerId === null) === (one.ownerAs === null)),
    due: of.decisions.some((one) => one.dueOn < dayOf(of.at, timeZone)),
    child_told: decides && !said(of.childTold),
  }
  return NEEDED.filter((need) => lacks[need] && (isHeld || need === 'why'))
}

export function wasThere({ presence }: Pick<MinuteSeat, 'presence'>): boolean {
  return presence !== 'absent'
}

/** Whether each seat names a colleague or a function, one of the two, and nobody twice. */
export function areSeats(seats: readonly Seat[]): boolean {
  const names = seats.map(({ personId, as }) => personId ?? as)
  return (
    seats.every(({ personId, as }) => (personId === null) !== (as === null)) && new Set(names).size === names.length
  )
}
