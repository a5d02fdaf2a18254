import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { ChildWish, WorkerSays } from '../wish.ts'
import type { OfferedCase } from './AllocationTeam.tsx'

export type Allocation = {
  said: (WorkerSays & { workerId: string })[]
  wishes: (Pick<ChildWish, 'prefers' | 'language'> & { caseId: string })[]
  offered: OfferedCase[]
}

/** What a supervisor needs in order to give cases: asked anew when something was sent. */
export function useAllocation() {
  const { app, desk } = useDesk()
  // Our own server answers in its own schema.
  return useAnswer(
    'allocation',
    async () => (await app.api.get('/api/allocation')) as Allocation,
    `${desk.replica.state().syncedAt ?? ''}|${desk.replica.waiting().length}`,
  )
}
