import { useState } from 'react'
import { type Day, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText } from '../../../web/moments.ts'
import { KeyNotGiven, postProved } from '../../../web/prove.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Words } from '../../../web/ui/Field.tsx'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, wordsOf } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import type { HoldingRequest } from '../later-request.ts'

type Props = { requests: readonly HoldingRequest[]; changed: () => void }

/** What former children asked and nobody has answered: since when it waits, and past its day how what it holds can be ended. */
export function HoldingRequests({ requests, changed }: Props) {
  const { t } = useDesk().speech
  return (
    <section className="group">
      <h2>{t('closure.requests_wait', { count: requests.length })}</h2>
      <ul className="plain stack">
        {requests.map((one) => (
          <One key={one.requestId} request={one} changed={changed} />
        ))}
      </ul>
    </section>
  )
}

function One({ request, changed }: { request: HoldingRequest; changed: () => void }) {
  const { app, speech, pack, now, start } = useDesk()
  const { t } = speech
  const [id] = useState(newId)
  const [problem, setProblem] = useState<string | null>(null)
  const onDay = (day: Day) => dayText(speech, startOfDay(day, pack.timeZone), pack.timeZone, now)
  const { requestId, kind, goesOnAt } = request

  async function send(act: 'end' | 'take-back', body: Record<string, unknown>): Promise<string | null> {
    try {
      await postProved(app.api, start.mode, `/api/retention/requests/${requestId}/${act}`, body)
      changed()
      return null
    } catch (error) {
      return error instanceof KeyNotGiven ? t('access.problem.passkey_cancelled') : errorText(speech, codeOf(error))
    }
  }
  async function end(values: FormValues): Promise<FormErrors | null> {
    const why = wordsOf(values, 'why')
    if (why === null) return { why: t('field.needed') }
    const wrong = await send('end', { id, why })
    return wrong === null ? null : { '': wrong }
  }
  return (
    <li className="card stack">
      <h3>{t(`closure.request.${kind}`)}</h3>
      <p className="small">
        {t('closure.reference', { ref: request.ref })} {request.office}
      </p>
      <p className="small">{t('closure.request_asked', { day: onDay(request.askedOn) })}</p>
      <div className="row">
        <Status tone={request.isOverdue ? 'due' : 'info'}>
          {t('closure.request_due', { day: onDay(request.dueOn) })}
        </Status>
        {request.isTakenUp && <Status tone="info">{t('closure.holding_taken')}</Status>}
      </div>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {goesOnAt !== null ? (
        <>
          <p>{t('closure.request_goes_on', { day: dayText(speech, goesOnAt, pack.timeZone, now) })}</p>
          <button
            type="button"
            className="button second"
            onClick={() => void send('take-back', {}).then((wrong) => setProblem(wrong))}
          >
            {t('closure.end_take_back')}
          </button>
        </>
      ) : (
        request.isOverdue &&
        !request.isTakenUp && (
          <Fold title={t('closure.end')}>
            <p>{t('closure.end_lead')}</p>
            <Form speech={speech} button={t('closure.end')} submit={end}>
              {() => <Words name="why" label={t('closure.end_why')} required maxLength={2000} />}
            </Form>
          </Fold>
        )
      )}
    </li>
  )
}
