import type { Lease } from './lease.ts'
import type { Replica } from './replica.ts'

/** Reading shrinks to cards with the lease, and writing goes on; with a line all of it comes again. */
export async function holdTo(
  lease: Lease | null,
  replica: Replica,
  beyondCard: () => Promise<readonly string[]>,
): Promise<void> {
  const shed = lease?.stage === 'cards' ? await beyondCard() : []
  replica.narrow(shed)
  // A clock that is wrong takes nothing away that a right one would have left.
  if (lease?.isClockBack === true || ![...replica.rows().values()].some(({ thing }) => shed.includes(thing))) return
  await replica.commit({ shed, state: { cursor: null } })
}
