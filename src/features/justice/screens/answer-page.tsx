import { useGoOn, useParams } from '../../../web/here-context.ts'
import { useState } from 'react'
import { newId } from '../../../crypto/random.ts'
import { attempt } from '../../../web/attempt.ts'
import { decideContext, recordOrSay, useDesk } from '../../../web/app-context.ts'
import type { Draft } from '../../../web/outbox.ts'
import { refusalText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { useCaseId } from '../../cases/screens/NotThere.tsx'
import { answerSafeguard, askWithoutVictim } from '../ops.ts'
import { AnswerDuties } from './AnswerDuties.tsx'
import { AskWithoutVictim } from './AskWithoutVictim.tsx'
import { Missing } from './Missing.tsx'
import { dutyTitle, ruleOf } from './texts.ts'
import { type FoundJustice, useJustice } from './use-justice.ts'

export function AnswerPage() {
  const { contactId = '', dutyId = '' }: { contactId?: string; dutyId?: string } = useParams() // named by its path
  return <AnswerForm only={{ contactId, dutyId }} />
}

export function AskPage() {
  return <AnswerForm only={null} />
}

type Only = { contactId: string; dutyId: string } | null

/** The form stands only when the case is there: its questions are taken down once, at that moment. */
function AnswerForm({ only }: { only: Only }) {
  const caseId = useCaseId()
  const found = useJustice(caseId)
  return found.state === 'found' ? <Answers caseId={caseId} only={only} found={found} /> : <Missing found={found} />
}

type AnswersProps = { caseId: string; only: Only; found: Extract<FoundJustice, { state: 'found' }> }

function Answers({ caseId, only, found }: AnswersProps) {
  const { app, desk, speech, pack, now } = useDesk()
  const goOn = useGoOn()
  // The questions of this visit: an answer that arrives meanwhile takes none of them away from under the worker.
  const [asked] = useState(() =>
    only !== null ? null : found.duties.filter((duty) => duty.standing === 'to_find_out' && duty.isOpen),
  )
  const { of, file, timeZone } = found
  const { t } = speech
  const duties = only === null ? (asked ?? []) : [{ id: only.dutyId, contactId: only.contactId }]

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const wrong: Record<string, string> = {}
    const drafts: Draft[] = []
    for (const duty of duties) {
      const state = one(values, `${duty.id}.state`)
      if (state === '' || (state === 'not_known' && only === null)) continue
      const at = momentOf(values, `${duty.id}.at`, timeZone)
      if (state !== 'not_known' && at.state !== 'said') {
        wrong[`${duty.id}.at`] = t('justice.day_and_time')
        continue
      }
      const tried = attempt(
        answerSafeguard,
        {
          id: newId(),
          caseId: caseId as never, // the operation's own schema brands it, as the next one
          contactId: duty.contactId as never,
          safeguardId: duty.id,
          state: state as 'met', // one of the three; its own schema checks it first
          at: at.state === 'said' ? at.at : app.now(),
          saidBy: wordsOf(values, `${duty.id}.saidBy`),
          words: wordsOf(values, `${duty.id}.words`),
        },
        { ...file, closedAt: of.closedAt, rules: pack.safeguards },
        decideContext(app, desk, timeZone),
      )
      if (tried.ok) drafts.push(tried.draft)
      else if ('refusal' in tried)
        wrong[`${duty.id}.${tried.refusal.reason === 'who_says_so' ? 'saidBy' : 'at'}`] = refusalText(
          speech,
          tried.refusal,
        )
      else wrong[`${duty.id}.state`] = t('field.does_not_fit')
    }
    if (Object.keys(wrong).length > 0) return wrong
    if (drafts.length === 0) return { '': t('justice.no_answer_yet') }
    const failed = await recordOrSay(app, speech, drafts)
    if (failed === null) goOn(`/cases/${caseId}/safeguards`)
    return failed
  }

  return (
    <AnswerDuties
      speech={speech}
      title={only === null ? t('justice.ask_title', { count: duties.length }) : t('justice.answer_title')}
      lead={of.alias}
      duties={duties.map(({ id }) => {
        const rule = ruleOf(pack, id)
        return { id, title: dutyTitle(pack, speech, id), rule: rule === null ? null : speech.label(rule.rule) }
      })}
      today={fieldsOf(now, timeZone).day}
      start={Object.fromEntries(
        duties.flatMap(({ id }) => [
          [`${id}.state`, only === null ? ['not_known'] : []],
          [`${id}.at.day`, [fieldsOf(now, timeZone).day]],
        ]),
      )}
      draft={desk.drafts.of(only === null ? `ask/${caseId}` : `answer/${caseId}/${only.contactId}/${only.dutyId}`)}
      submit={submit}
    />
  )
}

/** A worker asks that "victim" may be left out; a second person answers where everything is signed. */
export function AskWithoutVictimPage() {
  const caseId = useCaseId()
  const found = useJustice(caseId)
  const { app, desk, speech } = useDesk()
  const goOn = useGoOn()
  const [id] = useState(newId)
  if (found.state !== 'found') return <Missing found={found} />
  const { of, file, timeZone } = found
  return (
    <AskWithoutVictim
      speech={speech}
      alias={of.alias}
      isAgreed={file.supervisorAgreed}
      draft={desk.drafts.of(`victim/${caseId}`)}
      submit={ask}
    />
  )

  async function ask(values: FormValues): Promise<FormErrors | null> {
    const why = wordsOf(values, 'why')
    if (why === null) return { why: speech.t('field.needed') }
    // Whether somebody was asked before, the server knows.
    const known = { closedAt: of.closedAt, supervisorAgreed: file.supervisorAgreed, isAsked: false }
    const payload = { id, caseId: caseId as never, why } // the operation's own schema brands it
    const tried = attempt(askWithoutVictim, payload, known, decideContext(app, desk, timeZone))
    if (!tried.ok)
      return { '': 'refusal' in tried ? refusalText(speech, tried.refusal) : speech.t('field.does_not_fit') }
    const failed = await recordOrSay(app, speech, [tried.draft])
    if (failed === null) goOn(`/cases/${caseId}/safeguards`)
    return failed
  }
}
