import type { Op } from '../src/core/op.ts'
import { dayOf } from '../src/core/time.ts'
import { newId } from '../src/crypto/random.ts'
import { rowOp } from './care.ts'
import { anOp, now, type Somebody } from './people.ts'

/** Samples of a child's services, as operations of whoever writes them. */
export const aService = {
  kind: 'psychosocial',
  provider: 'health_service',
  state: 'going',
  startsOn: '2026-01-05',
  safeguards: [],
  fits: ['nothing_to_be_told'],
  layer: 'l3_focused_non_specialised',
  what: 'An hour with the counsellor',
}

export const allAid = ['not_for_information', 'no_reward_for_harm', 'does_not_single_out', 'known_how_long']

export function serviceOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return rowOp(by, 'services.edit_service', caseId, { ...aService, ...over })
}

export function sessionOp(by: Somebody, caseId: string, serviceId: unknown, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'services.add_session', {
    id: newId(),
    caseId,
    serviceId,
    onDay: dayOf(now(), 'UTC'),
    came: 'came',
    whyNot: null,
    receivedBy: null,
    acknowledged: null,
    what: null,
    worth: null,
    agreedBy: null,
    childSays: null,
    ...over,
  })
}

export function healthNoteOp(by: Somebody, caseId: string, serviceId: unknown, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'services.add_health_note', {
    id: newId(),
    caseId,
    serviceId,
    onDay: dayOf(now(), 'UTC'),
    kind: 'mental_health',
    layer: 'l4_specialised',
    note: 'She woke screaming and was calm after an hour',
    next: null,
    ...over,
  })
}
