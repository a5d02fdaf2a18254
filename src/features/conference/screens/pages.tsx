import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import type { ConferenceDecision, MinuteSeat } from '../conference.ts'
import { wasThere } from '../minutes.ts'
import { Conferences } from './Conferences.tsx'
import { OneConference, type ShownDecision, type ShownSeat } from './OneConference.tsx'
import { useConferences } from './use-conferences.ts'
import { type Conference, type KeptMinutes, type Names, seatText } from './view.ts'

const WRITES = ['case_worker', 'intake']

export function ConferencesPage() {
  const here = useConferences()
  const { caseId, found, all, speech, person, now, timeZone, problem } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (here.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { case: row, isMine } = found.opened
  const { t } = speech
  return (
    <Conferences
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      conferences={all.map(({ call, minutes, state }) => ({
        id: call.id,
        when: momentText(speech, minutes?.at ?? call.at, timeZone, now),
        agenda: call.agenda,
        people: call.invited.map((seat) => seatText(here, seat, call.names)).join(' · '),
        decided: minutes?.kind === 'held' ? t('conference.decided', { count: minutes.decisions.length }) : null,
        state,
      }))}
      canWrite={isMine && row.state === 'open' && WRITES.includes(person.role)}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )
}

export function OneConferencePage() {
  const here = useConferences()
  const { caseId, found, one, isAsking, speech, person, now, timeZone } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (one === null) return <NotThere found={isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const { call, minutes, state } = one
  const names = { ...call.names, ...minutes?.names }
  const canWrite = isMine && row.state === 'open' && WRITES.includes(person.role)
  const canPrepare = person.role === 'supervisor' && row.state === 'open' && minutes === null
  const prepare = {
    href: `/cases/${caseId}/conferences/${call.id}/move`,
    text: t('conference.prepare'),
    isFirst: state === 'called',
  }
  const isHeld = minutes?.kind === 'held'
  return (
    <OneConference
      speech={speech}
      alias={row.alias}
      caseId={caseId}
      title={t('conference.one_title', { when: momentText(speech, minutes?.at ?? call.at, timeZone, now) })}
      state={state}
      note={noteOf(one)}
      agenda={call.agenda}
      why={minutes?.why ?? null}
      voices={isHeld ? voicesOf(minutes) : []}
      seats={isHeld ? minutes.seats.map(sat) : call.invited.map((seat) => invited(seat))}
      decisions={isHeld ? minutes.decisions.map(decided) : []}
      talked={minutes?.talked ?? null}
      childTold={minutes?.childTold ?? null}
      links={canWrite ? linksOf(one) : canPrepare ? [prepare] : []}
    />
  )

  function noteOf({ call: of, minutes: written }: Conference): string {
    const name = written === null ? of.calledByName : written.writtenByName
    if (name === null || name === undefined) return ''
    return t(written === null ? 'conference.called_by' : 'conference.written_by', { name })
  }

  function voicesOf(of: KeptMinutes) {
    const child = t(`conference.child_voice.${of.childVoice}`)
    const carer = t(`conference.carer_voice.${of.carerVoice}`)
    return [
      {
        label: [t('conference.child_said', { voice: child }), saidOn(of)].join(' · '),
        text: of.childView ?? of.childNotHeard ?? '–',
      },
      ...(of.carerView === null ? [] : [{ label: t('conference.carer_said', { voice: carer }), text: of.carerView }]),
    ]
  }

  /** The day the child said it; that of the conference, where nobody wrote another. */
  function saidOn({ childSaidOn, at }: Pick<KeptMinutes, 'childSaidOn' | 'at'>): string {
    const on = (childSaidOn ?? null) === null ? at : startOfDay(childSaidOn as Day, timeZone) // just asked
    return dayText(speech, on, timeZone, now)
  }

  function invited(seat: { personId: string | null; as: string | null }): ShownSeat {
    const who = seatText(here, seat, names)
    return { key: who, who, about: t('conference.is_invited'), words: null }
  }

  function sat(seat: MinuteSeat): ShownSeat {
    const who = seatText(here, seat, names)
    const position = wasThere(seat) ? ` · ${t(`conference.position.${seat.position}`)}` : ''
    const wasInvited = call.invited.some(({ personId, as }) => personId === seat.personId && as === seat.as)
    const about = `${t(`conference.presence.${seat.presence}`)}${position}`
    return {
      key: who,
      who,
      about: wasInvited ? about : `${about} · ${t('conference.not_invited')}`,
      words: seat.seatWords,
    }
  }

  function decided({ id, what, childSays, childSaidOn, ownerId, ownerAs, dueOn }: ConferenceDecision): ShownDecision {
    const task = rowsOf(here.kept, 'care_task', caseId).find((each) => each.id === id)
    return {
      id,
      what,
      // Where the child said nothing to this one, what it said to the whole stands beside it, and is called that.
      child:
        childSays === null
          ? { label: t('conference.child_view'), text: minutes?.childView ?? minutes?.childNotHeard ?? '–' }
          : {
              label: [t('conference.child_says'), saidOn({ childSaidOn, at: minutes?.at ?? call.at })].join(' · '),
              text: childSays,
            },
      who: [ownerText(ownerId, ownerAs, names), until(dueOn)].join(' · '),
      task:
        task === undefined
          ? null
          : {
              text: t(`conference.task.${task.fields.state === 'open' ? 'open' : 'ended'}`),
              href: `/cases/${caseId}/task/${id}`,
            },
    }
  }

  function ownerText(ownerId: string | null, ownerAs: string | null, of: Names): string {
    return seatText(here, { personId: ownerId, as: ownerAs }, of)
  }

  function until(dueOn: ConferenceDecision['dueOn']): string {
    const at: Instant = startOfDay(dueOn, timeZone)
    return t('conference.until', { day: dayText(speech, at, timeZone, now) })
  }

  function linksOf({ state: stands, minutes: written }: Conference) {
    const href = `/cases/${caseId}/conferences/${call.id}`
    if (written !== null) return [{ href: `${href}/minutes`, text: t('conference.put_right'), isFirst: false }]
    return [
      { href: `${href}/minutes`, text: t('conference.write'), isFirst: stands === 'to_write' },
      { href: `${href}/move`, text: t('conference.move'), isFirst: false },
    ]
  }
}
