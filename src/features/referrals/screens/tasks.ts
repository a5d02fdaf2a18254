import { addDuration, addMillis, type Instant } from '../../../core/time.ts'
import { timeZoneOf } from '../../../core/read-country.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { answerDue, lastAnswer, referralState } from '../referral-state.ts'
import { basesToAsk } from './bases-to-ask.ts'
import { teamsToLookAt } from './teams-to-look-at.ts'
import { type AgreementFields, fieldsOf } from './use-agreements.ts'

/** Receivers who have not answered by their day, those who asked something back, and children who are to be asked now, and who reads of a case that came to her. */
export function tasks(look: Look): Task[] {
  return ownCases(look.rows).flatMap(({ case: row }) => {
    if (row.state !== 'open') return []
    const timeZone = timeZoneOf(look.pack, row.region)
    return [...letters(look, row.id, timeZone), ...toAsk(look, row.id, timeZone), ...beside(look, row.id, timeZone)]
  })
}

/** A reason for telling without consent runs out: the child is asked, or a new one is written down and signed. */
function toAsk({ rows, pack, now, speech }: Look, caseId: string, timeZone: string): Task[] {
  return basesToAsk(rows, caseId, now, timeZone).map(({ basis, dueAt }) => ({
    key: `lawful_basis/${basis.id}`,
    caseId,
    title: speech.t('referrals.task_basis'),
    why: basis.organisation ?? codeText(pack, 'recipient_function', speech, basis.recipient),
    dueAt: addMillis(dueAt, -1),
    href: `/cases/${caseId}/consent/ask`,
  }))
}

/** The case came from a colleague or from another office: who still reads of it, and who does not any more. */
function beside({ rows, now, speech: { t } }: Look, caseId: string, timeZone: string): Task[] {
  return teamsToLookAt(rows, caseId, now, timeZone).map(({ team, stillRead, since }) => ({
    key: `care_team/${team.id}`,
    caseId,
    title: t(stillRead ? 'referrals.task_team' : 'referrals.task_team_again'),
    why: t(`referrals.care.${team.purpose}`),
    dueAt: addDuration(since, 'P1D', timeZone),
    href: `/cases/${caseId}/${stillRead ? 'consent' : 'care-team'}`,
  }))
}

/** How long a new worker is told that a letter was out when the case came to her. */
const TOLD_FOR = 'P14D'

/** When a link of this letter ended because the case left the office that gave it; null once there is a newer one. */
function leftBehind(links: readonly AgreementFields['letter_link'][], referralId: string): Instant | null {
  const own = links.filter((link) => link.referralId === referralId)
  const movedAt = own.flatMap(({ handedOnAt }) => handedOnAt ?? []).at(-1) ?? null
  return movedAt === null || own.some(({ madeAt }) => madeAt === undefined || madeAt > movedAt) ? null : movedAt
}

function letters({ rows, now, speech: { t } }: Look, caseId: string, timeZone: string): Task[] {
  const [answers, links] = [fieldsOf(rows, 'referral_answer', caseId), fieldsOf(rows, 'letter_link', caseId)]
  const ended = new Set(fieldsOf(rows, 'consent_withdrawal', caseId).map((one) => one.consentId))
  return fieldsOf(rows, 'referral', caseId).flatMap((referral): Task[] => {
    // Nobody is reminded of a letter that the child has taken back.
    if (referral.consentId !== null && ended.has(referral.consentId)) return []
    const state = referralState(referral, answers, links, now, timeZone)
    const movedAt = state === 'waiting' || state === 'no_answer' ? leftBehind(links, referral.id) : null
    if (movedAt !== null && now < addDuration(movedAt, TOLD_FOR, timeZone))
      return [
        {
          key: `letter_link/${referral.id}`,
          caseId,
          title: t('referrals.task_link_moved'),
          why: t('referrals.link_state.moved'),
          dueAt: addDuration(movedAt, 'P1D', timeZone),
          href: `/cases/${caseId}/referral/${referral.id}`,
        },
      ]
    if (state !== 'waiting' && state !== 'no_answer' && state !== 'asked') return []
    // They wait for us: a day from when they asked.
    const asked = (): Instant => addDuration(lastAnswer(referral, answers, links)?.answeredAt ?? now, 'P1D', timeZone)
    return [
      {
        key: `referral/${referral.id}`,
        caseId,
        title: t(state === 'asked' ? 'referrals.task_asked' : 'referrals.task_ask', { to: referral.organisation }),
        inList: {
          text: t(state === 'asked' ? 'referrals.in_list.asked' : 'referrals.in_list.ask'),
          typed: referral.organisation,
        },
        why: t(`referrals.state.${state}`),
        dueAt: state === 'asked' ? asked() : answerDue(referral, timeZone),
        href: `/cases/${caseId}/referral/${referral.id}`,
        ...(state === 'waiting' ? { waits: true } : {}),
      },
    ]
  })
}
