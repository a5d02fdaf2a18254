import { useState } from 'react'
import { newId } from '../../../crypto/random.ts'
import { decideContext, recordOrSay } from '../../../web/app-context.ts'
import { attempt } from '../../../web/attempt.ts'
import { useFeatures } from '../../../web/features-context.ts'
import type { Draft } from '../../../web/outbox.ts'
import { refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one as valueOf } from '../../../web/ui/form-values.ts'
import { fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { useRecord } from '../../cases/screens/use-record.ts'
import type { ConferenceMinutes } from '../conference.ts'
import { missingOf, type Needed } from '../minutes.ts'
import { callConference, recordMinutes } from '../ops.ts'
import { CallForm } from './CallForm.tsx'
import { MinutesForm } from './MinutesForm.tsx'
import { DECISION_SLOTS, readMinutes, seatOf, seatValue, startOf } from './minutes-form.ts'
import { type Colleague, knownHere, useColleagues, useConferences } from './use-conferences.ts'
import { seatText } from './view.ts'

export function CallPage() {
  const here = useConferences()
  const record = useRecord()
  const colleagues = useColleagues(here.caseId)
  const [id] = useState(newId)
  const { caseId, found, one, id: replaces, speech, pack, person, desk, now, timeZone } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (replaces !== null && one === null) return <NotThere found={{ state: 'asking' }} />
  const known = knownHere(here)
  const at = fieldsOf(one?.call.at ?? now, timeZone)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const moment = momentOf(values, 'at', timeZone)
    if (moment.state !== 'said') return { at: speech.t('field.needed') }
    const agenda = valueOf(values, 'agenda')
    if (agenda === '') return { agenda: speech.t('field.needed') }
    const invited = [...many(values, 'people'), ...many(values, 'outside')].map(seatOf)
    if (invited.length === 0) return { people: speech.t('refused.nobody_invited') }
    const wrong = await record(
      callConference,
      { id, caseId, at: moment.at, replaces, agenda, invited },
      known,
      timeZone,
    )
    if (wrong === null) here.to(`/${id}`)
    return wrong
  }

  const before = one?.call.invited ?? []
  return (
    <CallForm
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      isMoved={replaces !== null}
      prepares={person.role === 'supervisor'}
      colleagues={namesOf(colleagues, here)}
      isOnline={colleagues !== null}
      outside={known.mayHear.map((code) => ({
        value: `as_${code}`,
        label: codeText(pack, 'recipient_function', speech, code),
      }))}
      start={{
        'at.day': [replaces === null ? '' : at.day],
        'at.time': [replaces === null ? '' : at.time],
        agenda: [one?.call.agenda ?? ''],
        people: [person.id, ...before.flatMap(({ personId }) => personId ?? [])],
        outside: before.flatMap(({ as }) => (as === null ? [] : [`as_${as}`])),
      }}
      draft={desk.drafts.of(`conference/${caseId}/${replaces ?? ''}`)}
      submit={submit}
    />
  )
}

/** Colleagues to choose from: by name where the server is there, else the worker herself and whoever was asked before. */
function namesOf(colleagues: Colleague[] | null, here: ReturnType<typeof useConferences>) {
  const { speech, person, one } = here
  if (colleagues !== null)
    return colleagues.map(({ id, name, role }) => ({
      value: id,
      label: `${name} · ${speech.find(`role.${role}`) ?? role}`,
    }))
  const asked = (one?.call.invited ?? []).filter(({ personId }) => personId !== null && personId !== person.id)
  return [
    { value: person.id, label: person.name },
    ...asked.map((seat) => ({ value: seatValue(seat), label: seatText(here, seat, one?.call.names ?? {}) })),
  ]
}

/** Where a missing piece is put right. */
const FIELD_OF: { [need in Needed]: string } = {
  why: 'why',
  present: 'also',
  seat_words: '',
  child_view: 'childView',
  child_not_heard: 'childNotHeard',
  carer_view: 'carerView',
  talked: 'talked',
  decision: 'decision.1.what',
  owner: 'decision.1.owner',
  due: 'decision.1.dueOn',
  child_told: 'childTold',
}

