import { useDesk } from '../../../web/app-context.ts'
import { startOfDay, type Day } from '../../../core/time.ts'
import { dayText } from '../../../web/moments.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

type Soon = { caseId: string; alias: string; class: string; endsOn: Day; isHeld: boolean }

const FEW = 3

/** What will be erased soon of a supervisor's closed files; nothing where nothing will. */
export function ClosureTeam() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'closure-team',
    async () => ((await app.api.get('/api/closure/team')) as { soon: Soon[] }).soon,
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered' || asked.value.length === 0) return null
  const title = t('closure.soon', { count: asked.value.length })
  const list = (
    <ul className="plain stack">
      {asked.value.map((one) => (
        <li key={`${one.caseId}/${one.class}`} className="card spread">
          <div>
            <h3>{one.alias}</h3>
            <p className="small">
              {t('closure.erased_on', {
                what: speech.find(`closure.class.${one.class}`) ?? one.class,
                day: dayText(speech, startOfDay(one.endsOn, pack.timeZone), pack.timeZone, now),
              })}
            </p>
            {one.isHeld && <Status tone="info">{t('closure.state.held')}</Status>}
          </div>
          <To href={`/cases/${one.caseId}/kept`} className="button second small-target">
            {t('save.look')}
          </To>
        </li>
      ))}
    </ul>
  )
  // Many of one day stand behind their number: they are not what her day is about.
  return asked.value.length > FEW ? (
    <Fold title={title}>{list}</Fold>
  ) : (
    <section className="group">
      <h2>{title}</h2>
      {list}
    </section>
  )
}
