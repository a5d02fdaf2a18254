import { useState } from 'react'
import { Day as DaySchema, dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { Choice, OnDay, Words } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { ChildCase } from '../../cases/case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { KINDS } from '../later-request.ts'
import { answerDue, noteRequest } from '../later-request-ops.ts'
import { useDayText } from './use-closure.ts'

/** What somebody asks about her or his own file, once the words of the paper have fitted; it opens nothing to anybody. */
export function AskLater({ of, timeZone }: { of: ChildCase; timeZone: string }) {
  const { id: caseId } = of
  const { speech, now, desk } = useDesk()
  const record = useRecord()
  const onDay = useDayText(timeZone)
  const [id, setId] = useState(newId)
  const [due, setDue] = useState<string | null>(null)
  const { t } = speech
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const kind = KINDS.find((known) => known === one(values, 'kind'))
    const askedOn = DaySchema.safeParse(one(values, 'askedOn'))
    if (kind === undefined) return { kind: t('field.needed') }
    if (!askedOn.success) return { askedOn: t('field.needed') }
    const said = { asks: wordsOf(values, 'asks'), safely: wordsOf(values, 'safely') }
    const wrong = await record(noteRequest, { id, caseId, kind, askedOn: askedOn.data, ...said }, of, timeZone)
    if (wrong === null) {
      setDue(onDay(answerDue(askedOn.data, timeZone)))
      setId(newId())
    }
    return wrong
  }
  return (
    <section className="group">
      <h2>{t('closure.request')}</h2>
      {due === null ? (
        <>
          <p>{t('closure.request_lead')}</p>
          <Form
            speech={speech}
            button={t('closure.request_save')}
            start={{ askedOn: [dayOf(now, timeZone)] }}
            draft={desk.drafts.of(`later-request/${caseId}`)}
            submit={submit}
          >
            {() => (
              <>
                <Choice
                  name="kind"
                  label={t('closure.request_kind')}
                  required
                  options={KINDS.map((kind) => ({ value: kind, label: t(`closure.request.${kind}`) }))}
                />
                <Words name="asks" label={t('closure.request_asks')} hint={t('closure.request_asks_hint')} required />
                <Words name="safely" label={t('closure.request_safely')} required maxLength={1000} />
                <OnDay name="askedOn" label={t('closure.request_on')} required />
              </>
            )}
          </Form>
        </>
      ) : (
        <Notice tone="ok" live>
          <p>{t('closure.request_saved', { day: due })}</p>
          <p className="small">{t('closure.request_limit')}</p>
          <To href={`/cases/${caseId}/kept`} className="line">
            {t('closure.kept')}
          </To>
        </Notice>
      )}
    </section>
  )
}
