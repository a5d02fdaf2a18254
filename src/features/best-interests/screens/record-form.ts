import { BodyFunction } from '../../../core/functions.ts'
import { Day } from '../../../core/time.ts'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { MajorDecision } from '../../cases/major-decision.ts'
import { CONSIDERATIONS, Heard, Outcome, type PanelSeat, RecordKind, type WeighedOption } from '../record.ts'

export const OPTION_SLOTS = [1, 2, 3, 4, 5, 6] as const
export const SEAT_SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const

/** A record as its form holds it; what was not said is empty, and the rule says what is missing. */
export function readRecord(values: FormValues, isReview: boolean) {
  return {
    kind: isReview ? ('bid_review' as const) : (pick(RecordKind.options, one(values, 'kind')) ?? 'bia_short'),
    about: MajorDecision.options.filter((value) => many(values, 'about').includes(value)),
    triggers: [...many(values, 'triggers')],
    question: one(values, 'question'),
    options: OPTION_SLOTS.flatMap((n) => optionOf(values, n)),
    childHeard: pick(Heard.options, one(values, 'childHeard')),
    childView: wordsOf(values, 'childView'),
    childSaidOn: one(values, 'childHeard') === 'heard' ? dayOf(one(values, 'childSaidOn')) : null,
    familyHeard: pick(Heard.options, one(values, 'familyHeard')),
    familyView: wordsOf(values, 'familyView'),
    ...(Object.fromEntries(CONSIDERATIONS.map((name) => [name, wordsOf(values, name)])) as {
      [name in (typeof CONSIDERATIONS)[number]]: string | null
    }), // the names of our own list
    publicSafety: wordsOf(values, 'publicSafety'),
    childRights: wordsOf(values, 'childRights'),
    reconciled: wordsOf(values, 'reconciled'),
    panel: SEAT_SLOTS.flatMap((n) => seatOf(values, n)),
    outcome: pick(Outcome.options, one(values, 'outcome')),
    decision: one(values, 'decision'),
    reasons: wordsOf(values, 'reasons'),
    reviewOn: dayOf(one(values, 'reviewOn')),
    appealToldOn: dayOf(one(values, 'appealToldOn')),
  }
}

function optionOf(values: FormValues, n: number): WeighedOption[] {
  const what = one(values, `option.${n}.what`)
  if (what === '') return []
  const isChosen = one(values, 'chosen') === String(n)
  return [
    {
      what,
      speaksFor: wordsOf(values, `option.${n}.speaksFor`),
      speaksAgainst: wordsOf(values, `option.${n}.speaksAgainst`),
      isChosen,
    },
  ]
}

function seatOf(values: FormValues, n: number): PanelSeat[] {
  const as = pick(BodyFunction.options, one(values, `seat.${n}.as`))
  if (as === null) return []
  return [
    {
      as,
      undertook: one(values, `seat.${n}.undertook`) === 'yes',
      conflict: pick(['none', 'declared'] as const, one(values, `seat.${n}.conflict`)) ?? 'none',
      position: pick(['agrees', 'dissents', 'withdrew'] as const, one(values, `seat.${n}.position`)) ?? 'agrees',
      seatWords: wordsOf(values, `seat.${n}.words`),
    },
  ]
}

function dayOf(text: string): Day | null {
  const found = Day.safeParse(text)
  return found.success ? found.data : null
}
