import { type ReactNode, useState } from 'react'
import { type Day, Day as DaySchema, dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { CaseStanding } from '../../../web/CaseStanding.tsx'
import { StepQuestions } from '../../../web/StepQuestions.tsx'
import { useDesk } from '../../../web/app-context.ts'
import { dueWork } from '../../../web/due-work.ts'
import { rowsOf } from '../../../web/feature.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText, refusalText } from '../../../web/refusal-text.ts'
import type { Rows } from '../../../web/replica.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { type OpenedCase, useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { isWeighedHere } from '../../cases/screens/weighed-here.ts'
import { type CaseClosing, waitingClosing, Way } from '../closing.ts'
import { isWithTheChild, lacksOf } from '../closing-rules.ts'
import { askToClose, hindrancesOf } from '../ops.ts'
import { clocksOf } from '../retention.ts'
import { AskToClose, ATTEMPT_ROWS } from './AskToClose.tsx'
import { formOf } from './closing-form.ts'
import { linesOf, ReadClosing } from './ReadClosing.tsx'
import { type Closure, type ShownClosing, useClosure, useDayText } from './use-closure.ts'
import { WaitingClosing } from './WaitingClosing.tsx'

/** Closing a case: the worker asks, the supervisor answers, each on the same address. */
export function CloseCasePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const closure = useClosure(caseId)
  const { speech, person } = useDesk()
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened } = found
  const waiting = waitingClosing(closure.closings)
  if (opened.case.state === 'closed') return <Plain title={speech.t('closure.is_closed')} />
  if (closure.problem !== null) return <Plain title={errorText(speech, closure.problem)} />
  if (closure.isAsking) return <NotThere found={{ state: 'asking' }} />
  if (person.role !== 'supervisor' && waiting === null)
    return (
      <WithQuestions caseId={caseId}>
        <Ask opened={opened} closure={closure} />
      </WithQuestions>
    )
  if (waiting === null)
    return <Plain title={speech.t('closure.nothing_waits')} text={speech.t('closure.worker_asks')} />
  return (
    <WithQuestions caseId={caseId}>
      <Waits opened={opened} waiting={waiting} />
    </WithQuestions>
  )
}

/** What the country asks at closure stands below what closes the case. */
function WithQuestions({ caseId, children }: { caseId: string; children: ReactNode }) {
  return (
    <div className="stack wide">
      {children}
      <StepQuestions caseId={caseId} step="closure" />
    </div>
  )
}

function Plain({ title, text }: { title: string; text?: string }) {
  return (
    <Screen title={title} plain>
      {text !== undefined && <p>{text}</p>}
    </Screen>
  )
}

