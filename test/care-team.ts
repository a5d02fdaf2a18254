import type { Op } from '../src/core/op.ts'
import { addDuration, type Day, dayOf } from '../src/core/time.ts'
import { newId } from '../src/crypto/random.ts'
import { anOp, now, type Somebody } from './people.ts'

/** Samples of who is named beside a child's worker, and of what is written in a shelter. */
export const inDays = (days: number): Day => dayOf(addDuration(now(), `P${days}D`, 'UTC'), 'UTC')

export function teamOp(
  by: Somebody,
  caseId: string,
  consentId: string | null,
  people: readonly Somebody[],
  over: Record<string, unknown> = {},
): Op {
  return anOp(by, 'referrals.name_care_team', {
    id: newId(),
    caseId,
    purpose: 'daily_care',
    consentId,
    basisId: null,
    people: people.map((one) => one.id),
    endsOn: inDays(60),
    ...over,
  })
}

export function entryOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'services.add_day_entry', {
    id: newId(),
    caseId,
    onDay: dayOf(now(), 'UTC'),
    shift: 'night',
    kind: 'day',
    howItWas: 'She slept until six',
    childSays: null,
    forNext: 'The door stays open',
    told: null,
    ...over,
  })
}

export const forShelter = { recipient: 'foster_or_shelter', organisation: 'The house by the garden' }
export const forPsychologist = { recipient: 'psychosocial_provider', organisation: 'The health post' }
