import { useState } from 'react'
import { dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeOptions } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import { noteTalk, putRight, reviewFile } from '../ops.ts'
import { FileAnswer, monthOf } from '../review.ts'
import { PutRightForm, ReviewForm, TalkForm } from './forms.tsx'
import { lookedAt } from './view.ts'

/** What the forms of this feature work with. */
function useHere() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const desk = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  const timeZone = found.state === 'found' ? found.opened.timeZone : desk.pack.timeZone
  return { caseId, found, ...desk, record, id, timeZone, goOn }
}

export function TalkPage() {
  const { caseId, found, app, speech, desk, now, record, id, timeZone, goOn } = useHere()
  const asked = useAnswer(
    `talk-people|${caseId}`,
    async () =>
      // Our own server answers in its own schema.
      (
        (await app.api.get(`/api/cases/${caseId}/talks`, reasonHeaders(caseId))) as {
          people: { id: string; name: string }[]
        }
      ).people,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  if (asked.state === 'failed') return <NotThere found={{ state: 'failed', code: asked.code }} />
  if (asked.state !== 'answered') return <NotThere found={{ state: 'asking' }} />
  const people = asked.value
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const heldOn = dayIn(one(values, 'heldOn'))
    for (const name of ['withId', 'talked']) if (one(values, name) === '') return { [name]: speech.t('field.needed') }
    if (heldOn === null) return { heldOn: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      withId: one(values, 'withId'),
      heldOn,
      nextOn: dayIn(one(values, 'nextOn')),
      talked: one(values, 'talked'),
      agreed: wordsOf(values, 'agreed'),
      needed: wordsOf(values, 'needed'),
    }
    const wrong = await record(noteTalk, payload, { people: people.map((each) => each.id) }, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/supervision`)
    return wrong
  }
  const worker = people.some((each) => each.id === row.workerId) ? row.workerId : ''
  return (
    <TalkForm
      speech={speech}
      alias={row.alias}
      people={people.map(({ id: value, name }) => ({ value, label: name }))}
      start={{ withId: [worker ?? ''], heldOn: [dayOf(now, timeZone)] }}
      draft={desk.drafts.of(`talk/${caseId}`)}
      submit={submit}
    />
  )
}

export function ReviewPage() {
  const { caseId, found, speech, pack, desk, now, record, id, timeZone, goOn } = useHere()
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const questions = codeOptions(pack, 'quality_question', speech)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const answers = questions.flatMap(({ value: question }) => {
      const answer = pick(FileAnswer.options, one(values, `q.${question}`))
      return answer === null ? [] : [{ question, answer }]
    })
    const words = wordsOf(values, 'found')
    const after = words === null ? null : pick(['put_right', 'talk'] as const, one(values, 'after'))
    const putRightBy = after === 'put_right' ? dayIn(one(values, 'putRightBy')) : null
    if (words !== null && after === null) return { after: speech.t('field.needed') }
    if (after === 'put_right' && putRightBy === null) return { putRightBy: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      month: monthOf(dayOf(now, pack.timeZone)),
      putRightBy,
      answers,
      good: wordsOf(values, 'good'),
      found: words,
    }
    const wrong = await record(reviewFile, payload, { isReviewed: false }, timeZone)
    if (wrong === null) goOn(after === 'talk' ? `/cases/${caseId}/supervision/talk` : '/team/files')
    return wrong
  }
  return (
    <ReviewForm
      speech={speech}
      alias={row.alias}
      questions={questions}
      start={{}}
      draft={desk.drafts.of(`file/${caseId}`)}
      submit={submit}
    />
  )
}

export function PutRightPage() {
  const { caseId, found, speech, desk, record, id, timeZone, goOn } = useHere()
  const kept = useRows(caseId, 'supervision')
  const params: Record<string, unknown> = useParams()
  if (found.state !== 'found') return <NotThere found={found} />
  const all = lookedAt(kept.rows, caseId)
  const looked = all.find(({ review }) => review.id === params.reviewId)
  if (looked === undefined)
    return <NotThere found={kept.isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />
  const { review } = looked
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const done = one(values, 'done')
    if (done === '') return { done: speech.t('field.needed') }
    const known = {
      closedAt: row.closedAt,
      reviews: all.map((each) => each.review.id),
      done: all.flatMap((each) => each.done?.reviewId ?? []),
    }
    const wrong = await record(putRight, { id, caseId, reviewId: review.id, done }, known, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/supervision`)
    return wrong
  }
  return (
    <PutRightForm
      speech={speech}
      alias={row.alias}
      found={review.found ?? ''}
      start={{}}
      draft={desk.drafts.of(`put-right/${review.id}`)}
      submit={submit}
    />
  )
}
