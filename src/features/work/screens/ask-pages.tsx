import { useState } from 'react'
import { addDuration, Day, dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick } from '../../../web/ui/form-values.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { AttentionReason, type ReadAttention, stands } from '../attention.ts'
import { ask, callAttention, endAttention } from '../ops.ts'
import { ForWhom, type ReadQuestion, threadsOf } from '../question.ts'
import { Ask, type Said } from './Ask.tsx'
import { Attention, type ShownAttention } from './Attention.tsx'
import { useAsked } from './use-work.ts'

export function AskPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const asked = useAsked(caseId)
  const { speech, desk, now, person } = useDesk()
  const record = useRecord()
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone, isMine } = found.opened
  const said = (of: ReadQuestion): Said => ({
    id: of.id,
    who: [
      of.writtenBy === '' || of.writtenBy === person.id ? speech.t('work.you') : (of.writtenByName ?? '–'),
      momentText(speech, of.at, timeZone, now),
    ].join(' · '),
    words: of.words,
  })

  async function say(values: FormValues, answers: ReadQuestion | null): Promise<FormErrors | null> {
    const forWhom = answers === null ? pick(ForWhom.options, one(values, 'forWhom')) : answers.forWhom
    if (forWhom === null) return { forWhom: speech.t('field.needed') }
    if (one(values, 'words') === '') return { words: speech.t('field.needed') }
    const payload = { id: newId(), caseId, answers: answers?.id ?? null, forWhom, words: one(values, 'words') }
    return record(ask, payload, { closedAt: row.closedAt, asked: asked.questions }, timeZone)
  }

  return (
    <Ask
      speech={speech}
      alias={row.alias}
      threads={threadsOf(asked.questions).map(({ question, answers }) => ({
        question: said(question),
        forWhom: speech.t(`work.for.${question.forWhom}`),
        answers: answers.map(said),
      }))}
      isFetching={asked.isFetching}
      problem={asked.problem === null ? null : errorText(speech, asked.problem)}
      asking={
        row.state === 'closed'
          ? null
          : {
              start: { forWhom: [isMine ? 'supervisor' : 'worker'] },
              draft: desk.drafts.of(`ask/${caseId}`),
              submit: (values) => say(values, null),
            }
      }
      answering={(questionId) => ({
        start: {},
        draft: desk.drafts.of(`answer/${questionId}`),
        submit: (values) => say(values, asked.questions.find((question) => question.id === questionId) ?? null),
      })}
    />
  )
}

export function AttentionPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const asked = useAsked(caseId)
  const { speech, desk, now, person } = useDesk()
  const record = useRecord()
  const [refused, setRefused] = useState<string | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const today = dayOf(now, timeZone)
  const dayIn = (day: Day) => dayText(speech, startOfDay(day, timeZone), timeZone, now)

  async function end(id: string) {
    const wrong = await record(endAttention, { id, caseId }, { isOpen: true }, timeZone)
    setRefused(wrong?.[''] ?? null)
  }

  async function call(values: FormValues): Promise<FormErrors | null> {
    const reason = pick(AttentionReason.options, one(values, 'reason'))
    const until = Day.safeParse(one(values, 'untilOn'))
    if (reason === null) return { reason: speech.t('field.needed') }
    if (one(values, 'words') === '') return { words: speech.t('field.needed') }
    if (!until.success) return { untilOn: speech.t('field.needed') }
    const payload = { id: newId(), caseId, reason, untilOn: until.data, words: one(values, 'words') }
    return record(callAttention, payload, { closedAt: row.closedAt }, timeZone)
  }

  function shown(of: ReadAttention): ShownAttention {
    const who = of.raisedBy === '' || of.raisedBy === person.id ? speech.t('work.you') : (of.raisedByName ?? '–')
    return {
      id: of.id,
      reason: speech.t(`work.reason.${of.reason}`),
      words: of.words,
      about: `${who} · ${speech.t('work.until', { day: dayIn(of.untilOn) })}`,
      end: row.state === 'closed' ? null : () => void end(of.id),
    }
  }

  return (
    <Attention
      speech={speech}
      alias={row.alias}
      standing={asked.attention.filter((of) => stands(of, today)).map(shown)}
      over={asked.attention.filter((of) => !stands(of, today)).map(shown)}
      problem={refused ?? (asked.problem === null ? null : errorText(speech, asked.problem))}
      calling={
        row.state === 'closed'
          ? null
          : {
              start: { untilOn: [dayOf(addDuration(now, 'P7D', timeZone), timeZone)] },
              draft: desk.drafts.of(`attention/${caseId}`),
              submit: call,
            }
      }
    />
  )
}
