import { useState } from 'react'
import { Day, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import { isLanguage, LANGUAGES } from '../../../web/language.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useReads } from '../../cases/screens/reads-context.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import { AdultAnswer, ChildAnswer } from '../consent.ts'
import { recordConsent, withdrawConsent } from '../ops.ts'
import { neededOf, standsNow, type StandsNow } from '../standing.ts'
import { AskConsent } from './AskConsent.tsx'
import { type Entry, Ledger } from './Ledger.tsx'
import { shownBases } from './shown-bases.ts'
import { shownTeams } from './shown-teams.ts'
import { answersOf, fieldsOf, knownConsents } from './use-agreements.ts'
import { Withdraw } from './Withdraw.tsx'

const TONES: Record<StandsNow, Tone> = {
  given: 'ok',
  refused: 'quiet',
  not_complete: 'due',
  withdrawn: 'info',
  over: 'info',
}
export const WRITES = ['case_worker', 'intake', 'shelter_worker']

/** Everything a page of this feature stands on: the case and what was agreed in it. */
export function useAgreementPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const agreements = useRows(caseId, 'referrals')
  const desk = useDesk()
  const timeZone = found.state === 'found' ? found.opened.timeZone : 'UTC'
  const goOn = useGoOn()
  const record = useRecord()
  return { ...desk, caseId, found, agreements, timeZone, goOn, record }
}

export function LedgerPage() {
  const { caseId, found, agreements, speech, pack, now, timeZone, person } = useAgreementPage()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row } = found.opened
  const withdrawals = fieldsOf(agreements.rows, 'consent_withdrawal', caseId)
  const entries = answersOf(agreements.rows, caseId, pack).map((answer) => {
    const stands = standsNow(answer, withdrawals, now, timeZone)
    const ended = withdrawals.find((one) => one.consentId === answer.id)
    const when = (at: typeof now) => momentText(speech, at, timeZone, now)
    const entry: Entry = {
      id: answer.id,
      purpose: codeText(pack, 'consent_purpose', speech, answer.purpose),
      to: toText(answer),
      status: { text: t(`referrals.stands.${stands}`), tone: TONES[stands] },
      answers: [
        t('referrals.child_line', { answer: t(`referrals.child.${answer.child}`) }),
        t('referrals.adult_line', { answer: t(`referrals.adult.${answer.adult}`) }),
        ...(answer.withheld === null ? [] : [codeText(pack, 'consent_withhold_reason', speech, answer.withheld)]),
      ],
      how: t('referrals.how', {
        when: when(answer.askedAt),
        who: answer.explainedBy,
        language: isLanguage(answer.language) ? LANGUAGES[answer.language].name : answer.language,
        text: nameOf(answer.text),
      }),
      shown: shownText(answer),
      said: answer.childSaid,
      ended:
        ended === undefined
          ? null
          : t('referrals.ended_line', { when: when(ended.withdrawnAt), who: t(`referrals.ended_by.${ended.by}`) }),
      canEnd: stands === 'given',
    }
    return { entry, isOpen: stands === 'given' }
  })
  return (
    <Ledger
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      open={entries.filter((one) => one.isOpen).map((one) => one.entry)}
      other={entries.filter((one) => !one.isOpen).map((one) => one.entry)}
      teams={shownTeams(agreements.rows, caseId, speech, timeZone, now)}
      bases={shownBases(agreements.rows, caseId, { speech, pack, timeZone, now })}
      canWrite={WRITES.includes(person.role)}
      canName={person.role === 'case_worker' && row.state === 'open'}
      problem={agreements.problem === null ? null : errorText(speech, agreements.problem)}
    />
  )

  /** Which wording was shown, as people say it: a code only where this program does not know the text any more. */
  function nameOf(code: string) {
    const text = pack.consent.texts.find((one_) => one_.code === code)
    if (text === undefined) return code
    const name = codeText(pack, 'consent_purpose', speech, text.purpose)
    const number = /\d+$/.exec(code)?.[0] ?? '1'
    if (text.validTo === null) return t('referrals.wording', { name, number })
    const day = dayText(speech, startOfDay(Day.parse(text.validTo), timeZone), timeZone, now)
    return t('referrals.wording_until', { name, number, day })
  }

  function shownText({ text, language }: { text: string; language: string }) {
    const words = pack.consent.texts.find((one_) => one_.code === text)?.text[language]
    return words === undefined ? null : { language, words }
  }

  function toText({ recipient, organisation }: { recipient: string | null; organisation: string | null }) {
    const kind = recipient === null ? null : codeText(pack, 'recipient_function', speech, recipient)
    const parts = [organisation, kind].filter((part) => part !== null)
    return parts.length === 0 ? null : parts.join(' · ')
  }
}

