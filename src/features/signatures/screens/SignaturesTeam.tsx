import { useDesk } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'
import { DueStatus } from './Approvals.tsx'
import { hrefOf, useQueue, useWays } from './use-queue.ts'

/** How many a supervisor's day names; the queue behind it names them all. */
const NAMED = 3

/** What waits for a supervisor's signature, on her day; nothing where nothing does. */
export function SignaturesTeam() {
  const { speech, now } = useDesk()
  const asked = useQueue()
  const wayOf = useWays()
  const { t } = speech
  if (asked.state !== 'answered') return null
  const { waiting } = asked.value
  return (
    <section className="group">
      <h2>{t('signatures.wait_for_you', { count: waiting.length })}</h2>
      <ul className="plain stack">
        {waiting.slice(0, NAMED).map((one) => (
          <li key={one.id} className="card spread">
            <div>
              <h3>{one.alias}</h3>
              <p className="small">{t(`signatures.act.${one.act}`)}</p>
              <DueStatus speech={speech} now={now} dueAt={one.dueAt} />
            </div>
            <To href={hrefOf(wayOf(one.act), one)} className="button second small-target">
              {t('signatures.read')}
            </To>
          </li>
        ))}
      </ul>
      <p>
        <To href="/approvals" className="line">
          {t('signatures.all')}
        </To>
      </p>
    </section>
  )
}
