import { addDuration, type Instant } from '../../../core/time.ts'
import type { Rows } from '../../../web/replica.ts'
import { isPast } from '../standing.ts'
import { lastDay, lastTeams } from './shown-teams.ts'
import { type AgreementFields, fieldsOf } from './use-agreements.ts'

/** How long a new worker is told of those who read beside her, and of those who do not read any more. */
const STILL_READ = 'P3D'
const READ_NO_MORE = 'P14D'

type ToLookAt = { team: AgreementFields['care_team']; stillRead: boolean; since: Instant }

/** Teams that came to this worker with the case: some still read, and some ended because it came from another office. */
export function teamsToLookAt(rows: Rows, caseId: string, now: Instant, timeZone: string): ToLookAt[] {
  const ended = new Set(fieldsOf(rows, 'consent_withdrawal', caseId).map((one) => one.consentId))
  return lastTeams(rows, caseId).flatMap((team) => {
    const since = team.handedOnAt ?? null
    if (since === null || (team.consentId !== null && ended.has(team.consentId))) return []
    const stillRead = (team.members ?? []).length > 0
    const isOver = stillRead && isPast(lastDay(rows, caseId, team, timeZone), now, timeZone)
    if (isOver || addDuration(since, stillRead ? STILL_READ : READ_NO_MORE, timeZone) <= now) return []
    return [{ team, stillRead, since }]
  })
}
