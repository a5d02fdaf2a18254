import { DeviceId, OpId } from '../core/ids.ts'
import type { Op } from '../core/op.ts'
import type { Instant } from '../core/time.ts'
import { newOpId } from '../crypto/random.ts'
import { keyOf, type Replica } from './replica.ts'

/** What a screen wants recorded. `row` names the mutable thing it edits, at the version the worker was looking at. */
export type Draft = {
  type: string
  payload: Record<string, unknown>
  row?: { thing: string; id: string; seen?: number }
}

/**
 * Puts operations into the outbox, in order, all of them or none, and resolves when they are kept:
 * only then may a screen say "saved" (offline.md, "Operations, not documents").
 */
export function makeOutbox(replica: Replica, device: string) {
  return async (drafts: readonly Draft[], now: Instant): Promise<Op[]> => {
    let ops: Op[] = []
    // Numbered inside the write: another tab may have recorded something since, and numbers must not repeat.
    await replica.commit(() => {
      let { seq } = replica.state()
      ops = drafts.map((draft) => {
        seq += 1
        return makeOp(draft, replica, device, seq, now)
      })
      return { waiting: ops.map((op) => ({ op, answer: null })), state: { seq } }
    })
    return ops
  }
}

function makeOp({ type, payload, row }: Draft, replica: Replica, device: string, seq: number, now: Instant): Op {
  return {
    opId: OpId.parse(newOpId()),
    device: DeviceId.parse(device),
    seq,
    type: replica.typeToday(type),
    baseVersion: row === undefined ? null : baseVersionOf(row, payload, replica),
    payload,
    claimedAt: now,
  }
}

/**
 * The version the worker saw. A field she has edited already and not sent yet counts as seen at the version that edit
 * will make, or her second thought would stand against her own first one as a difference between two people.
 */
function baseVersionOf(row: NonNullable<Draft['row']>, payload: Record<string, unknown>, replica: Replica): number {
  const known = row.seen ?? replica.rows().get(keyOf(row))?.version ?? 0
  const mine = replica
    .waiting()
    .filter(
      ({ op }) =>
        op.baseVersion !== null &&
        op.payload.id === row.id &&
        fieldsOf(op.payload).some((field) => fieldsOf(payload).includes(field)),
    )
  return mine.reduce(
    (version, { answer }) => Math.max(version, answer?.answer === 'accepted' ? (answer.version ?? 0) : version + 1),
    known,
  )
}

function fieldsOf(payload: Record<string, unknown>): string[] {
  return typeof payload.set === 'object' && payload.set !== null ? Object.keys(payload.set) : []
}
