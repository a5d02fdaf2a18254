import { addDuration } from '../../../core/time.ts'
import { timeZoneOf } from '../../../core/country.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { answerDue, lastAnswer, referralState } from '../referral-state.ts'
import { fieldsOf } from './use-agreements.ts'

/** Receivers who have not answered by their day, and those who asked something back. */
export function tasks({ rows, pack, now, speech: { t } }: Look): Task[] {
  return ownCases(rows).flatMap(({ case: row }) => {
    if (row.state !== 'open') return []
    const timeZone = timeZoneOf(pack, row.region)
    const [answers, links] = [fieldsOf(rows, 'referral_answer', row.id), fieldsOf(rows, 'letter_link', row.id)]
    const ended = new Set(fieldsOf(rows, 'consent_withdrawal', row.id).map((one) => one.consentId))
    return fieldsOf(rows, 'referral', row.id).flatMap((referral): Task[] => {
      // Nobody is reminded of a letter that the child has taken back.
      if (referral.consentId !== null && ended.has(referral.consentId)) return []
      const state = referralState(referral, answers, links, now, timeZone)
      if (state !== 'waiting' && state !== 'no_answer' && state !== 'asked') return []
      const due = answerDue(referral, timeZone)
      return [
        {
          key: `referral/${referral.id}`,
          caseId: row.id,
          title: t(state === 'asked' ? 'referrals.task_asked' : 'referrals.task_ask', { to: referral.organisation }),
          inList: {
            text: t(state === 'asked' ? 'referrals.in_list.asked' : 'referrals.in_list.ask'),
            typed: referral.organisation,
          },
          why: t(`referrals.state.${state}`),
          // They wait for us: a day from when they asked.
          dueAt:
            state === 'asked'
              ? addDuration(lastAnswer(referral, answers, links)?.answeredAt ?? now, 'P1D', timeZone)
              : due,
          href: `/cases/${row.id}/referral/${referral.id}`,
          ...(state === 'waiting' ? { waits: true } : {}),
        },
      ]
    })
  })
}
