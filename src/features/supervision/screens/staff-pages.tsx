import { useState } from 'react'
import { dayOf } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import { errorText, refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { decideLeave, Leave } from '../../cases/leave.ts'
import type { WorkTalk } from '../work-talk.ts'
import { idOfWords } from './id-of-words.ts'
import { StaffCare } from './StaffCare.tsx'
import { LeaveForm, WorkTalks } from './staff-forms.tsx'
import type { ShownTalk } from './Supervision.tsx'
import { TeamStaff } from './TeamStaff.tsx'
import { useSend, useStaff, useStaffTexts } from './use-staff.ts'

/** Takes a leave out again, and asks anew. */
function useDrop() {
  const send = useSend()
  const [turn, setTurn] = useState(0)
  const [problem, say] = useState<string | null>(null)
  async function drop(id: string): Promise<void> {
    say(await send(`/api/staff/leave/${id}/remove`, {}))
    setTurn((before) => before + 1)
  }
  return { drop: (id: string) => void drop(id), turn, problem }
}

type Load = { workerId: string; open: number; hours: number }

export function TeamStaffPage() {
  const { app, speech, pack } = useDesk()
  const { drop, turn, problem } = useDrop()
  const asked = useStaff(turn)
  const texts = useStaffTexts()
  // Our own server answers in its own schema.
  const loads = useAnswer('loads', async () => ((await app.api.get('/api/team-day/loads')) as { loads: Load[] }).loads)
  const carried = loads.state === 'answered' ? loads.value : []
  function hoursOf(id: string): string | null {
    const load = carried.find(({ workerId }) => workerId === id)
    if (load === undefined) return null
    return speech.t('team.load', { hours: load.hours, of: pack.workload.hoursAMonth, count: load.open })
  }
  return (
    <TeamStaff
      speech={speech}
      members={
        asked.state === 'answered'
          ? asked.value.team.map((one) => ({
              id: one.id,
              name: one.name,
              talks: texts.talks(one),
              hours: hoursOf(one.id),
              heavy: texts.heavy(one),
              leaves: one.leaves.map((leave) => ({ id: leave.id, text: texts.away(leave) })),
            }))
          : null
      }
      drop={drop}
      problem={problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
    />
  )
}

export function StaffCarePage() {
  const { speech, pack, person } = useDesk()
  const { drop, turn, problem } = useDrop()
  const asked = useStaff(turn)
  const texts = useStaffTexts()
  const talks = useTalks(person.id)
  const mine = asked.state === 'answered' ? asked.value.mine : null
  const supervisors = mine?.supervisors ?? []
  return (
    <StaffCare
      speech={speech}
      supervisors={person.role === 'supervisor' && supervisors.length === 0 ? null : supervisors}
      talks={mine === null || mine.supervisors.length === 0 ? null : texts.talks(mine)}
      phones={pack.emergency.map(({ label, phone }) => ({ label: speech.label(label), phone }))}
      mine={
        mine === null
          ? null
          : {
              heavy: texts.heavy(mine),
              leaves: mine.leaves.map((leave) => ({ id: leave.id, text: texts.away(leave) })),
              covers: mine.covers.map((leave) => ({
                id: leave.id,
                text: speech.t('supervision.you_cover', {
                  name: leave.personName ?? '–',
                  from: texts.day(leave.fromOn),
                  until: texts.day(leave.untilOn),
                }),
              })),
              talked: talks ?? [],
            }
      }
      drop={drop}
      problem={problem}
    />
  )
}

/** Whose leave or talks a screen is about: the person its path names, or oneself. */
function useMember() {
  const { person } = useDesk()
  const { personId }: { personId?: string } = useParams() // the path of these screens names it
  const asked = useStaff()
  const isMine = personId === undefined || personId === person.id
  const name =
    asked.state !== 'answered' || isMine ? person.name : asked.value.team.find(({ id }) => id === personId)?.name
  return { id: personId ?? person.id, isMine, asked, name }
}

export function LeavePage() {
  const { speech, pack, now, desk } = useDesk()
  const { id: personId, isMine, asked, name } = useMember()
  const goOn = useGoOn()
  const send = useSend()
  const [idOf] = useState(idOfWords)
  if (asked.state !== 'answered') return <NotThere found={asked} />
  if (name === undefined) return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { t } = speech
  const { team, colleagues, mine } = asked.value

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const [fromOn, untilOn] = [dayIn(one(values, 'fromOn')), dayIn(one(values, 'untilOn'))]
    if (fromOn === null) return { fromOn: t('field.needed') }
    if (untilOn === null) return { untilOn: t('field.needed') }
    const sent = { personId, fromOn, untilOn, coveredBy: wordsOf(values, 'coveredBy') }
    const leave = Leave.parse({ id: idOf(sent), ...sent })
    const known = {
      people: [personId],
      colleagues: colleagues.map((each) => each.id),
      others: isMine ? mine.leaves : (team.find((each) => each.id === personId)?.leaves ?? []),
    }
    const decided = decideLeave(leave, known, { now, timeZone: pack.timeZone })
    if (!decided.ok) return { untilOn: refusalText(speech, decided.refusal) }
    const wrong = await send('/api/staff/leave', leave)
    if (wrong !== null) return { '': wrong }
    goOn(isMine ? '/more/staff-care' : '/team/staff')
    return null
  }
  return (
    <LeaveForm
      speech={speech}
      title={isMine ? t('supervision.my_leave') : t('supervision.leave_of', { name })}
      colleagues={colleagues
        .filter((each) => each.id !== personId)
        .map((each) => ({ value: each.id, label: each.name }))}
      draft={desk.drafts.of(`leave/${personId}`)}
      submit={submit}
    />
  )
}

type ReadTalk = WorkTalk & { withName: string | null; writtenByName: string | null }

/** What was talked about work as a whole with somebody, as the asker may read it; null until it is there. */
function useTalks(personId: string): ShownTalk[] | null {
  const { app, speech } = useDesk()
  const { day } = useStaffTexts()
  const { t } = speech
  const asked = useAnswer(
    `work-talks|${personId}`,
    // Our own server answers in its own schema.
    async () => ((await app.api.get(`/api/staff/${personId}/talks`)) as { talks: ReadTalk[] }).talks,
  )
  if (asked.state !== 'answered') return null
  return asked.value.map(({ id, heldOn, nextOn, withName, writtenByName, talked, agreed, needed }) => ({
    id,
    title: t('supervision.talk_on', { day: day(heldOn) }),
    about: t('supervision.between', { one: writtenByName ?? '–', other: withName ?? '–' }),
    said: [
      { label: t('supervision.talked'), text: talked },
      { label: t('supervision.agreed'), text: agreed ?? '' },
      { label: t('supervision.needed'), text: needed ?? '' },
      { label: t('supervision.next_on'), text: nextOn === null ? '' : day(nextOn) },
    ].filter(({ text }) => text !== ''),
  }))
}

export function WorkTalksPage() {
  const { speech, pack, now, desk, person } = useDesk()
  const { id: personId, isMine, asked, name } = useMember()
  const goOn = useGoOn()
  const send = useSend()
  const [idOf] = useState(idOfWords)
  const talks = useTalks(personId)
  if (asked.state !== 'answered') return <NotThere found={asked} />
  if (name === undefined || isMine || person.role !== 'supervisor')
    return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { t } = speech

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const heldOn = dayIn(one(values, 'heldOn'))
    if (heldOn === null) return { heldOn: t('field.needed') }
    if (one(values, 'talked') === '') return { talked: t('field.needed') }
    const sent = {
      withId: personId,
      heldOn,
      nextOn: dayIn(one(values, 'nextOn')),
      talked: one(values, 'talked'),
      agreed: wordsOf(values, 'agreed'),
      needed: wordsOf(values, 'needed'),
    }
    const wrong = await send('/api/staff/talks', { id: idOf(sent), ...sent })
    if (wrong !== null) return { '': wrong }
    goOn('/team/staff')
    return null
  }
  return (
    <WorkTalks
      speech={speech}
      name={name}
      talks={talks}
      start={{ heldOn: [dayOf(now, pack.timeZone)] }}
      draft={desk.drafts.of(`work-talk/${personId}`)}
      submit={submit}
    />
  )
}
