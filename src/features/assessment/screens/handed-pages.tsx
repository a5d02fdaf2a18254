import { useState } from 'react'
import { Risk } from '../../../core/case-steps.ts'
import { NonAnswer } from '../../../core/questions.ts'
import { newId } from '../../../crypto/random.ts'
import { useGoOn } from '../../../web/here-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { useRecord } from '../../cases/screens/use-record.ts'
import { checksOf } from '../case-rows.ts'
import { beginRound, decideAssessment, submitAssessment } from '../ops.ts'
import { lastSaved } from '../sections.ts'
import { riskOf } from '../step-facts.ts'
import { useAssessment } from './assessment-pages.tsx'
import { AgainForm, AnswerForm, ConcludeForm } from './handed-forms.tsx'

/** What the three forms share: the assessment, its rule's known facts, and the way back. */
function useHanding() {
  const here = useAssessment()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  const { found, pack, view, caseId } = here
  const known = {
    closedAt: found.state === 'found' ? found.opened.case.closedAt : null,
    sections: pack.questions,
    rounds: view.rounds,
    sheets: view.sheets,
    submissions: view.submissions,
    decisions: view.decisions,
  }
  const back = () => goOn(`/cases/${caseId}/assessment`)
  return { ...here, record, id, known, back }
}

export function ConcludePage() {
  const { caseId, found, speech, desk, timeZone, rows, view, record, id, known, back } = useHanding()
  if (found.state !== 'found') return <NotThere found={found} />
  const risk = riskOf(checksOf(rows), view.submissions)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const needed = speech.t('field.needed')
    const risk = pick(Risk.options, one(values, 'harmToChild'))
    const childSays = wordsOf(values, 'childSays')
    if (wordsOf(values, 'conclusion') === null) return { conclusion: needed }
    if (risk === null) return { harmToChild: needed }
    const payload = {
      id,
      caseId,
      roundId: view.roundId,
      harmToChild: risk,
      childSays,
      childSaidOn: childSays === null ? null : dayIn(one(values, 'childSaidOn')),
      childSilent: childSays === null ? pick(NonAnswer.options, one(values, 'childSilent')) : null,
      conclusion: wordsOf(values, 'conclusion'),
    }
    const wrong = await record(submitAssessment, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <ConcludeForm
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      start={{
        ...(risk === null ? {} : { harmToChild: [risk] }),
        conclusion: [view.submission?.conclusion ?? ''],
        childSays: [view.submission?.childSays ?? ''],
        childSaidOn: [view.submission?.childSaidOn ?? ''],
        childSilent: [view.submission?.childSilent ?? ''],
      }}
      draft={desk.drafts.of(`conclude/${caseId}`)}
      submit={submit}
    />
  )
}

export function AnswerPage() {
  const { caseId, found, speech, desk, timeZone, view, record, id, known, back, isAsking } = useHanding()
  if (found.state !== 'found') return <NotThere found={found} />
  const { submission } = view
  if (submission === null)
    return <NotThere found={isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const decision = pick(['approved', 'returned'] as const, one(values, 'decision'))
    if (decision === null) return { decision: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      submissionId: submission?.id,
      decision,
      seenAt: lastSaved(view.roundId, view.sheets),
      reason: wordsOf(values, 'reason'),
    }
    const wrong = await record(decideAssessment, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <AnswerForm
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      voice={
        (submission.childSays ?? '') === ''
          ? speech.t(`assessment.none.${submission.childSilent ?? 'not_known'}`)
          : `“${submission.childSays}”`
      }
      start={{}}
      draft={desk.drafts.of(`assessment-answer/${caseId}`)}
      submit={submit}
    />
  )
}

export function AgainPage() {
  const { caseId, found, speech, desk, timeZone, record, id, known, back } = useHanding()
  if (found.state !== 'found') return <NotThere found={found} />

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const why = wordsOf(values, 'why')
    if (why === null) return { why: speech.t('field.needed') }
    const wrong = await record(beginRound, { id, caseId, why }, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <AgainForm
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      start={{}}
      draft={desk.drafts.of(`again/${caseId}`)}
      submit={submit}
    />
  )
}
