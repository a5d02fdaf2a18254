import { useState } from 'react'
import { newId } from '../../../crypto/random.ts'
import type { BestInterestsRecord } from '../record.ts'
import { momentText } from '../../../web/moments.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { MajorDecision, URGENT_DECISIONS } from '../../cases/major-decision.ts'
import { childSaysLacks, readChildSays } from '../../cases/screens/child-says.ts'
import { codeOptions } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { isWeighedHere } from '../../cases/screens/weighed-here.ts'
import { decideMajor, protectNow, recordAppeal, recordBestInterests } from '../ops.ts'
import { appealUntil } from '../appeal.ts'
import { missingOf } from '../weighing.ts'
import { RecordForm } from './RecordForm.tsx'
import { readRecord } from './record-form.ts'
import { Appeal, Decide, ProtectNow } from './SmallForms.tsx'
import { useBestInterests, usePathId } from './use-best-interests.ts'

/** Where a missing piece is put right: the field that takes it, or the form as a whole. */
const FIELD_OF: { [need in ReturnType<typeof missingOf>[number]]: string } = {
  question: 'question',
  trigger: 'triggers',
  reviewed: '',
  options: 'option.1.what',
  weighed: 'option.1.speaksFor',
  chosen: 'chosen',
  child_view: 'childView',
  family_view: 'familyView',
  considerations: 'safety',
  both_sides: 'publicSafety',
  reconciled: 'reconciled',
  decision: 'decision',
  reasons: 'reasons',
  undertaking: 'seat.1.undertook',
  conflict: 'seat.1.conflict',
  dissent: 'seat.1.position',
  quorum: 'seat.1.as',
  review: 'reviewOn',
}

/** What every form of this feature starts from: the moment, in the district's own time. */
function nowFields(now: Parameters<typeof fieldsOf>[0], timeZone: string): FormValues {
  const at = fieldsOf(now, timeZone)
  return { 'at.day': [at.day], 'at.time': [at.time], childSaidOn: [at.day] }
}

export function NewRecordPage() {
  const here = useBestInterests()
  const reviews = usePathId('recordId')
  const [id] = useState(newId)
  const { caseId, found, view, speech, pack, desk, now, timeZone, record } = here
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened
  const before = view.records.find((one) => one.id === reviews)
  if (reviews !== null && before === undefined) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const read = readRecord(values, reviews !== null)
    const moment = momentOf(values, 'at', timeZone)
    if (moment.state !== 'said') return { at: t('field.needed') }
    for (const name of ['childHeard', 'familyHeard', 'outcome'] as const)
      if (read[name] === null) return { [name]: t('field.needed') }
    const payload = { ...read, id, caseId, decidedAt: moment.at, reviews } as BestInterestsRecord // its own schema checks it again
    const missing = missingOf(payload, pack.bestInterests, timeZone)
    if (missing.length > 0)
      return Object.fromEntries(missing.map((need) => [FIELD_OF[need], t(`best_interests.need.${need}`)]))
    const known = { closedAt: row.closedAt, records: view.records, rules: pack.bestInterests }
    const wrong = await record(recordBestInterests, payload, known, timeZone)
    if (wrong === null) here.back()
    return wrong
  }
  return (
    <RecordForm
      speech={speech}
      alias={row.alias}
      isReview={reviews !== null}
      triggers={codeOptions(pack, 'best_interests_trigger', speech)}
      quorum={pack.bestInterests.panel.quorum}
      quorumIsOpen={pack.bestInterests.panel.confidence !== 'confirmed_by_counsel'}
      start={{
        kind: [reviews === null ? 'bia_comprehensive' : 'bid_review'],
        ...(before === undefined
          ? {}
          : { question: [before.question], about: before.about, triggers: before.triggers }),
        ...nowFields(now, timeZone),
      }}
      draft={desk.drafts.of(`best-interests/${caseId}/${reviews ?? ''}`)}
      submit={submit}
    />
  )
}

