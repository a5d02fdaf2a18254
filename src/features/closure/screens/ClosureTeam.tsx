import { useState } from 'react'
import { useDesk } from '../../../web/app-context.ts'
import { startOfDay, type Day } from '../../../core/time.ts'
import { dayText } from '../../../web/moments.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { type Contact, Contacts, type Request } from './Contacts.tsx'
import type { ToTakeUp } from '../later-request.ts'
import { TakeUp } from './TakeUp.tsx'

type Team = { soon: Soon[]; contacts: Contact[]; requests: Request[]; toTakeUp: ToTakeUp[] }
type Soon = { caseId: string; alias: string; class: string; endsOn: Day; isHeld: boolean }

const FEW = 3

/** What is near of a supervisor's closed files: a contact that was agreed, what was asked, and what will be erased; nothing where nothing is. */
export function ClosureTeam() {
  const { app, desk } = useDesk()
  const [turn, setTurn] = useState(0)
  const asked = useAnswer(
    'closure-team',
    async () => (await app.api.get('/api/closure/team')) as Team, // our own server's schema
    `${desk.replica.state().syncedAt ?? ''}/${turn}`,
  )
  if (asked.state !== 'answered') return null
  const { soon, contacts, requests, toTakeUp } = asked.value
  return (
    <>
      <Contacts contacts={contacts} requests={requests} />
      {toTakeUp.length > 0 && <TakeUp waiting={toTakeUp} taken={() => setTurn((before) => before + 1)} />}
      {soon.length > 0 && <ErasedSoon soon={soon} />}
    </>
  )
}

function ErasedSoon({ soon }: { soon: readonly Soon[] }) {
  const { speech, pack, now } = useDesk()
  const { t } = speech
  const title = t('closure.soon', { count: soon.length })
  const list = (
    <ul className="plain stack">
      {soon.map((one) => (
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
  return soon.length > FEW ? (
    <Fold title={title}>{list}</Fold>
  ) : (
    <section className="group">
      <h2>{title}</h2>
      {list}
    </section>
  )
}
