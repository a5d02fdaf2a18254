import type { Recipient } from '../../core/consent-pack.ts'
import { accept, refuse } from '../../core/decision.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { addDuration } from '../../core/time.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { COPY_DAYS, NamedCopy } from './named-copy.ts'

export type KnownToCopy = KnownCase & {
  recipients: readonly Recipient[]
  /** Whether a yes to this body stands, or a basis for it was signed. */
  hasGround: boolean
}

/** Asks for a copy of one case for one named body. Nothing leaves by it: a second person signs before (decision 0030). */
export const askNamedCopy: OpDefinition<NamedCopy, KnownToCopy, NamedCopy, AnyRefusal> = {
  type: 'copies.ask_named_copy',
  payload: NamedCopy.schema,
  needs: 'services:write',
  decide(copy, known, { now, role }) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    if (role !== 'case_worker') return refuse({ reason: 'worker_asks_for_copy' })
    const to = known.recipients.find((one) => one.code === copy.recipient)
    if (to === undefined || to.reach === 'nothing') return refuse({ reason: 'firewall_above_consent' })
    if (copy.parts.some((part) => !to.parts.includes(part))) return refuse({ reason: 'part_not_for_this_body' })
    if (copy.toWhom.trim() === '' || copy.why.trim() === '') return refuse({ reason: 'copy_without_words' })
    if (copy.endsAt <= now || copy.endsAt > addDuration(now, `P${COPY_DAYS}D`, 'UTC'))
      return refuse({ reason: 'copy_kept_too_long', limit: COPY_DAYS })
    return known.hasGround ? accept(copy) : refuse({ reason: 'no_ground_to_tell' })
  },
}
