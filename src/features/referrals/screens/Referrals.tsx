import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type Line = {
  id: string
  organisation: string
  need: string
  /** When it was written, and by when an answer was asked for. */
  when: string
  status: { text: string; tone: Tone }
  link: string | null
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  referrals: readonly Line[]
  canWrite: boolean
  problem: string | null
}

/** Whom this child was sent to, and what came back. */
export function Referrals({ speech: { t }, caseId, alias, referrals, canWrite, problem }: Props) {
  return (
    <Screen title={t('referrals.list', { alias })} lead={t('referrals.list_lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {canWrite && (
        <div className="actions not-printed">
          <To href={`/cases/${caseId}/referral/new`} className="button">
            {t('referrals.new')}
          </To>
        </div>
      )}
      {referrals.length === 0 && problem === null && <p>{t('referrals.list_none')}</p>}
      <ul className="plain stack">
        {referrals.map((one) => (
          <li key={one.id} className="card stack has-link">
            <div className="spread">
              <h2 translate="no">
                <To href={`/cases/${caseId}/referral/${one.id}`} className="cover-link">
                  {one.organisation}
                </To>
              </h2>
              <Status tone={one.status.tone}>{one.status.text}</Status>
            </div>
            <p>{one.need}</p>
            <p className="small">{one.when}</p>
            {one.link !== null && <p className="small">{one.link}</p>}
          </li>
        ))}
      </ul>
    </Screen>
  )
}
