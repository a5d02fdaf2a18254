import { useState } from 'react'
import { AidSafeguard, givesSomething, hasLayer } from '../../../core/aid.ts'
import { dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useGoOn } from '../../../web/here-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { changes } from '../../cases/screens/changes.ts'
import { codeOptions } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { HEALTH_KINDS, isKeptWithHealth } from '../health.ts'
import { isMeeting } from '../meeting.ts'
import { addHealthNote, addSession, editService } from '../ops.ts'
import { Acknowledged, Came, ServiceEnd, ServiceFit, ServiceState, WhyNot } from '../service.ts'
import { readMeeting } from './meeting-form.ts'
import { HealthNoteForm, ServiceForm, SessionForm } from './service-forms.tsx'
import { useServices } from './use-services.ts'

function useBack(caseId: string) {
  const goOn = useGoOn()
  return () => goOn(`/cases/${caseId}/services`)
}

export function ServicePage() {
  const here = useServices()
  const { caseId, serviceId, found, speech, pack, desk, timeZone, services, goals, record } = here
  const [fresh] = useState(newId)
  const back = useBack(caseId)
  if (found.state !== 'found') return <NotThere found={found} />
  const before = services.find((each) => each.id === serviceId)
  if ((serviceId !== null && before === undefined) || here.isAsking) return <NotThere found={{ state: 'asking' }} />
  if (!here.canWrite) return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const { t } = speech
    const [kind, provider] = [one(values, 'kind'), one(values, 'provider')]
    const what = wordsOf(values, 'what')
    const state = pick(ServiceState.options, one(values, 'state'))
    if (kind === '') return { kind: t('field.needed') }
    if (what === null) return { what: t('field.needed') }
    if (provider === '') return { provider: t('field.needed') }
    if (state === null) return { state: t('field.needed') }
    const isEnded = state === 'ended'
    const fits = ServiceFit.options.filter((each) => many(values, 'fits').includes(each))
    const after = {
      kind,
      provider,
      state,
      what,
      layer: hasLayer(kind) ? wordsOf(values, 'layer') : null,
      safeguards: givesSomething(kind)
        ? AidSafeguard.options.filter((each) => many(values, 'safeguards').includes(each))
        : [],
      who: wordsOf(values, 'who'),
      goalId: wordsOf(values, 'goalId'),
      purpose: wordsOf(values, 'purpose'),
      fits,
      startsOn: dayIn(one(values, 'startsOn')),
      nextOn: isEnded ? null : dayIn(one(values, 'nextOn')),
      endsOn: isEnded ? dayIn(one(values, 'endsOn')) : null,
      ended: isEnded ? pick(ServiceEnd.options, one(values, 'ended')) : null,
      outcome: isEnded ? wordsOf(values, 'outcome') : null,
      childSays: wordsOf(values, 'childSays'),
      childSaidOn: dayIn(one(values, 'childSaidOn')),
    }
    const set = before === undefined ? after : changes({ ...before.fields }, after)
    const id = before?.id ?? fresh
    const known = {
      closedAt: row.closedAt,
      row: before?.fields ?? null,
      goals: goals.map((goal) => goal.value),
    }
    const seen = here.isHere ? {} : { seen: before?.version ?? 0 }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record(editService, { id, caseId, set }, known, timeZone, { thing: 'child_service', id, ...seen })
    if (wrong === null) back()
    return wrong
  }

  return (
    <ServiceForm
      speech={speech}
      alias={row.alias}
      isNew={before === undefined}
      kinds={codeOptions(pack, 'service_sector', speech).filter(({ value }) => !isKeptWithHealth(value, null))}
      layers={codeOptions(pack, 'mhpss_layer', speech).filter(({ value }) => !isKeptWithHealth('', value))}
      providers={codeOptions(pack, 'service_provider', speech)}
      goals={goals}
      start={startOf(before === undefined ? { state: 'planned' } : { ...before.fields })}
      draft={desk.drafts.of(`service/${caseId}/${serviceId ?? ''}`)}
      submit={submit}
    />
  )
}

/** What a form starts from: each code, day and word as the browser holds it. */
function startOf(fields: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, [value]]] : Array.isArray(value) ? [[name, value.map(String)]] : [],
    ),
  )
}

