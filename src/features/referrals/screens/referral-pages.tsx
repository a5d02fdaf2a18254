import type { LetterLink } from '../letter.ts'
import { useState } from 'react'
import { addDuration, type Day, dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useParams } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import type { OpenedCase } from '../../cases/screens/use-case.ts'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { letterOf } from '../letter.ts'
import { LETTER_FIELDS, LetterField, type LetterLine, WhyNotAsked } from '../referral.ts'
import { answerDue, referralState, type ReferralState } from '../referral-state.ts'
import { FOR_LETTERS, recordBasis, sendReferral } from '../referral-ops.ts'
import { basisProblem, openOf } from '../standing.ts'
import { dayIn, useAgreementPage, WRITES } from './consent-pages.tsx'
import { MakeBasis } from './MakeBasis.tsx'
import { Referrals } from './Referrals.tsx'
import { answersOf, fieldsOf, knownReferrals } from './use-agreements.ts'
import { type Ground, WriteReferral } from './WriteReferral.tsx'

export const STATE_TONES: Record<ReferralState, Tone> = {
  waiting: 'info',
  no_answer: 'urgent',
  accepted: 'ok',
  asked: 'due',
  declined: 'quiet',
  unavailable: 'quiet',
}
export function ReferralsPage() {
  const { caseId, found, agreements, speech, pack, now, timeZone, person } = useAgreementPage()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row } = found.opened
  const [answers, links] = [
    fieldsOf(agreements.rows, 'referral_answer', caseId),
    fieldsOf(agreements.rows, 'letter_link', caseId),
  ]
  const ended = new Set(fieldsOf(agreements.rows, 'consent_withdrawal', caseId).map((each) => each.consentId))
  const referrals = fieldsOf(agreements.rows, 'referral', caseId)
    .sort((a, b) => (a.sentAt < b.sentAt ? 1 : -1))
    .map((referral) => {
      const isTakenBack = referral.consentId !== null && ended.has(referral.consentId)
      const state = referralState(referral, answers, links, now, timeZone)
      const link = links.find((each) => each.referralId === referral.id)
      return {
        id: referral.id,
        organisation: referral.organisation,
        need: codeText(pack, 'service_sector', speech, referral.need),
        when: t('referrals.line_when', {
          when: dayText(speech, referral.sentAt, timeZone, now),
          by: dayText(speech, answerDue(referral, timeZone), timeZone, now),
        }),
        status: isTakenBack
          ? { text: t('referrals.stands.withdrawn'), tone: 'info' as const }
          : { text: t(`referrals.state.${state}`), tone: STATE_TONES[state] },
        link: link === undefined ? null : t(`referrals.link_state.${linkState(link, now)}`),
      }
    })
  return (
    <Referrals
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      referrals={referrals}
      canWrite={row.state === 'open' && WRITES.includes(person.role)}
      problem={agreements.problem === null ? null : errorText(speech, agreements.problem)}
    />
  )
}

export type LinkState = 'waits' | 'opened' | 'read' | 'withdrawn' | 'tries' | 'ended' | 'moved'

/** How a link stands, as far as this device knows. */
export function linkState(
  link: Pick<LetterLink, 'endsAt'> & Partial<Pick<LetterLink, 'openedAt' | 'endedWhy' | 'handedOnAt'>>,
  now: string,
): LinkState {
  if ((link.handedOnAt ?? null) !== null) return 'moved'
  const why = link.endedWhy ?? null
  if (why !== null) return why
  if (link.endsAt <= now) return 'ended'
  return (link.openedAt ?? null) === null ? 'waits' : 'opened'
}

/** The shortest number of a telephone anywhere. */
const FEWEST_DIGITS = 3

