import { useState } from 'react'
import { Day as DaySchema, dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { OnDay, Words } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { answerDue, answerRequest } from '../later-request-ops.ts'
import { type ShownRequest, useDayText } from './use-closure.ts'

type Props = { caseId: string; timeZone: string; requests: readonly ShownRequest[]; mayAnswer: boolean }

/** What a former child asked about its file, by when it is answered, and what it was answered. */
export function LaterRequests({ caseId, timeZone, requests, mayAnswer }: Props) {
  const { t } = useDesk().speech
  if (requests.length === 0) return null
  return (
    <section className="group">
      <h2>{t('closure.requests')}</h2>
      <ul className="plain stack">
        {requests.map((request) => (
          <One key={request.id} caseId={caseId} timeZone={timeZone} request={request} mayAnswer={mayAnswer} />
        ))}
      </ul>
    </section>
  )
}

type OneProps = Omit<Props, 'requests'> & { request: ShownRequest }

function One({ caseId, timeZone, request, mayAnswer }: OneProps) {
  const { speech, now, desk } = useDesk()
  const record = useRecord()
  const onDay = useDayText(timeZone)
  const [id] = useState(newId)
  // What was written down here, before the rows are asked for again.
  const [noted, setNoted] = useState<ShownRequest['answer']>(null)
  const { t } = speech
  const { askedOn } = request
  const answer = request.answer ?? noted
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const answeredOn = DaySchema.safeParse(one(values, 'answeredOn'))
    if (!answeredOn.success) return { answeredOn: t('field.needed') }
    const said = { answeredOn: answeredOn.data, answer: wordsOf(values, 'answer') }
    const payload = { id, caseId, requestId: request.id, ...said }
    const wrong = await record(answerRequest, payload, { askedOn, isAnswered: answer !== null }, timeZone)
    if (wrong === null) setNoted(payload)
    return wrong
  }
  return (
    <li className="card stack">
      <h3>{t(`closure.request.${request.kind}`)}</h3>
      <p className="words" translate="no" dir="auto">
        {request.asks}
      </p>
      <p className="small">{t('closure.request_asked', { day: onDay(askedOn) })}</p>
      {answer === null ? (
        <>
          <p>{t('closure.request_due', { day: onDay(request.dueOn ?? answerDue(askedOn, timeZone)) })}</p>
          <p className="small">{t('closure.request_limit')}</p>
          {(request.takenUpByName ?? null) !== null && (
            <p className="small">{t('closure.request_taken_up', { name: request.takenUpByName ?? '' })}</p>
          )}
          {(request.goesOnAt ?? null) !== null && (
            <GoesOn
              caseId={caseId}
              requestId={request.id}
              day={dayText(speech, request.goesOnAt ?? now, timeZone, now)}
            />
          )}
          {request.safely !== null && (
            <div className="not-printed">
              <p className="small">{t('closure.request_safely')}</p>
              <p className="words" translate="no" dir="auto">
                {request.safely}
              </p>
            </div>
          )}
          {mayAnswer && (
            <div className="not-printed">
              <p className="small">{t('closure.request_holds')}</p>
              <Form
                speech={speech}
                button={t('closure.request_answer')}
                start={{ answeredOn: [dayOf(now, timeZone)] }}
                draft={desk.drafts.of(`later-answer/${request.id}`)}
                submit={submit}
              >
                {() => (
                  <>
                    <Words name="answer" label={t('closure.request_answer_words')} required />
                    <OnDay name="answeredOn" label={t('closure.request_answer_on')} required />
                  </>
                )}
              </Form>
            </div>
          )}
        </>
      ) : (
        <>
          <p>{t('closure.request_answered', { day: onDay(answer.answeredOn) })}</p>
          <p className="words" translate="no" dir="auto">
            {answer.answer}
          </p>
        </>
      )}
    </li>
  )
}

/** That what this held was ended, from when the erasure goes on, and why. */
function GoesOn({ caseId, requestId, day }: { caseId: string; requestId: string; day: string }) {
  const { app, speech } = useDesk()
  const { t } = speech
  const asked = useAnswer(
    `request-ended/${requestId}`,
    // Our own server answers in its own schema.
    async () =>
      (await app.api.get(`/api/cases/${caseId}/requests/${requestId}/ended`, reasonHeaders(caseId))) as {
        why: string | null
      },
  )
  return (
    <Notice tone="due">
      <p>{t('closure.request_goes_on', { day })}</p>
      {asked.state === 'answered' && asked.value.why !== null && (
        <p className="words" translate="no" dir="auto">
          {asked.value.why}
        </p>
      )}
    </Notice>
  )
}
