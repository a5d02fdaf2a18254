import { useState } from 'react'
import { addDuration, type Day, Day as DaySchema, dayOf, type Instant } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { isReturnCode } from '../../../crypto/return-code.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { endHold, holdErasure } from '../hold-ops.ts'
import { makeContact } from '../later-contact-ops.ts'
import { reopenCase } from '../ops.ts'
import { clockState, type ClockState } from '../retention.ts'
import { AskLater } from './AskLater.tsx'
import { HoldForm, ReopenForm, ReturnCodeForm } from './after-forms.tsx'
import { Kept } from './Kept.tsx'
import { LaterRequests } from './LaterRequests.tsx'
import { type ShownHold, signedText, useClosure, useDayText } from './use-closure.ts'

export function ReopenPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, pack, desk } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const reason = one(values, 'reason')
    if (reason === '') return { reason: speech.t('field.needed') }
    const payload = { id, caseId, reason, why: wordsOf(values, 'why') }
    const wrong = await record(reopenCase, payload, { closedAt: row.closedAt }, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}`)
    return wrong
  }
  return (
    <ReopenForm
      speech={speech}
      alias={row.alias}
      reasons={codeOptions(pack, 'reopening_reason', speech)}
      draft={desk.drafts.of(`reopening/${caseId}`)}
      submit={submit}
    />
  )
}

const TONES: Record<ClockState, Tone> = { running: 'quiet', soon: 'due', held: 'info', erased: 'ok' }

export function KeptPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { clocks, holds, reopenings, closings, requests, problem } = useClosure(caseId)
  const { speech, pack, now, person } = useDesk()
  const record = useRecord()
  const timeZone = found.state === 'found' ? found.opened.timeZone : 'UTC'
  const onDay = useDayText(timeZone)
  const [refused, setRefused] = useState<string | null>(null)
  // What was written down here, before the rows are asked for again.
  const [noted, setNoted] = useState<{ on: Day | null } | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const hasHold = holds.some((hold) => hold.isLive)
  const isHeld =
    hasHold ||
    requests.some((one) => one.answer === null && ((one.goesOnAt ?? null) === null || (one.goesOnAt ?? now) > now))
  const onMoment = (at: Instant) => dayText(speech, at, timeZone, now)

  async function end(holdId: string) {
    const wrong = await record(endHold, { caseId, holdId }, known(holds, pack.retention.holdAtMost), timeZone)
    setRefused(wrong?.[''] ?? null)
  }
  const ref = clocks[0]?.ref ?? null
  const last = closings.at(-1)
  const agreed = row.state === 'closed' && last?.contact === 'agreed' ? last : null
  const madeOn = noted === null ? (agreed?.contactMadeOn ?? null) : noted.on
  const mayNote = isMine || person.role === 'supervisor'

  async function made(closingId: string, on: Day | null): Promise<FormErrors | null> {
    const before = row.closedAt === null ? null : { closedAt: row.closedAt, madeOn, isAnothers: false }
    const wrong = await record(makeContact, { caseId, closingId, madeOn: on }, before, timeZone)
    if (wrong === null) setNoted({ on })
    return wrong
  }
  async function noteOn(closingId: string, values: FormValues): Promise<FormErrors | null> {
    const on = DaySchema.safeParse(one(values, 'madeOn'))
    return on.success ? made(closingId, on.data) : { madeOn: t('field.needed') }
  }
  return (
    <Kept
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      lead={[
        row.state === 'open' ? t('closure.kept_open') : t('closure.kept_lead'),
        ref === null ? null : t('closure.reference', { ref }),
      ]
        .filter((text) => text !== null)
        .join(' ')}
      kept={clocks.map((clock) => {
        const state = clockState(clock, isHeld, pack.retention.warnBefore, now, timeZone)
        return {
          key: `${clock.class}/${clock.startsAt}`,
          what: speech.find(`closure.class.${clock.class}`) ?? clock.class,
          holds: speech.find(`closure.class_about.${clock.class}`) ?? '',
          when:
            clock.erasedAt === null
              ? t('closure.ends_on', { day: onDay(clock.endsOn) })
              : t('closure.was_erased', { day: onMoment(clock.erasedAt) }),
          state: t(`closure.state.${state}`),
          tone: TONES[state],
        }
      })}
      holds={holds.map((hold) => ({
        id: hold.id,
        instrument: hold.instrument ?? '',
        why: hold.why ?? '',
        about: [
          t('closure.held_by', { name: hold.askedByName ?? '–', day: onMoment(hold.askedAt) }),
          hold.endedAt === null
            ? t('closure.held_until', { day: onDay(hold.untilOn) })
            : t('closure.hold_ended', { day: onMoment(hold.endedAt) }),
        ].join(' · '),
        signed: signedText(speech, hold.answer, onMoment),
        isLive: hold.isLive,
      }))}
      reopened={reopenings.map((again) => ({
        id: again.id,
        about: t('closure.opened_again', {
          reason: codeText(pack, 'reopening_reason', speech, again.reason),
          day: onMoment(again.reopenedAt),
        }),
        why: again.why ?? '',
        signed: signedText(speech, again.answer, onMoment),
      }))}
      mayHold={isMine && person.role === 'case_worker' && row.state === 'closed' && !hasHold}
      mayEnd={isMine || person.role === 'supervisor'}
      problem={refused ?? (problem === null ? null : errorText(speech, problem))}
      end={(holdId) => void end(holdId)}
      requests={<LaterRequests caseId={caseId} timeZone={timeZone} requests={requests} mayAnswer={mayNote} />}
      contact={
        agreed === null || agreed.contactOn === null
          ? null
          : {
              text:
                madeOn === null
                  ? [
                      t('closure.contact_agreed', { day: onDay(agreed.contactOn) }),
                      agreed.contactUntil === null ? null : t('closure.until', { day: onDay(agreed.contactUntil) }),
                    ]
                      .filter((text) => text !== null)
                      .join(' · ')
                  : t('closure.contact_was_made', { day: onDay(madeOn) }),
              safely: agreed.contactSafely,
              note: mayNote
                ? {
                    madeOn,
                    today: dayOf(now, timeZone),
                    submit: (values) => noteOn(agreed.id, values),
                    takeBack: () => void made(agreed.id, null).then((wrong) => setRefused(wrong?.[''] ?? null)),
                  }
                : null,
            }
      }
    />
  )
}

function known(holds: readonly ShownHold[], atMost: string) {
  return { holds: holds.map(({ id, isLive }) => ({ id, isLive })), atMost }
}

export function HoldPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { holds } = useClosure(caseId)
  const { speech, pack, now, desk } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  const timeZone = found.state === 'found' ? found.opened.timeZone : 'UTC'
  const onDay = useDayText(timeZone)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const untilOn = DaySchema.safeParse(one(values, 'untilOn'))
    if (!untilOn.success) return { untilOn: speech.t('field.needed') }
    const said = { instrument: wordsOf(values, 'instrument'), why: wordsOf(values, 'why') }
    const payload = { id, caseId, untilOn: untilOn.data, ...said }
    const wrong = await record(holdErasure, payload, known(holds, pack.retention.holdAtMost), timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/kept`)
    return wrong
  }
  const latest = dayOf(addDuration(now, pack.retention.holdAtMost, timeZone), timeZone)
  return (
    <HoldForm
      speech={speech}
      alias={row.alias}
      latest={speech.t('closure.hold_latest', { day: onDay(latest) })}
      draft={desk.drafts.of(`hold/${caseId}`)}
      submit={submit}
    />
  )
}

