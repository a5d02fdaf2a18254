import { startOfDay, type Day } from '../../../core/time.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { StepQuestions } from '../../../web/StepQuestions.tsx'
import type { Tone } from '../../../web/ui/Status.tsx'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { isByHealthWorkers } from '../health.ts'
import { isMeeting, type Meeting } from '../meeting.ts'
import type { Came, ServiceSession, ServiceState } from '../service.ts'
import { HealthNotes } from './HealthNotes.tsx'
import { cameText, meetingFacts } from './meeting-form.ts'
import { Services, type ShownService, type ShownSession } from './Services.tsx'
import { type ServicesHere, useServices } from './use-services.ts'

const STATE_TONES: Record<ServiceState, Tone> = { planned: 'quiet', going: 'info', ended: 'ok' }
const CAME_TONES: Record<Came, Tone> = {
  came: 'ok',
  came_for_a_part: 'ok',
  did_not_come: 'quiet',
  was_not_held: 'quiet',
  given: 'info',
}
/** Services that go on stand before what is planned, and both before what has ended. */
const ORDER: readonly ServiceState[] = ['going', 'planned', 'ended']

/** Whether a person of this role may open what health workers wrote (security.md 3.4). */
const READS_HEALTH = ['case_worker', 'clinician']

export function ServicesPage() {
  const here = useServices()
  const { caseId, found, speech, services, sessions, person, canWrite, problem } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (here.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { case: row } = found.opened
  const shown = services
    .toSorted((a, b) => ORDER.indexOf(a.fields.state) - ORDER.indexOf(b.fields.state))
    .map(({ id, fields }): ShownService => {
      const { state, nextOn, what, kind } = fields
      return {
        id,
        title: codeText(here.pack, 'service_sector', speech, kind),
        about: aboutText(here, fields),
        state: { text: speech.t(`services.state.${state}`), tone: STATE_TONES[state] },
        next:
          state === 'ended' || (nextOn ?? null) === null
            ? null
            : speech.t('services.next_on', { day: onDay(here, nextOn) }),
        what,
        facts: factsOf(here, fields),
        voice:
          (fields.childSays ?? '') === ''
            ? null
            : { text: fields.childSays ?? '', who: onDay(here, fields.childSaidOn ?? null) },
        sessions: sessions
          .filter((one) => one.fields.serviceId === id)
          .map((one) => sessionOf(here, one.fields, isMeeting(kind))),
        isOpen: state !== 'ended',
        health:
          isByHealthWorkers(kind) && READS_HEALTH.includes(person.role) ? (
            <HealthNotes here={here} serviceId={id} />
          ) : null,
      }
    })
  return (
    <div className="stack wide">
      <Services
        speech={speech}
        caseId={caseId}
        alias={row.alias}
        services={shown}
        canWrite={canWrite}
        problem={problem === null ? null : errorText(speech, problem)}
      />
      <StepQuestions caseId={caseId} step="implementation" />
    </div>
  )
}

function onDay({ speech, timeZone, now }: ServicesHere, day: Day | null): string {
  return day === null ? '' : dayText(speech, startOfDay(day, timeZone), timeZone, now)
}

type Fields = ServicesHere['services'][number]['fields']

function aboutText(here: ServicesHere, { provider, who, startsOn, endsOn, layer, state }: Fields): string {
  const { speech, pack } = here
  return [
    codeText(pack, 'service_provider', speech, provider),
    who ?? '',
    (layer ?? null) === null ? '' : codeText(pack, 'mhpss_layer', speech, String(layer)),
    (startsOn ?? null) === null ? '' : speech.t('services.since', { day: onDay(here, startsOn) }),
    state === 'ended' && (endsOn ?? null) !== null ? speech.t('services.until', { day: onDay(here, endsOn) }) : '',
  ]
    .filter((text) => text !== '')
    .join(' · ')
}

function factsOf({ speech: { t }, goals }: ServicesHere, fields: Fields) {
  const { purpose, goalId, fits, ended, outcome } = fields
  return [
    { label: t('services.goal'), text: goals.find((goal) => goal.value === goalId)?.label ?? '' },
    { label: t('care.action_purpose'), text: purpose ?? '' },
    { label: t('services.fits'), text: (fits ?? []).map((fit) => t(`services.fit.${fit}`)).join(' · ') },
    {
      label: t('services.ended'),
      text: [(ended ?? null) === null ? '' : t(`services.end.${ended ?? 'other'}`), outcome ?? '']
        .filter((text) => text !== '')
        .join('. '),
    },
  ].filter(({ text }) => text !== '')
}

function sessionOf(here: ServicesHere, session: ServiceSession, isTalk: boolean): ShownSession {
  const { id, came, whyNot, what, worth, agreedBy, receivedBy, acknowledged, childSays, meeting } = session
  const { t, format } = here.speech
  const given = [
    what ?? '',
    worth === null ? '' : t('services.worth_about', { worth: new Intl.NumberFormat(format).format(worth) }),
    agreedBy === null ? '' : t('services.agreed', { who: agreedBy }),
    receivedBy === null ? '' : t(`services.received.${receivedBy}`),
    acknowledged === null ? '' : t(`services.ack.${acknowledged}`),
  ].filter((text) => text !== '')
  return {
    id,
    day: onDay(here, session.onDay),
    text: cameText(here.speech, came, isTalk),
    tone: CAME_TONES[came],
    note: whyNot !== null ? t(`services.why.${whyNot}`) : given.length > 0 ? given.join(' · ') : null,
    said: childSays,
    meeting: (meeting ?? null) === null ? [] : meetingFacts(here.speech, meeting as Meeting, (day) => onDay(here, day)), // just asked; an older row has none
  }
}