export function WritePage() {
  const { caseId, found, agreements, speech, pack, now, timeZone, desk, person, goOn, record } = useAgreementPage()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { opened } = found
  const known = knownReferrals(agreements.rows, opened, pack)
  const grounds = groundsOf()

  function groundsOf(): Ground[] {
    const consents = openOf(answersOf(agreements.rows, caseId, pack), known.withdrawals, now, timeZone)
      .filter((each) => each.recipient !== null && FOR_LETTERS.includes(each.purpose))
      .map((each) => ({
        value: `consent/${each.id}`,
        to: each.recipient ?? '',
        organisation: each.organisation,
        note: null,
      }))
    const bases = fieldsOf(agreements.rows, 'lawful_basis', caseId)
      .filter((each) => basisProblem({ ...each, isSigned: each.decision === 'signed' }, now, timeZone) === null)
      .map((each) => ({
        value: `basis/${each.id}`,
        to: each.recipient,
        organisation: each.organisation,
        note: t('referrals.ground_basis'),
      }))
    return [...consents, ...bases].map(({ value, to, organisation, note }) => {
      const recipient = pack.consent.recipients.find((each) => each.code === to)
      const label = [organisation, codeText(pack, 'recipient_function', speech, to), note]
      return {
        value,
        label: label.filter((part) => part !== null).join(' · '),
        organisation,
        reach: recipient?.reach ?? 'nothing',
        fields: LetterField.options.filter((field) => recipient?.parts.includes(LETTER_FIELDS[field]) === true),
      }
    })
  }

  /** Whom a letter goes to; a yes that names its body is not asked for it again. */
  function toOf(values: FormValues): string {
    const said = one(values, 'organisation')
    return said === '' ? (grounds.find((each) => each.value === one(values, 'ground'))?.organisation ?? '') : said
  }

  function referralOf(values: FormValues) {
    const [kind, groundId = ''] = one(values, 'ground').split('/')
    const ground = grounds.find((each) => each.value === one(values, 'ground'))
    const recipient =
      kind === 'basis'
        ? fieldsOf(agreements.rows, 'lawful_basis', caseId).find((each) => each.id === groundId)?.recipient
        : known.consents.find((each) => each.id === groundId)?.recipient
    const lines = (ground?.fields ?? [])
      .filter((field) => many(values, 'fields').includes(field))
      .map((field): LetterLine => ({ field, text: one(values, `text.${field}`), why: one(values, `why.${field}`) }))
    return {
      id,
      caseId,
      consentId: kind === 'consent' ? groundId : null,
      basisId: kind === 'basis' ? groundId : null,
      need: one(values, 'need'),
      recipient: recipient ?? '',
      sentAt: now,
      answerBy: dayIn(one(values, 'answerBy')),
      organisation: toOf(values),
      toWhom: wordsOf(values, 'toWhom'),
      replyTo: [one(values, 'replyTo'), one(values, 'replyPhone')].filter((part) => part !== '').join(', '),
      message: wordsOf(values, 'message'),
      lines,
    }
  }

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const needed = t('field.needed')
    for (const name of ['ground', 'need', 'replyTo', 'replyPhone', 'answerBy'])
      if (one(values, name) === '') return { [name]: needed }
    if (toOf(values) === '') return { organisation: needed }
    // A letter that says no number is answered by nobody.
    if (one(values, 'replyPhone').replaceAll(/\P{Nd}/gu, '').length < FEWEST_DIGITS)
      return { replyPhone: t('referrals.reply_phone_short') }
    const body = grounds.find((each) => each.value === one(values, 'ground'))?.organisation ?? null
    if (body !== null && !isSameBody(body, toOf(values)))
      return { organisation: t('referrals.other_body', { organisation: body }) }
    const referral = referralOf(values)
    const empty = referral.lines.find((line) => line.text === '' || line.why === '')
    if (empty !== undefined) return { [`${empty.text === '' ? 'text' : 'why'}.${empty.field}`]: needed }
    const wrong = await record(sendReferral, referral, known, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/referral/${id}`)
    return wrong
  }

  return (
    <WriteReferral
      speech={speech}
      caseId={caseId}
      alias={opened.case.alias}
      grounds={grounds}
      needs={codeOptions(pack, 'service_sector', speech)}
      known={knownOf(opened)}
      letterOf={(values) => {
        const { answerBy, ...referral } = referralOf(values)
        if (referral.recipient === '' || answerBy === null) return null
        return letterOf({ ...referral, answerBy }, person.organisation.name, needLabel(referral.need))
      }}
      timeZone={timeZone}
      now={now}
      start={{
        ...Object.fromEntries(Object.entries(knownOf(opened)).map(([field, text]) => [`text.${field}`, [text]])),
        replyTo: [person.name],
        answerBy: [inAWeek()],
      }}
      draft={desk.drafts.of(`referral/${caseId}`)}
      submit={submit}
    />
  )

  function inAWeek(): Day {
    return dayOf(addDuration(now, 'P7D', timeZone), timeZone)
  }
  function needLabel(need: string) {
    return pack.codeLists.service_sector?.find((each) => each.code === need)?.label ?? {}
  }
  /** What the file already says, for the fields that have a place in it. */
  function knownOf({ card, identity, case: { threatened } }: OpenedCase): { [field in LetterField]?: string } {
    if (threatened) return {}
    const age = identity?.approxAge ?? null
    const said: [LetterField, string | null | undefined][] = [
      ['call_name', card?.callName],
      ['full_name', identity?.fullName],
      ['age', age === null ? null : String(age)],
      [
        'language',
        (identity?.language ?? null) === null ? null : codeText(pack, 'languages', speech, String(identity?.language)),
      ],
      ['carer', card?.carer],
    ]
    return Object.fromEntries(said.flatMap(([field, text]) => ((text ?? '') === '' ? [] : [[field, text ?? '']])))
  }
}

export function BasisPage() {
  const { caseId, found, agreements, speech, pack, now, timeZone, desk, goOn, record } = useAgreementPage()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened } = found

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const needed = speech.t('field.needed')
    const notAsked = pick(WhyNotAsked.options, one(values, 'notAsked'))
    if (notAsked === null) return { notAsked: needed }
    for (const name of ['purpose', 'recipient', 'basis']) if (one(values, name) === '') return { [name]: needed }
    const basis = {
      id,
      caseId,
      purpose: one(values, 'purpose'),
      recipient: one(values, 'recipient'),
      basis: one(values, 'basis'),
      notAsked,
      decidedAt: now,
      organisation: wordsOf(values, 'organisation'),
      bestInterests: one(values, 'bestInterests'),
    }
    const wrong = await record(recordBasis, basis, knownReferrals(agreements.rows, opened, pack), timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/consent`)
    return wrong
  }
  return (
    <MakeBasis
      speech={speech}
      alias={opened.case.alias}
      lists={{
        purposes: codeOptions(pack, 'consent_purpose', speech).filter(({ value }) => FOR_LETTERS.includes(value)),
        recipients: codeOptions(pack, 'recipient_function', speech).filter(({ value }) =>
          pack.consent.recipients.some((each) => each.code === value && each.reach !== 'nothing'),
        ),
        bases: codeOptions(pack, 'legal_basis', speech),
      }}
      draft={desk.drafts.of(`basis/${caseId}`)}
      submit={submit}
    />
  )
}

/** The letter an address names. */
export function useReferralId(): string {
  return useParams().referralId ?? ''
}

/** A body may be called a little more or less exactly than it was when the child was asked. */
function isSameBody(agreed: string, written: string): boolean {
  const [a, b] = [agreed, written].map((name) =>
    name
      .toLocaleLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  )
  return a !== undefined && b !== undefined && b !== '' && (a.includes(b) || b.includes(a))
}