type KeptCode = { code: { salt: string; digest: string } | null }

export function ReturnCodePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { app, speech, person } = useDesk()
  const [answer, setAnswer] = useState<{ tone: 'ok' | 'due'; text: string } | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const words = one(values, 'words')
    if (words === '') return { words: speech.t('field.needed') }
    try {
      // Our own server answers in its own schema.
      const { code } = (await app.api.get(`/api/cases/${caseId}/return-code`, reasonHeaders(caseId))) as KeptCode
      if (code === null) setAnswer({ tone: 'due', text: speech.t('closure.no_code') })
      else if (await isReturnCode(words, code)) setAnswer({ tone: 'ok', text: speech.t('closure.code_fits') })
      else setAnswer({ tone: 'due', text: speech.t('closure.code_does_not_fit') })
      return null
    } catch (error) {
      return { '': errorText(speech, codeOf(error)) }
    }
  }
  const { case: row, isMine, timeZone } = found.opened
  // Only whoever showed whose file it is asks, and only her worker or a supervisor writes it down.
  const asks =
    answer?.tone === 'ok' && (isMine || person.role === 'supervisor') ? <AskLater of={row} timeZone={timeZone} /> : null
  return <ReturnCodeForm speech={speech} alias={row.alias} submit={submit} answer={answer} asks={asks} />
}
