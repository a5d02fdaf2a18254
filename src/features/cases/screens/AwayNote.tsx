import { type Day, dayOf, type Instant, startOfDay } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'

/** When somebody is away next, as the server tells it beside what she carries. */
export type Away = { fromOn: Day; untilOn: Day; coveredByName: string | null }

type When = { speech: Speech; timeZone: string; now: Instant }

export function isAway({ fromOn }: Away, { timeZone, now }: Pick<When, 'timeZone' | 'now'>): boolean {
  return fromOn <= dayOf(now, timeZone)
}

export function awayText(when: When, away: Away): string {
  const { speech, timeZone, now } = when
  const { t } = speech
  const day = (of: Day) => dayText(speech, startOfDay(of, timeZone), timeZone, now)
  const days = isAway(away, when)
    ? t('team.away_until', { day: day(away.untilOn) })
    : t('team.away_from', { from: day(away.fromOn), until: day(away.untilOn) })
  return away.coveredByName === null ? days : `${days} · ${t('team.covered_by', { name: away.coveredByName })}`
}

type Props = {
  speech: Speech
  /** Who is away, each in a line; nobody of them is offered a case. */
  away: readonly string[]
  /** Offers it to them too; null where that was asked for already. */
  offer: (() => void) | null
}

/** Who is not offered a case because she is away. It hinders nobody: a supervisor may know better. */
export function AwayNote({ speech, away, offer }: Props) {
  const { t } = speech
  if (away.length === 0) return null
  return (
    <div className="small not-printed">
      <ul className="plain">
        {away.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {offer !== null && (
        <button type="button" className="button second small-target" onClick={offer}>
          {t('team.offer_away')}
        </button>
      )}
    </div>
  )
}