export function SessionPage() {
  const here = useServices()
  const { caseId, serviceId, found, speech, desk, now, timeZone, services, record } = here
  const [id] = useState(newId)
  const back = useBack(caseId)
  if (found.state !== 'found') return <NotThere found={found} />
  const service = services.find((each) => each.id === serviceId)
  if (service === undefined) return <NotThere found={{ state: 'asking' }} />
  if (!here.canWrite) return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const { t } = speech
    const came = pick(Came.options, one(values, 'came'))
    const onDay = dayIn(one(values, 'onDay'))
    if (came === null) return { came: t('field.needed') }
    if (onDay === null) return { onDay: t('field.needed') }
    const isMissed = came === 'did_not_come' || came === 'was_not_held'
    const isGiven = came === 'given'
    const worth = isGiven ? one(values, 'worth').replaceAll(/[\s.,]/g, '') : ''
    if (worth !== '' && !/^\d{1,10}$/.test(worth)) return { worth: t('services.worth_wrong') }
    const meets = isMeeting(service?.fields.kind ?? '') && !isMissed && !isGiven
    const read = meets ? readMeeting(values) : { meeting: null }
    if ('lacks' in read) return { [read.lacks]: t('field.needed') }
    const payload = {
      id,
      caseId,
      serviceId,
      onDay,
      came,
      whyNot: isMissed ? pick(WhyNot.options, one(values, 'whyNot')) : null,
      receivedBy: isGiven ? pick(['child', 'carer'] as const, one(values, 'receivedBy')) : null,
      acknowledged: isGiven ? pick(Acknowledged.options, one(values, 'acknowledged')) : null,
      what: isGiven ? wordsOf(values, 'what') : null,
      worth: worth === '' ? null : Number(worth),
      agreedBy: isGiven ? wordsOf(values, 'agreedBy') : null,
      childSays: wordsOf(values, 'childSays'),
      meeting: read.meeting,
    }
    const known = {
      closedAt: row.closedAt,
      services: services.map((each) => ({
        id: each.id,
        kind: each.fields.kind,
        startsOn: each.fields.startsOn ?? null,
        safeguards: each.fields.safeguards,
      })),
    }
    const wrong = await record(addSession, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <SessionForm
      speech={speech}
      alias={row.alias}
      gives={givesSomething(service.fields.kind)}
      meets={isMeeting(service.fields.kind)}
      start={{ onDay: [dayOf(now, timeZone)] }}
      draft={desk.drafts.of(`session/${caseId}/${serviceId ?? ''}`)}
      submit={submit}
    />
  )
}

export function HealthNotePage() {
  const here = useServices()
  const { caseId, serviceId, found, speech, pack, desk, now, timeZone, services, record } = here
  const [id] = useState(newId)
  const back = useBack(caseId)
  if (found.state !== 'found') return <NotThere found={found} />
  const service = services.find((each) => each.id === serviceId)
  if (!here.writesHealth) return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  if (service === undefined) return <NotThere found={{ state: 'asking' }} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const onDay = dayIn(one(values, 'onDay'))
    const kind = one(values, 'kind')
    const note = wordsOf(values, 'note')
    if (onDay === null) return { onDay: speech.t('field.needed') }
    if (kind === '') return { kind: speech.t('field.needed') }
    if (note === null) return { note: speech.t('field.needed') }
    const layer = hasLayer(kind) ? wordsOf(values, 'layer') : null
    const payload = { id, caseId, serviceId, onDay, kind, layer, note, next: wordsOf(values, 'next') }
    const known = {
      closedAt: row.closedAt,
      services: services.map((each) => ({ id: each.id })),
    }
    const wrong = await record(addHealthNote, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <HealthNoteForm
      speech={speech}
      alias={row.alias}
      kinds={codeOptions(pack, 'service_sector', speech).filter(({ value }) => HEALTH_KINDS.includes(value))}
      layers={codeOptions(pack, 'mhpss_layer', speech)}
      start={{ onDay: [dayOf(now, timeZone)], kind: [service.fields.kind] }}
      draft={desk.drafts.of(`health-note/${caseId}/${service.id}`)}
      submit={submit}
    />
  )
}
