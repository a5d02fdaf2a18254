import { useState } from 'react'
import { signsWhen, standingOf, WORK_NUMBER } from '../../../core/second-signature.ts'
import { type Day, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { codeOf } from '../../../web/api.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import { answerSignature } from '../ops.ts'
import { Above, WorkNumber } from './Above.tsx'
import { Approvals } from './Approvals.tsx'
import { signatureRows } from './rows.ts'
import { Signers } from './Signers.tsx'
import { SignPage } from './SignPage.tsx'
import { hrefOf, type StandIn, useQueue, useWays } from './use-queue.ts'

export function ApprovalsPage() {
  const { app, speech, pack, now, person } = useDesk()
  const [turn, setTurn] = useState(0)
  const [problem, say] = useState<string | null>(null)
  const asked = useQueue(turn)
  const wayOf = useWays()
  const queue = asked.state === 'answered' ? asked.value : null

  async function name({ teamId, personId, isNamed }: StandIn): Promise<void> {
    try {
      await app.api.post('/api/signatures/stand-ins', { teamId, personId, isNamed: !isNamed })
      say(null)
    } catch (error) {
      say(errorText(speech, codeOf(error)))
    }
    setTurn(turn + 1)
  }
  async function keepNumber(values: FormValues): Promise<FormErrors | null> {
    const phone = wordsOf(values, 'phone')
    if (phone !== null && !WORK_NUMBER.test(phone)) return { phone: speech.t('signatures.phone_wrong') }
    try {
      await app.api.post('/api/signatures/work-phone', { phone })
    } catch (error) {
      return { '': errorText(speech, codeOf(error)) }
    }
    setTurn(turn + 1)
    return null
  }
  const onDay = (day: Day) => dayText(speech, startOfDay(day, pack.timeZone), pack.timeZone, now)
  return (
    <Approvals
      speech={speech}
      now={now}
      timeZone={pack.timeZone}
      waiting={queue?.waiting.map((line) => ({ ...line, href: hrefOf(wayOf(line.act), line) })) ?? null}
      standIns={queue?.standIns ?? []}
      name={(standIn) => void name(standIn)}
      problem={problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
    >
      {queue !== null && person.role === 'supervisor' && (
        <>
          <Above
            speech={speech}
            above={queue.above.map(({ fromOn, untilOn, ...one }) => ({
              ...one,
              days: speech.t('signatures.above_days', { from: onDay(fromOn), until: onDay(untilOn) }),
            }))}
          />
          <WorkNumber key={queue.phone} speech={speech} phone={queue.phone} keep={keepNumber} />
        </>
      )}
    </Approvals>
  )
}

export function SignOnePage() {
  const caseId = useCaseId()
  const { signatureId }: { signatureId?: string } = useParams() // the path of this screen names it
  const found = useCase(caseId)
  const here = useRows(caseId, 'signatures')
  const { desk, speech, now, person } = useDesk()
  const record = useRecord()
  const wayOf = useWays()
  const goOn = useGoOn()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const request = signatureRows(here.rows, caseId).find((row) => row.id === signatureId)
  if (request === undefined)
    return <NotThere found={here.isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />
  const { t } = speech
  const { case: row, timeZone } = found.opened
  const { act, askedBy, askedByName, askedAt, dueAt, why, called, signers, talks, answer } = request
  const when = (at: typeof askedAt) => momentText(speech, at, timeZone, now)
  const standing = standingOf(request, now)
  const isLate = standing === 'late' ? 'late' : 'waits'

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const decision = pick(['signed', 'declined'] as const, one(values, 'decision'))
    if (decision === null) return { decision: t('field.needed') }
    const payload = { id, caseId, signatureId, act, decision, reason: wordsOf(values, 'reason') }
    const wrong = await record(answerSignature, payload, { askedBy, isAnswered: answer !== null }, timeZone)
    if (wrong === null) goOn('/approvals')
    return wrong
  }
  const facts = [
    [t('signatures.asked'), t('signatures.asked_by', { name: askedByName ?? '–', when: when(askedAt) })],
    [t('signatures.why'), why ?? ''],
    [t('signatures.due'), answer === null ? when(dueAt) : ''],
    [t('signatures.called'), called.join(', ')],
    [
      t('signatures.answer'),
      answer === null
        ? ''
        : t(`signatures.answered.${answer.decision}`, {
            name: answer.answeredByName ?? '–',
            when: when(answer.answeredAt),
          }),
    ],
    [t('signatures.reason'), answer?.reason ?? ''],
  ].flatMap(([label, text]) => ((text ?? '') === '' ? [] : [{ label: label ?? '', text: text ?? '' }]))
  return (
    <SignPage
      speech={speech}
      title={t(`signatures.act.${act}`)}
      alias={row.alias}
      standing={standing}
      rule={t(
        answer === null
          ? `signatures.${isLate}_${signsWhen(act)}`
          : `signatures.done_${answer.decision}_${signsWhen(act)}`,
      )}
      facts={facts}
      calls={
        <Signers
          speech={speech}
          now={now}
          timeZone={timeZone}
          askedAt={askedAt}
          signers={signers}
          talks={talks}
          recordHref={
            answer === null && person.role !== 'supervisor' ? `/cases/${caseId}/sign/${request.id}/call` : null
          }
        />
      }
      readHref={wayOf(act)?.read(caseId, request.aboutId) ?? null}
      form={
        person.role === 'supervisor' && answer === null && askedBy !== person.id
          ? { draft: desk.drafts.of(`signature/${request.id}`), submit }
          : null
      }
    />
  )
}
