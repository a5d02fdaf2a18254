import { basisEndsOn } from '../../../core/second-signature.ts'
import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'
import type { Rows } from '../../../web/replica.ts'
import type { ShownTeam } from './CareTeams.tsx'
import { isPast } from '../standing.ts'
import { type AgreementFields, fieldsOf } from './use-agreements.ts'

type Team = AgreementFields['care_team']

/** What waits here to be sent was named after everything the server knows. */
const LATEST = '9'

/** Of each ground and purpose the team that was named last, be it of nobody. */
export function lastTeams(rows: Rows, caseId: string): Team[] {
  const last = new Map<string, Team>()
  const inOrder = fieldsOf(rows, 'care_team', caseId).sort((a, b) => {
    const [one, other] = [a.namedAt ?? LATEST, b.namedAt ?? LATEST]
    return one < other ? -1 : one > other ? 1 : 0
  })
  for (const team of inOrder) last.set(`${team.purpose}|${team.consentId ?? team.basisId}`, team)
  return [...last.values()]
}

/** Those of them in which somebody is. */
export const standingTeams = (rows: Rows, caseId: string): Team[] =>
  lastTeams(rows, caseId).filter(({ members }) => members === undefined || members.length > 0)

/** The last day on which a team reads: its own, or that of what it rests on. */
export function lastDay(rows: Rows, caseId: string, { endsOn, consentId, basisId }: Team, timeZone: string): Day {
  const yes = fieldsOf(rows, 'consent_record', caseId).find((one) => one.id === consentId)?.endsOn ?? endsOn
  const basis = fieldsOf(rows, 'lawful_basis', caseId).find((one) => one.id === basisId)
  const ground = basis === undefined ? yes : basisEndsOn(basis.decidedAt, timeZone)
  return ground < endsOn ? ground : endsOn
}

/** The teams that stand, and read today, each member by name and when she last opened the file. */
export function shownTeams(rows: Rows, caseId: string, speech: Speech, timeZone: string, now: Instant): ShownTeam[] {
  const { t } = speech
  const day = (on: Day) => dayText(speech, startOfDay(on, timeZone), timeZone, now)
  const ended = new Set(fieldsOf(rows, 'consent_withdrawal', caseId).map((one) => one.consentId))
  const isClosed = rows.get(`case/${caseId}`)?.fields.state === 'closed'
  return standingTeams(rows, caseId)
    .filter(({ consentId }) => !isClosed && (consentId === null || !ended.has(consentId)))
    .map((team) => ({ ...team, last: lastDay(rows, caseId, team, timeZone) }))
    .filter(({ last }) => !isPast(last, now, timeZone))
    .map(({ id, purpose, last, members }) => ({
      id,
      purpose: t(`referrals.care.${purpose}`),
      house: members?.[0]?.organisation ?? null,
      until: members === undefined ? t('referrals.team_on_its_way') : t('referrals.team_until', { day: day(last) }),
      members: (members ?? []).map(({ name, openedOn }) => ({
        name,
        opened: openedOn === null ? t('referrals.team_not_opened') : t('referrals.team_opened', { day: day(openedOn) }),
      })),
    }))
}