export function AskPage() {
  const { caseId, found, agreements, speech, pack, now, timeZone, desk, person, goOn, record } = useAgreementPage()
  const [id] = useState(newId)
  // Named by whoever led here: the question of a step is not chosen again.
  const asked = useParams().purpose ?? ''
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row } = found.opened
  const known = knownConsents(agreements.rows, found.opened, pack)
  const { childMust, adultMust } = neededOf(pack.consent.bands, known.ageBand)
  const shown = (purpose: string) =>
    pack.consent.texts.find((text) => text.purpose === purpose && (text.validTo === null || text.validTo > now))

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const needed = t('field.needed')
    const [purpose, language] = [one(values, 'purpose'), one(values, 'language')]
    const child = pick(ChildAnswer.options, one(values, 'child'))
    const adult = pick(AdultAnswer.options, one(values, 'adult'))
    if (purpose === '') return { purpose: needed }
    if (language === '') return { language: needed }
    if (child === null) return { child: needed }
    if (adult === null) return { adult: needed }
    const payload = {
      id,
      caseId,
      purpose,
      recipient: wordsOf(values, 'recipient'),
      text: shown(purpose)?.code ?? '',
      language,
      capacity: known.ageBand,
      child,
      adult,
      adultIs: pick(['parent_or_carer', 'guardian'] as const, one(values, 'adultIs')),
      withheld: child === 'refuses' || adult === 'refuses' ? wordsOf(values, 'withheld') : null,
      askedAt: now,
      endsOn: dayIn(one(values, 'endsOn')),
      organisation: wordsOf(values, 'organisation'),
      explainedBy: one(values, 'explainedBy'),
      childSaid: wordsOf(values, 'childSaid'),
    }
    const wrong = await record(recordConsent, payload, known, timeZone)
    const next = asked === 'case_management' ? `/cases/${caseId}/start/who` : `/cases/${caseId}/consent`
    if (wrong === null) goOn(next)
    return wrong
  }

  return (
    <AskConsent
      speech={speech}
      alias={row.alias}
      lists={{
        purposes: codeOptions(pack, 'consent_purpose', speech),
        recipients: codeOptions(pack, 'recipient_function', speech).filter(({ value }) =>
          pack.consent.recipients.some((recipient) => recipient.code === value),
        ),
        languages: pack.languages.filter(isLanguage).map((value) => ({ value, label: LANGUAGES[value].name })),
        reasons: codeOptions(pack, 'consent_withhold_reason', speech),
      }}
      textOf={(purpose, language) => shown(purpose)?.text[language] ?? null}
      reachOf={(recipient) => pack.consent.recipients.find((one_) => one_.code === recipient)?.reach ?? 'nothing'}
      needed={`${t(`referrals.child_must.${childMust}`)} ${t(`referrals.adult_must.${adultMust}`)}`}
      start={{ purpose: [asked], language: [speech.language], explainedBy: [person.name] }}
      draft={desk.drafts.of(asked === '' ? `consent/${caseId}` : `consent/${caseId}/${asked}`)}
      submit={submit}
    />
  )
}

export function dayIn(text: string): Day | null {
  const found = Day.safeParse(text)
  return found.success ? found.data : null
}

export function WithdrawPage() {
  const { caseId, found, agreements, speech, pack, now, timeZone, desk, goOn, record } = useAgreementPage()
  const consentId = useParams().consentId ?? ''
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const answer = answersOf(agreements.rows, caseId, pack).find((each) => each.id === consentId)
  if (answer === undefined) return <NotThere found={{ state: 'asking' }} />

  async function submit(values: FormValues): Promise<FormErrors | null> {
    if (found.state !== 'found') return null
    const by = pick(['child', 'parent_or_carer', 'guardian'] as const, one(values, 'by'))
    if (by === null) return { by: speech.t('field.needed') }
    const payload = { id, caseId, consentId, by, withdrawnAt: now, said: wordsOf(values, 'said') }
    const known = knownConsents(agreements.rows, found.opened, pack)
    const wrong = await record(withdrawConsent, payload, known, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/consent`)
    return wrong
  }
  return (
    <Withdraw
      speech={speech}
      alias={found.opened.case.alias}
      what={[
        codeText(pack, 'consent_purpose', speech, answer.purpose),
        ...(answer.recipient === null ? [] : [codeText(pack, 'recipient_function', speech, answer.recipient)]),
        ...(answer.organisation === null ? [] : [answer.organisation]),
      ].join(' · ')}
      draft={desk.drafts.of(`withdraw/${caseId}/${consentId}`)}
      submit={submit}
    />
  )
}

/** What this feature adds to the home of a case. */
export function ReferralStrip({ caseId }: { caseId: string }) {
  const { speech, rows } = useDesk()
  const reads = useReads()
  const { t } = speech
  if (!reads('services')) return null
  return (
    <Fold title={t('referrals.strip')} isPrinted={false}>
      <div className="row">
        <To href={`/cases/${caseId}/consent`} className="line">
          {t('referrals.strip_ledger')}
        </To>
        <To href={`/cases/${caseId}/referrals`} className="line">
          {t('referrals.strip_referrals')}
        </To>
        {ownCase(rows, caseId)?.case.state === 'open' && (
          <To href={`/cases/${caseId}/consent/ask`} className="line">
            {t('referrals.ask')}
          </To>
        )}
      </div>
    </Fold>
  )
}