export function ProtectNowPage() {
  const { caseId, found, speech, desk, now, timeZone, record, back } = useBestInterests()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const moment = momentOf(values, 'at', timeZone)
    if (moment.state !== 'said') return { at: speech.t('field.needed') }
    const payload = {
      id,
      caseId,
      decision: pick(URGENT_DECISIONS, one(values, 'decision')),
      protectedAt: moment.at,
      what: one(values, 'what'),
      why: one(values, 'why'),
      ...readChildSays(values),
    }
    const wrong = await record(protectNow, payload, { closedAt: row.closedAt }, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <ProtectNow
      speech={speech}
      alias={row.alias}
      // Nobody is held up: that the child has not been asked yet is the answer the form begins with.
      start={{ decision: ['none'], childSilent: ['not_asked_yet'], ...nowFields(now, timeZone) }}
      draft={desk.drafts.of(`protect/${caseId}`)}
      submit={submit}
    />
  )
}

export function DecidePage() {
  const { caseId, found, weighed, speech, desk, now, timeZone, record, back } = useBestInterests()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row } = found.opened

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const decision = pick(MajorDecision.exclude(['closure']).options, one(values, 'decision'))
    const moment = momentOf(values, 'at', timeZone)
    if (decision === null) return { decision: speech.t('field.needed') }
    if (moment.state !== 'said') return { at: speech.t('field.needed') }
    const said = readChildSays(values)
    const lacks = childSaysLacks(said)
    if (lacks !== null) return { [lacks]: speech.t('field.needed') }
    const childTold = wordsOf(values, 'childTold')
    const payload = { id, caseId, decision, decidedAt: moment.at, what: one(values, 'what'), childTold, ...said }
    const known = { closedAt: row.closedAt, isWeighed: isWeighedHere(weighed, caseId, decision, moment.at) }
    const wrong = await record(decideMajor, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <Decide
      speech={speech}
      alias={row.alias}
      isWeighed={(decision) => isWeighedHere(weighed, caseId, decision, now)}
      newHref={`/cases/${caseId}/best-interests/new`}
      urgentHref={`/cases/${caseId}/protect-now`}
      start={nowFields(now, timeZone)}
      draft={desk.drafts.of(`decide/${caseId}`)}
      submit={submit}
    />
  )
}

export function AppealPage() {
  const { caseId, found, view, speech, pack, desk, now, timeZone, record, back } = useBestInterests()
  const recordId = usePathId('recordId')
  const [id] = useState(newId)
  const about = view.records.find((one) => one.id === recordId)
  if (found.state !== 'found') return <NotThere found={found} />
  if (about === undefined) return <NotThere found={{ state: 'asking' }} />
  const { case: row } = found.opened
  const until = appealUntil(about, pack.bestInterests, timeZone)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const askedBy = pick(['child', 'carer', 'guardian', 'lawyer'] as const, one(values, 'askedBy'))
    const moment = momentOf(values, 'at', timeZone)
    if (askedBy === null) return { askedBy: speech.t('field.needed') }
    if (moment.state !== 'said') return { at: speech.t('field.needed') }
    const payload = { id, caseId, recordId, askedBy, askedAt: moment.at, why: one(values, 'why') }
    const known = { closedAt: row.closedAt, records: view.records, rules: pack.bestInterests }
    const wrong = await record(recordAppeal, payload, known, timeZone)
    if (wrong === null) back()
    return wrong
  }
  return (
    <Appeal
      speech={speech}
      alias={row.alias}
      until={
        until === null
          ? null
          : speech.t(
              pack.bestInterests.appeal.confidence === 'confirmed_by_counsel'
                ? 'best_interests.appeal_until'
                : 'best_interests.appeal_until_open',
              { when: momentText(speech, until, timeZone, now) },
            )
      }
      start={nowFields(now, timeZone)}
      draft={desk.drafts.of(`appeal/${caseId}/${about.id}`)}
      submit={submit}
    />
  )
}
