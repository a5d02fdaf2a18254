import { useState } from 'react'
import { addDuration } from '../../../core/time.ts'
import { newId, newToken, randomBelow } from '../../../crypto/random.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { letterOf } from '../letter.ts'
import { type Referral, ReferralAnswerCode } from '../referral.ts'
import { endLink, giveLink, recordAnswer } from '../referral-ops.ts'
import { referralState } from '../referral-state.ts'
import { useAgreementPage, WRITES } from './consent-pages.tsx'
import { Letter } from './Letter.tsx'
import { linkState, STATE_TONES, useReferralId } from './referral-pages.tsx'
import { ShowReferral } from './ShowReferral.tsx'
import { fieldsOf, knownReferrals } from './use-agreements.ts'

/** How long a link waits; a worker who needs longer makes another one. */
const LINK_FOR = 'P2D'

type Fresh = { address: string; number: string; until: string }

export function ShowPage() {
  const here = useAgreementPage()
  const { caseId, found, agreements, app, speech, pack, now, timeZone, desk, person, record } = here
  const referralId = useReferralId()
  const [ids, setIds] = useState(() => ({ answer: newId() }))
  const [fresh, setFresh] = useState<Fresh | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const asked = useAnswer(
    `letter|${caseId}|${referralId}`,
    async () =>
      (
        (await app.api.get(`/api/cases/${caseId}/letter?referral=${referralId}`, reasonHeaders(caseId))) as {
          letter: (Referral & { office: string }) | null
        }
      ).letter, // our own server answers in its own schema
    desk.replica.waiting().length,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { opened } = found
  const listed = fieldsOf(agreements.rows, 'referral', caseId).find((each) => each.id === referralId)
  const whole = asked.state === 'answered' ? asked.value : null
  // Written here a moment ago and still on its way: the words are those of the operation.
  const waiting =
    listed?.lines === undefined ? null : { ...listed, lines: listed.lines, message: listed.message ?? null }
  const referral = whole ?? waiting
  if (listed === undefined && referral === null)
    return <NotThere found={asked.state === 'failed' ? { state: 'failed', code: asked.code } : { state: 'asking' }} />
  const base = listed ?? whole
  const known = knownReferrals(agreements.rows, opened, pack)
  const isTakenBack = known.withdrawals.some((each) => each.consentId === base?.consentId)
  const links = fieldsOf(agreements.rows, 'letter_link', caseId).filter((each) => each.referralId === referralId)
  const link = links[0] ?? null
  const told = fieldsOf(agreements.rows, 'referral_answer', caseId).filter((each) => each.referralId === referralId)
  const state = base === null ? 'waiting' : referralState(base, told, links, now, timeZone)
  const need = pack.codeLists.service_sector?.find((each) => each.code === referral?.need)?.label ?? {}

  async function give() {
    const given = {
      id: newId(),
      caseId,
      referralId,
      secret: newToken(),
      number: [randomBelow(1000), randomBelow(1000)].map((part) => String(part).padStart(3, '0')).join(''),
      endsAt: addDuration(now, LINK_FOR, timeZone),
    }
    const wrong = await record(giveLink, given, known, timeZone)
    setRefused(wrong === null ? null : (wrong[''] ?? null))
    if (wrong !== null) return
    setFresh({
      address: `${window.location.origin}/letter#${given.secret}`,
      number: `${given.number.slice(0, 3)} ${given.number.slice(3)}`,
      until: t('referrals.link_until', { when: momentText(speech, given.endsAt, timeZone, now) }),
    })
  }
  async function end() {
    if (link === null) return
    const wrong = await record(endLink, { id: link.id, caseId }, { isOpen: true }, timeZone)
    setRefused(wrong === null ? null : (wrong[''] ?? null))
    if (wrong === null) setFresh(null)
  }
  async function answer(values: FormValues): Promise<FormErrors | null> {
    const code = pick(ReferralAnswerCode.options, one(values, 'answer'))
    if (code === null) return { answer: t('field.needed') }
    const payload = { id: ids.answer, caseId, referralId, answer: code, answeredAt: now, said: wordsOf(values, 'said') }
    const wrong = await record(recordAnswer, payload, known, timeZone)
    if (wrong === null) setIds({ answer: newId() })
    return wrong
  }

  const answers = [
    ...told.map((each) => ({
      id: each.id,
      text: t('referrals.answer_line', {
        answer: t(`referrals.answer.${each.answer}`),
        when: momentText(speech, each.answeredAt, timeZone, now),
      }),
      said: each.said,
    })),
    ...links.flatMap(({ id, answer: said = null, answeredAt = null }) =>
      said === null || answeredAt === null
        ? []
        : [
            {
              id,
              text: t('referrals.answer_by_link', {
                answer: t(`referrals.answer.${said}`),
                when: momentText(speech, answeredAt, timeZone, now),
              }),
              said: null,
            },
          ],
    ),
  ]
  const standing = link === null ? null : linkState(link, now)
  return (
    <ShowReferral
      speech={speech}
      alias={opened.case.alias}
      status={
        isTakenBack
          ? { text: t('referrals.stands.withdrawn'), tone: 'info' }
          : { text: t(`referrals.state.${state}`), tone: STATE_TONES[state] }
      }
      isOpen={!isTakenBack}
      letter={
        referral === null ? (
          <p className="small">{asked.state === 'failed' ? t('referrals.letter_online') : t('wait')}</p>
        ) : (
          <Letter
            speech={speech}
            timeZone={timeZone}
            now={now}
            head={letterOf(referral, whole?.office ?? person.organisation.name, need)}
            lines={referral.lines}
          />
        )
      }
      answers={answers}
      link={
        link === null || standing === null
          ? null
          : {
              text: [
                t(`referrals.link_state.${standing}`),
                standing === 'waits' || standing === 'opened'
                  ? t('referrals.link_until', { when: dayText(speech, link.endsAt, timeZone, now) })
                  : '',
              ].join(' '),
              isOpen: standing === 'waits' || standing === 'opened',
            }
      }
      fresh={fresh}
      canWrite={opened.case.state === 'open' && WRITES.includes(person.role)}
      problem={refused ?? (agreements.problem === null ? null : errorText(speech, agreements.problem))}
      give={() => void give()}
      end={() => void end()}
      draft={desk.drafts.of(`answer/${caseId}/${referralId}`)}
      answer={answer}
    />
  )
}
