import type { ToSign } from './use-queue.ts'
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
}

/** Everything that waits for this person's signature, what has waited longest first, and who signs when she is away. */
export function Approvals({ speech, now, timeZone, waiting, standIns, name, problem }: Props) {
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
    </Screen>
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
