import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import type { KnownConferences } from '../ops.ts'
import { callsIn, conferencesOf, mayHearHere, minutesIn } from './view.ts'

/** Everything the pages of this feature work with. */
export function useConferences() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const kept = useRows(caseId, 'conferences')
  const desk = useDesk()
  const goOn = useGoOn()
  const params: Record<string, unknown> = useParams()
  const id = typeof params.conferenceId === 'string' ? params.conferenceId : null
  const timeZone = found.state === 'found' ? found.opened.timeZone : desk.pack.timeZone
  const { rows, problem, isAsking } = kept
  const all = conferencesOf(rows, caseId, desk.now)
  return {
    caseId,
    found,
    ...desk,
    timeZone,
    /** The rows of this case, from this device or from the server. */
    kept: rows,
    all,
    one: all.find(({ call }) => call.id === id) ?? null,
    id,
    isAsking,
    problem,
    to: (path: string) => goOn(`/cases/${caseId}/conferences${path}`),
  }
}

export type Colleague = { id: string; name: string; role: string; isOnCase: boolean }

/** Whom a conference may be called with; only the server knows them. Null without a line. */
export function useColleagues(caseId: string): Colleague[] | null {
  const { app } = useDesk()
  const asked = useAnswer(
    `conference-people|${caseId}`,
    async () =>
      // Our own server answers in its own schema.
      (
        (await app.api.get(`/api/cases/${caseId}/conference-people`, reasonHeaders(caseId))) as {
          people: Colleague[]
        }
      ).people,
  )
  return asked.state === 'answered' ? asked.value : null
}

/** What the rules must know of a case, from the rows of this device. */
export function knownHere({
  kept,
  caseId,
  pack,
  now,
  timeZone,
  found,
}: ReturnType<typeof useConferences>): KnownConferences {
  return {
    closedAt: found.state === 'found' ? found.opened.case.closedAt : null,
    calls: callsIn(kept, caseId),
    minutes: minutesIn(kept, caseId),
    mayHear: mayHearHere(kept, caseId, now, timeZone),
    people: null,
    recipients: pack.consent.recipients,
  }
}
