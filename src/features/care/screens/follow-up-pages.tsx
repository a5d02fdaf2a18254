import { useState } from 'react'
import { type Day, dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { StepQuestions } from '../../../web/StepQuestions.tsx'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn, fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { FollowUpHow, NON_ANSWERS, stepsOf } from '../follow-up.ts'
import { addFollowUp, editReturn } from '../follow-up-ops.ts'
import { nextFollowUp, trajectories } from '../follow-up-rules.ts'
import { changes } from '../../cases/screens/changes.ts'
import { askedLaterHere } from './asked-later.ts'
import { endOfDay } from './days.ts'
import { FollowUp, FollowUpForm, ReturnForm, type ShownReturn } from './FollowUp.tsx'
import { usePlan } from './plan-pages.tsx'
import { things, usePathId } from './use-care.ts'

/** The most contacts a table shows; the older ones are in the path. */
const COLUMNS = 6

function useFollowUps() {
  const here = usePlan()
  const contacts = things(here.care.rows, 'care_follow_up', here.caseId)
    .map((row) => row.fields)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  const returns = things(here.care.rows, 'care_return', here.caseId)
  const goOn = useGoOn()
  const back = () => goOn(`/cases/${here.caseId}/follow-up`)
  return { ...here, contacts, returns, back }
}

export function FollowUpPage() {
  const { caseId, found, care, speech, pack, now, timeZone, contacts, returns } = useFollowUps()
  if (found.state !== 'found') return <NotThere found={found} />
  if (care.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const domains = codeOptions(pack, 'outcome_domain', speech)
  const onDay = (day: Day) => dayText(speech, startOfDay(day, timeZone), timeZone, now)

  function shown({ id, fields }: (typeof returns)[number]): ShownReturn {
    const its = contacts.filter((contact) => contact.returnId === id)
    const reached = its.filter((contact) => contact.how !== 'not_reached').slice(-COLUMNS)
    const endsOn = fields.endsOn ?? null
    const next = nextFollowUp({ ...fields, endsOn }, its, pack.followUpAfter, timeZone)
    return {
      id,
      title: codeText(pack, 'followup_type', speech, fields.kind),
      since: t('care.follow_since', { day: onDay(fields.startsOn), count: its.length }),
      next:
        next === null
          ? null
          : { text: t('care.follow_next', { day: onDay(next) }), isLate: endOfDay(next, timeZone) < now },
      ended: endsOn === null ? null : t('care.follow_ended', { day: onDay(endsOn) }),
      days: reached.map((contact) => ({ id: contact.id, text: dayText(speech, contact.at, timeZone, now) })),
      rows: trajectories(
        reached,
        domains.map((domain) => domain.value),
      ).map(({ domain, steps }) => ({
        domain: codeText(pack, 'outcome_domain', speech, domain),
        steps: steps.map((step) => stepText(domain, step)),
      })),
      said: reached
        .flatMap(({ id: contact, at, childSays }) =>
          (childSays ?? '') === ''
            ? []
            : [{ id: contact, when: dayText(speech, at, timeZone, now), text: childSays ?? '' }],
        )
        .reverse(),
    }
  }

  function stepText(domain: string, step: string | null): string {
    const none = NON_ANSWERS.find((answer) => answer === (step ?? 'not_asked_yet'))
    return none === undefined ? codeText(pack, stepsOf(domain), speech, String(step)) : t(`care.non.${none}`)
  }

  return (
    <div className="stack wide">
      <FollowUp
        speech={speech}
        caseId={caseId}
        alias={row.alias}
        returns={returns.map(shown)}
        canWrite={isMine && row.state === 'open'}
        problem={care.problem === null ? null : errorText(speech, care.problem)}
      />
      <StepQuestions caseId={caseId} step="follow_up" />
    </div>
  )
}

export function ReturnPage() {
  const { caseId, found, care, speech, pack, desk, now, timeZone, wish, record, returns, back } = useFollowUps()
  const returnId = usePathId('returnId')
  const [fresh] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const before = returns.find((each) => each.id === returnId)
  if (returnId !== null && before === undefined) return <NotThere found={{ state: 'asking' }} />

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const [kind, startsOn] = [one(values, 'kind'), dayIn(one(values, 'startsOn'))]
    if (kind === '') return { kind: speech.t('field.needed') }
    if (startsOn === null) return { startsOn: speech.t('field.needed') }
    const after = { kind, startsOn, endsOn: dayIn(one(values, 'endsOn')), outcome: wordsOf(values, 'outcome') }
    const set = changes({ ...before?.fields }, after)
    const id = before?.id ?? fresh
    const known = { closedAt: row.closedAt, row: before?.fields ?? null }
    const seen = care.isHere ? {} : { seen: before?.version ?? 0 }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record([wish(editReturn, { id, caseId, set }, known, { thing: 'care_return', id, ...seen })])
    if (wrong === null) back()
    return wrong
  }
  const fields = before?.fields
  return (
    <ReturnForm
      speech={speech}
      alias={row.alias}
      isNew={before === undefined}
      kinds={codeOptions(pack, 'followup_type', speech)}
      start={{
        kind: [fields?.kind ?? ''],
        startsOn: [fields?.startsOn ?? dayOf(now, timeZone)],
        endsOn: [fields?.endsOn ?? ''],
        outcome: [fields?.outcome ?? ''],
      }}
      draft={desk.drafts.of(`return/${caseId}/${returnId ?? ''}`)}
      submit={submit}
    />
  )
}

export function FollowUpContactPage() {
  const { caseId, found, care, speech, pack, desk, now, timeZone, wish, record, returns, back } = useFollowUps()
  const returnId = usePathId('returnId')
  const [id] = useState(newId)
  const askedLater = askedLaterHere(care.rows, caseId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const followed = returns.find((each) => each.id === returnId)
  if (followed === undefined) return <NotThere found={{ state: 'asking' }} />
  const domains = codeOptions(pack, 'outcome_domain', speech).map(({ value, label }) => ({
    domain: value,
    label,
    steps: [
      ...codeOptions(pack, stepsOf(value), speech),
      ...NON_ANSWERS.filter((answer) => answer !== 'not_asked_yet').map((answer) => ({
        value: answer,
        label: speech.t(`care.non.${answer}`),
      })),
    ],
  }))

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const how = pick(FollowUpHow.options, one(values, 'how'))
    const moment = momentOf(values, 'at', timeZone)
    if (how === null) return { how: speech.t('field.needed') }
    if (moment.state !== 'said') return { at: speech.t('field.needed') }
    const said = domains.flatMap(({ domain }) => {
      const step = one(values, `domain.${domain}`)
      return step === '' || how === 'not_reached' || askedLater === 'no' ? [] : [[domain, step]]
    })
    const payload = {
      id,
      caseId,
      returnId,
      how,
      at: moment.at,
      outcomes: Object.fromEntries(said) as Record<string, string>, // pairs of two texts
      childSays: how === 'not_reached' ? null : wordsOf(values, 'childSays'),
      needs: wordsOf(values, 'needs'),
    }
    const known = {
      closedAt: row.closedAt,
      returns: returns.map((each) => ({ id: each.id, startsOn: each.fields.startsOn })),
      codes: pack,
      askedLater,
    }
    const wrong = await record([wish(addFollowUp, payload, known)])
    if (wrong === null) back()
    return wrong
  }
  const at = fieldsOf(now, timeZone)
  return (
    <FollowUpForm
      speech={speech}
      alias={row.alias}
      caseId={caseId}
      askedLater={askedLater}
      domains={domains}
      start={{ how: ['home_visit'], 'at.day': [at.day], 'at.time': [at.time] }}
      draft={desk.drafts.of(`contact/${caseId}/${followed.id}`)}
      submit={submit}
    />
  )
}
