import type { Day } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'

export type MyChild = {
  caseId: string
  alias: string
  until: string
  writes: boolean
  nextOn: Day | null
  notedOn: Day | null
}

/** Roles that are named beside a child's worker, and hold no case of their own. */
export const BESIDE = ['shelter_worker', 'clinician']

/** The children this person was named for; null while the server has not answered, and for whoever is named for none. */
export function useMyCare(): MyChild[] | null {
  const { app, desk, person } = useDesk()
  const isBeside = BESIDE.includes(person.role)
  const asked = useAnswer(
    isBeside ? 'in-my-care' : 'not-beside',
    // Our own server answers in its own schema.
    async () =>
      isBeside ? ((await app.api.get('/api/services/in-my-care')) as { children: MyChild[] }).children : null,
    desk.replica.state().syncedAt ?? '',
  )
  return asked.state === 'answered' ? asked.value : null
}
