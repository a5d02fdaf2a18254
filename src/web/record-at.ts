import type { Desk, Recorded } from './app-state.ts'
import type { Draft } from './outbox.ts'

/** Records at an open desk; one that keeps nothing waits for the server's answer. */
export async function recordAt(desk: Desk | null, drafts: readonly Draft[]): Promise<Recorded> {
  if (desk === null) throw new Error('nothing is recorded before somebody has signed in')
  const ops = await desk.put(drafts)
  if (desk.vault.lasting) {
    void desk.rounds.now()
    return { kept: 'here' }
  }
  await desk.rounds.now()
  const ids = new Set<string>(ops.map((op) => op.opId))
  const refused = desk.replica.attention().find((one) => one.kind === 'not_accepted' && ids.has(one.id))
  if (refused?.kind === 'not_accepted' && refused.answer.answer !== 'accepted') {
    // The form still holds every word, so nothing needs to wait for attention.
    await desk.replica.commit({ dealtWith: [...ids] })
    return { kept: 'no', answer: refused.answer }
  }
  return desk.replica.waiting().some((one) => ids.has(one.op.opId) && one.answer === null)
    ? { kept: 'not_yet' }
    : { kept: 'sent' }
}