export function MinutesPage() {
  const here = useConferences()
  const features = useFeatures()
  const colleagues = useColleagues(here.caseId)
  const [id] = useState(newId)
  const [fresh] = useState(() => DECISION_SLOTS.map(() => newId()))
  const { caseId, found, one, isAsking, app, speech, pack, person, desk, now, timeZone } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (one === null) return <NotThere found={isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />
  const { t } = speech
  const { case: row } = found.opened
  const { call, minutes: before } = one
  const known = knownHere(here)
  const names = { ...call.names, ...before?.names }
  const invited = (before?.kind === 'held' ? before.seats : call.invited).map((seat) => ({
    value: seatValue(seat),
    label: seatText(here, seat, names),
  }))
  const functions = [...new Set([...known.mayHear, ...call.invited.flatMap(({ as }) => as ?? [])])].map((code) => ({
    value: `as_${code}`,
    label: codeText(pack, 'recipient_function', speech, code),
  }))
  const onCase = colleagues?.filter((each) => each.isOnCase || each.id === row.workerId) ?? null
  const at = fieldsOf(before?.at ?? (call.at < now ? call.at : now), timeZone)
  const ids = fresh.map((made, n) => before?.decisions[n]?.id ?? made)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const isHeld = valueOf(values, 'kind') === 'held'
    if (valueOf(values, 'kind') === '') return { kind: t('field.needed') }
    const moment = momentOf(values, 'at', timeZone)
    if (isHeld && moment.state !== 'said') return { at: t('field.needed') }
    const read = readMinutes(
      values,
      invited.map(({ value }) => value),
      ids,
    )
    for (const name of ['childVoice', 'carerVoice'] as const)
      if (read[name] === null) return { [name]: t('field.needed') }
    const late = read.decisions.findIndex(({ dueOn }) => dueOn === null)
    if (late !== -1) return { [`decision.${late + 1}.dueOn`]: t('field.needed') }
    const payload = {
      ...read,
      id,
      caseId,
      conferenceId: call.id,
      at: moment.state === 'said' && isHeld ? moment.at : now,
      corrects: before?.id ?? null,
    } as ConferenceMinutes // its own schema checks it again
    const missing = missingOf(payload, timeZone)
    if (missing.length > 0)
      return Object.fromEntries(missing.map((need) => [FIELD_OF[need], t(`conference.need.${need}`)]))
    const context = decideContext(app, desk, timeZone)
    const drafts: Draft[] = []
    const begin = await features.find((feature) => feature.begin !== undefined)?.begin?.()
    const tried = [
      attempt(recordMinutes, payload, known, context),
      // What is new becomes a task; what stood in the minutes before is one already.
      ...payload.decisions
        .filter((decision) => !(before?.decisions ?? []).some((old) => old.id === decision.id))
        .flatMap(({ id: taskId, what, ownerId, ownerAs, dueOn }) => {
          const whose = ownerAs === null ? '' : `${codeText(pack, 'recipient_function', speech, ownerAs)}: `
          const owner = ownerId === row.workerId || !(onCase ?? []).some((each) => each.id === ownerId) ? null : ownerId
          const title = `${whose}${what}`.slice(0, 200)
          return begin === undefined ? [] : [begin({ id: taskId, caseId, title, dueOn, ownerId: owner }, context)]
        }),
    ]
    for (const each of tried) {
      if (each.ok) drafts.push(each.draft)
      else return { '': 'refusal' in each ? refusalText(speech, each.refusal) : t('field.does_not_fit') }
    }
    const wrong = await recordOrSay(app, speech, drafts)
    if (wrong === null) here.to(`/${call.id}`)
    return wrong
  }

  return (
    <MinutesForm
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      isCorrection={before !== null}
      seats={invited}
      others={[...namesOf(colleagues, here), ...functions].filter(
        ({ value }) => !invited.some((each) => each.value === value),
      )}
      owners={[
        ...(onCase ?? [{ id: person.id, name: person.name }]).map(({ id: value, name }) => ({ value, label: name })),
        ...functions,
      ]}
      start={{
        kind: ['held'],
        ...(before === null ? {} : startOf(before)),
        'at.day': [at.day],
        'at.time': [at.time],
      }}
      draft={desk.drafts.of(`minutes/${caseId}/${call.id}`)}
      submit={submit}
    />
  )
}