function Ask({ opened, closure }: { opened: OpenedCase; closure: Closure }) {
  const { speech, pack, rows, now, desk } = useDesk()
  const features = useFeatures()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  const { case: row, timeZone } = opened
  const caseId = row.id
  const open = dueWork(features, { rows, pack, now, speech }).filter(
    (task) => task.caseId === caseId && task.waits !== true,
  )
  const onDay = useDayText(timeZone)
  const before = closure.closings.at(-1)
  const answer = before?.answer ?? null

  const closedToday = { closedAt: now, reason: 'duplicate', asksToKeep: false, birthYear: null }
  const [duplicateUntil] = clocksOf(closedToday, pack.retention, timeZone)
    .map((clock) => clock.endsOn)
    .sort()

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const payload = { id, caseId, ...payloadOf(values) }
    // Everything that is missing, at once: what the form does not say yet, and what the rule would say one after the other.
    const missing = missingOf(values)
    const lacks = missing.includes('reason') ? [] : lacksOf(payload as CaseClosing, dayOf(now, timeZone)) // its own schema checks it below
    const isWeighed = isWeighedHere(rows, caseId, 'closure', now)
    const known = { closedAt: row.closedAt, closings: closure.closings, isWeighed, ...otherFileHere(rows, caseId) }
    const hindrances = missing.includes('reason') ? [] : hindrancesOf(one(values, 'reason'), known)
    if (missing.length + lacks.length + hindrances.length > 0)
      return Object.fromEntries([
        ...hindrances.map((refusal) => [refusal.reason, refusalText(speech, refusal)] as const),
        ...lacks.map(({ field, refusal }) => [field, refusalText(speech, refusal)] as const),
        ...missing.map((name) => [name, speech.t('field.needed')] as const),
      ])
    const wrong = await record(askToClose, payload, known, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}`)
    return wrong
  }
  return (
    <AskToClose
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      duplicateUntil={duplicateUntil === undefined ? '–' : onDay(duplicateUntil)}
      reasons={codeOptions(pack, 'closure_reason', speech)}
      languages={codeOptions(pack, 'languages', speech)}
      open={open.length}
      weighFirst={isWeighedHere(rows, caseId, 'closure', now) ? null : `/cases/${caseId}/best-interests/new`}
      limitRuns={open.some((task) => task.limit === true)}
      returned={answer?.decision === 'declined' ? answer.reason : null}
      start={before === undefined ? {} : formOf(before)}
      draft={desk.drafts.of(`closing/${caseId}`)}
      submit={submit}
    />
  )
}

/** What this device knows of another file of the same child; where the family is not along, the server says. */
function otherFileHere(rows: Rows, caseId: string) {
  const links = rowsOf(rows, 'family_link', caseId).map((row) => row.fields)
  const isTwin = links.some(({ relation, state }) => relation === 'same_child' && state === 'agreed')
  return { goesOnElsewhere: links.length === 0 || isTwin, isLeanedOn: false }
}

/** The fields that must be answered and are not. */
function missingOf(values: FormValues): string[] {
  const needed = isWithTheChild(one(values, 'reason')) ? ['reason', 'told', 'feedback', 'contact'] : ['reason', 'told']
  return needed.filter((name) => one(values, name) === '')
}

/** What the form says as the operation takes it; fields that are not on the page any more say nothing. */
function payloadOf(values: FormValues) {
  const [reason, told, contact] = [one(values, 'reason'), one(values, 'told'), one(values, 'contact')]
  const isTold = told === 'told'
  const isAgreed = contact === 'agreed' && isWithTheChild(reason)
  return {
    reason,
    told,
    toldOn: isTold ? dayIn(one(values, 'toldOn')) : null,
    toldLanguage: isTold ? wordsOf(values, 'toldLanguage') : null,
    toldBy: isTold ? wordsOf(values, 'toldBy') : null,
    toldWords: wordsOf(values, 'toldWords'),
    feedback: isWithTheChild(reason) ? one(values, 'feedback') : 'not_asked',
    feedbackWords: one(values, 'feedback') === 'given' ? wordsOf(values, 'feedbackWords') : null,
    contact: isWithTheChild(reason) ? contact : 'not_possible',
    contactWay: isAgreed ? pick(Way.options, one(values, 'contactWay')) : null,
    contactOn: isAgreed ? dayIn(one(values, 'contactOn')) : null,
    contactUntil: isAgreed ? dayIn(one(values, 'contactUntil')) : null,
    contactSafely: isAgreed ? wordsOf(values, 'contactSafely') : null,
    asksToKeep: one(values, 'asksToKeep') === 'yes',
    reasonWords: wordsOf(values, 'reasonWords'),
    attempts: ATTEMPT_ROWS.flatMap((name) => {
      const [on, how] = [dayIn(one(values, `${name}.on`)), pick(Way.options, one(values, `${name}.how`))]
      return on === null || how === null ? [] : [{ on, how }]
    }),
  }
}

function dayIn(text: string): Day | null {
  const found = DaySchema.safeParse(text)
  return found.success ? found.data : null
}

/** What was asked, for whoever signs it and for the worker who waits, with what follows from a yes. */
function Waits({ opened, waiting }: { opened: OpenedCase; waiting: ShownClosing }) {
  const { speech, pack, now, person } = useDesk()
  const { case: row, timeZone } = opened
  const onDay = useDayText(timeZone)
  const would = {
    closedAt: now,
    reason: waiting.reason,
    asksToKeep: waiting.asksToKeep,
    birthYear: opened.identity?.birthYear ?? null,
  }
  const when = momentText(speech, waiting.askedAt, timeZone, now)
  const asked =
    person.role === 'supervisor'
      ? speech.t('closure.asked_by', { name: waiting.askedByName ?? '–', when })
      : speech.t('closure.waits_since', { when })
  return (
    <WaitingClosing
      speech={speech}
      alias={row.alias}
      asked={asked}
      answerAt={person.role === 'supervisor' ? `/cases/${row.id}/sign/${waiting.id}` : null}
      keeps={clocksOf(would, pack.retention, timeZone).map((clock) => ({
        class: clock.class,
        text: speech.t('closure.erased_on', {
          what: speech.find(`closure.class.${clock.class}`) ?? clock.class,
          day: onDay(clock.endsOn),
        }),
      }))}
    >
      <Read opened={opened} closing={waiting} />
      <CaseStanding caseId={row.id} />
    </WaitingClosing>
  )
}

function Read({ opened, closing }: { opened: OpenedCase; closing: ShownClosing }) {
  const { speech, pack } = useDesk()
  const onDay = useDayText(opened.timeZone)
  const { t } = speech
  const told = [
    closing.toldOn === null ? null : onDay(closing.toldOn),
    closing.toldBy,
    closing.toldLanguage === null ? null : codeText(pack, 'languages', speech, closing.toldLanguage),
  ].filter((text) => text !== null)
  const later = [
    closing.contactWay === null ? null : t(`closure.way.${closing.contactWay}`),
    closing.contactOn === null ? null : onDay(closing.contactOn),
    closing.contactUntil === null ? null : t('closure.until', { day: onDay(closing.contactUntil) }),
  ].filter((text) => text !== null)
  const lines = linesOf(speech, {
    reason: codeText(pack, 'closure_reason', speech, closing.reason),
    goesOnAs: closing.goesOnAs ?? null,
    reasonWords: closing.reasonWords,
    told: t(`closure.told.${closing.told}`),
    toldWhen: told.length === 0 ? null : told.join(' · '),
    toldWords: closing.toldWords,
    feedback: t(`closure.feedback.${closing.feedback}`),
    contact: t(`closure.contact.${closing.contact}`),
    contactWhen: later.length === 0 ? null : later.join(' · '),
    contactSafely: closing.contactSafely,
    attempts: closing.attempts.map(({ on, how }) => `${onDay(on)}: ${t(`closure.way.${how}`)}`),
    asksToKeep: closing.asksToKeep,
  })
  return <ReadClosing lines={lines} child={closing.feedbackWords} />
}
