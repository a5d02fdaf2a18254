import type { ReactNode } from 'react'
import type { ToSign } from '../../../core/second-signature.ts'
import type { Instant } from '../../../core/time.ts'
import { toMillis } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { lengthText, momentText } from '../../../web/moments.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { StandIn } from './use-queue.ts'

type Props = {
  speech: Speech
  now: Instant
  timeZone: string
  waiting: readonly (ToSign & { href: string })[] | null
  standIns: readonly StandIn[]
  name: (standIn: StandIn) => void
  problem: string | null
  /** Who is called above this office, and her own number for calls. */
  children: ReactNode
}

/** Everything that waits for this person's signature, what has waited longest first, and who signs when she is away. */
export function Approvals({ speech, now, timeZone, waiting, standIns, name, problem, children }: Props) {
  const { t } = speech
  return (
    <Screen title={t('signatures.title')} lead={t('signatures.lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {waiting === null && problem === null && <p role="status">{t('wait')}</p>}
      {waiting?.length === 0 && <p>{t('signatures.none')}</p>}
      <ul className="plain stack">
        {waiting?.map((one) => (
          <li key={one.id} className={`card task has-link ${one.dueAt < now ? 'urgent' : 'due'}`}>
            <div className="spread">
              <h2>
                <To href={one.href} className="cover-link">
                  {t(`signatures.act.${one.act}`)}
                </To>
              </h2>
              <DueStatus speech={speech} now={now} dueAt={one.dueAt} />
            </div>
            <p>{one.alias}</p>
            <p className="small">
              {t('signatures.asked_by', {
                name: one.askedByName ?? '–',
                when: momentText(speech, one.askedAt, timeZone, now),
              })}
            </p>
            {one.calls !== undefined && <Calls speech={speech} calls={one.calls} timeZone={timeZone} now={now} />}
            {(one.said ?? null) !== null && (
              <p className="small">
                {t('signatures.said_line', { said: t(`signatures.said.${one.said ?? 'not_reached'}`) })}
              </p>
            )}
          </li>
        ))}
      </ul>
      {standIns.length > 0 && (
        <section className="group">
          <h2>{t('signatures.stand_ins')}</h2>
          <p className="small">{t('signatures.stand_ins_lead')}</p>
          <ul className="plain stack">
            {standIns.map((one) => (
              <li key={`${one.teamId}|${one.personId}`} className="card">
                <label className="option">
                  <input type="checkbox" checked={one.isNamed} onChange={() => name(one)} />
                  <span>
                    {one.name} <span className="tiny">· {one.teamName}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </section>
      )}
      {children}
    </Screen>
  )
}

/** Who has been called for a request, and whose turn is next. */
function Calls({
  speech,
  calls: { called, next },
  timeZone,
  now,
}: {
  speech: Speech
  calls: NonNullable<ToSign['calls']>
  timeZone: string
  now: Instant
}) {
  const { t } = speech
  return (
    <>
      {called.length > 0 && (
        <p className="small" dir="auto">
          {t('signatures.called_line', {
            names: called.map(({ name, turn }) => `${name} (${t(`signatures.turn.${turn}`)})`).join(', '),
          })}
        </p>
      )}
      {next !== null && (
        <p className="small" dir="auto">
          {t('signatures.next_line', {
            who: t(`signatures.turn.${next.turn}`),
            when: momentText(speech, next.at, timeZone, now),
          })}
        </p>
      )}
    </>
  )
}

/** How much time is left, or how late it is. */
export function DueStatus({ speech, now, dueAt }: { speech: Speech; now: Instant; dueAt: Instant }) {
  const apart = toMillis(dueAt) - toMillis(now)
  const length = lengthText(speech, apart)
  return apart < 0 ? (
    <Status tone="urgent">{speech.t('time.late', { length })}</Status>
  ) : (
    <Status tone="due">{speech.t('time.left', { length })}</Status>
  )
}
