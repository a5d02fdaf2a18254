import { newId } from '../../../crypto/random.ts'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import {
  CarerVoice,
  ChildVoice,
  type ConferenceDecision,
  type ConferenceMinutes,
  type MinuteSeat,
  MinutesKind,
  Position,
  Presence,
  type Seat,
} from '../conference.ts'

export const DECISION_SLOTS = [1, 2, 3, 4, 5, 6] as const

/** A seat as the value of a choice: a colleague by id, or a function; ids and codes never begin alike. */
export function seatValue({ personId, as }: Seat): string {
  return personId === null ? `as_${as ?? ''}` : personId
}

export function seatOf(value: string): Seat {
  return value.startsWith('as_') ? { personId: null, as: value.slice(3) } : { personId: value, as: null }
}

/** Whether this answer says that the carer spoke, or somebody for her. */
export function wasHeard(voice: string): boolean {
  return ['itself', 'other_family', 'worker'].includes(voice)
}

/** What a form of minutes holds; decisions keep the id they had, so that a correction makes no task twice. */
export function readMinutes(values: FormValues, seats: readonly string[], ids: readonly string[]) {
  const kind = pick(MinutesKind.options, one(values, 'kind')) ?? 'held'
  const childVoice = pick(ChildVoice.options, one(values, 'childVoice'))
  const carerVoice = pick(CarerVoice.options, one(values, 'carerVoice'))
  if (kind === 'called_off')
    return { ...EMPTY, kind, why: wordsOf(values, 'why'), childVoice: EMPTY.childVoice, carerVoice: EMPTY.carerVoice }
  const came = many(values, 'also').map((value): MinuteSeat => ({ ...seatOf(value), ...HERE }))
  const decisions = DECISION_SLOTS.flatMap((n) => decisionOf(values, n, ids[n - 1] ?? newId()))
  return {
    kind,
    why: null,
    seats: [...seats.map((value) => taken(values, value)), ...came],
    childVoice,
    childView: childVoice === 'not_heard' ? null : wordsOf(values, 'childView'),
    childSaidOn: childVoice === 'not_heard' ? null : dayIn(one(values, 'childSaidOn')),
    childNotHeard: childVoice === 'not_heard' ? wordsOf(values, 'childNotHeard') : null,
    carerVoice,
    carerView: wasHeard(carerVoice ?? '') ? wordsOf(values, 'carerView') : null,
    talked: wordsOf(values, 'talked'),
    decisions,
    childTold: decisions.length === 0 ? null : wordsOf(values, 'childTold'),
  }
}

const HERE = { presence: 'came', position: 'no_say', seatWords: null } as const

/** Minutes of what did not take place: nobody was there, and nobody was asked. */
const EMPTY = {
  seats: [] as MinuteSeat[],
  childVoice: 'not_heard' as ChildVoice | null,
  childView: null,
  childSaidOn: null,
  childNotHeard: null,
  carerVoice: 'not_heard' as CarerVoice | null,
  carerView: null,
  talked: null,
  decisions: [] as ConferenceDecision[],
  childTold: null,
}

function taken(values: FormValues, value: string): MinuteSeat {
  const presence = pick(Presence.options, one(values, `seat.${value}.presence`)) ?? 'absent'
  const position =
    presence === 'absent' ? 'no_say' : (pick(Position.options, one(values, `seat.${value}.position`)) ?? 'no_say')
  const seatWords = position === 'dissents' ? wordsOf(values, `seat.${value}.words`) : null
  return { ...seatOf(value), presence, position, seatWords }
}

type Begun = Omit<ConferenceDecision, 'dueOn'> & { dueOn: ConferenceDecision['dueOn'] | null }

function decisionOf(values: FormValues, n: number, id: string): Begun[] {
  const what = one(values, `decision.${n}.what`)
  if (what === '') return []
  const owner = one(values, `decision.${n}.owner`)
  const childSays = wordsOf(values, `decision.${n}.childSays`)
  const { personId, as } = owner === '' ? { personId: null, as: null } : seatOf(owner)
  return [
    {
      id,
      what,
      childSays,
      childSaidOn: childSays === null ? null : dayIn(one(values, `decision.${n}.childSaidOn`)),
      ownerId: personId,
      ownerAs: as,
      dueOn: dayIn(one(values, `decision.${n}.dueOn`)),
    },
  ]
}

/** The fields a correction starts from: what stands in the minutes it puts right. */
export function startOf(before: ConferenceMinutes): FormValues {
  const text = (words: string | null) => [words ?? '']
  return {
    kind: [before.kind],
    why: text(before.why),
    childVoice: [before.childVoice],
    childView: text(before.childView),
    childSaidOn: text(before.childSaidOn ?? null),
    childNotHeard: text(before.childNotHeard),
    carerVoice: [before.carerVoice],
    carerView: text(before.carerView),
    talked: text(before.talked),
    childTold: text(before.childTold),
    ...Object.fromEntries(
      before.seats.flatMap((seat) => [
        [`seat.${seatValue(seat)}.presence`, [seat.presence]],
        [`seat.${seatValue(seat)}.position`, [seat.position]],
        [`seat.${seatValue(seat)}.words`, text(seat.seatWords)],
      ]),
    ),
    ...Object.fromEntries(
      before.decisions.flatMap((decision, at) => [
        [`decision.${at + 1}.what`, [decision.what]],
        [`decision.${at + 1}.childSays`, text(decision.childSays)],
        [`decision.${at + 1}.childSaidOn`, text(decision.childSaidOn ?? null)],
        [`decision.${at + 1}.owner`, [seatValue({ personId: decision.ownerId, as: decision.ownerAs })]],
        [`decision.${at + 1}.dueOn`, [decision.dueOn]],
      ]),
    ),
  }
}
