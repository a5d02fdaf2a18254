import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { keyOf } from '../../../web/replica.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { lacksOf, standsNow } from '../standing.ts'
import { answersOf, fieldsOf } from './use-agreements.ts'

/** What child and carer answered about this record the last time, and what is still missing for a yes. */
export function AgreedSoFar({ caseId }: { caseId: string }) {
  const { rows, speech, pack, now } = useDesk()
  const { t } = speech
  const asked = answersOf(rows, caseId, pack).find(({ purpose }) => purpose === 'case_management')
  if (asked === undefined) return null
  const timeZone = zoneOf(pack, rows.get(keyOf({ thing: 'case', id: caseId }))?.fields.region)
  const stands = standsNow(asked, fieldsOf(rows, 'consent_withdrawal', caseId), now, timeZone)
  return (
    <Notice tone={stands === 'given' ? 'ok' : 'due'}>
      <h2>
        {t(`referrals.stands.${stands}`)} · {momentText(speech, asked.askedAt, timeZone, now)}
      </h2>
      <ul>
        <li>{t('referrals.child_line', { answer: t(`referrals.child.${asked.child}`) })}</li>
        <li>{t('referrals.adult_line', { answer: t(`referrals.adult.${asked.adult}`) })}</li>
        {lacksOf(pack.consent.bands, asked).map((lack) => (
          <li key={lack}>
            <b>{t(`referrals.lacks.${lack}`)}</b>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
