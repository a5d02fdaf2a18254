import type { SignedAct, ToSign } from '../../../core/second-signature.ts'
import type { Day } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import type { SignWay } from '../../../web/feature.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { type Asked, useAnswer } from '../../../web/use-answer.ts'

export type StandIn = { teamId: string; teamName: string; personId: string; name: string; isNamed: boolean }
type Above = { id: string; name: string; organisation: string; fromOn: Day; untilOn: Day }
export type Queue = { waiting: ToSign[]; standIns: StandIn[]; above: Above[]; phone: string | null }

/** What waits for this person's signature; asked anew after each round of sending, and when `turn` moves on. */
export function useQueue(turn = 0): Asked<Queue> {
  const { app, desk } = useDesk()
  return useAnswer(
    'signatures',
    async () => (await app.api.get('/api/signatures')) as Queue, // our own server answers in its own schema
    `${desk.replica.state().syncedAt ?? ''}|${desk.replica.waiting().length}|${turn}`,
  )
}

/** Where an act is read, as its feature says. */
export function useWays(): (act: SignedAct) => SignWay | undefined {
  const features = useFeatures()
  return (act) => features.map((feature) => feature.toSign?.[act]).find((way) => way !== undefined)
}

/** Where a line of the queue leads: to the screen that takes the answer. */
export function hrefOf(way: SignWay | undefined, { id, caseId, aboutId }: ToSign): string {
  return way?.answersThere === true ? way.read(caseId, aboutId) : `/cases/${caseId}/sign/${id}`
}
