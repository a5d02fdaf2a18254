import { useDesk } from '../../../web/app-context.ts'
import { standingOf } from '../../../core/second-signature.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { useRows } from '../../cases/screens/use-rows.ts'
import { signatureRows } from './rows.ts'

export const TONES: Record<ReturnType<typeof standingOf>, Tone> = {
  waiting: 'info',
  late: 'urgent',
  signed: 'ok',
  signed_late: 'ok',
  declined: 'due',
}

/** What a case has asked a second person for, the newest first; nothing where it has asked for nothing. */
export function SignatureStrip({ caseId }: { caseId: string }) {
  const { speech, now } = useDesk()
  const { rows } = useRows(caseId, 'signatures')
  const { t } = speech
  const asked = signatureRows(rows, caseId).toReversed()
  const first = asked.find((one) => ['late', 'waiting'].includes(standingOf(one, now))) ?? asked[0]
  if (first === undefined) return null
  return (
    <Fold
      title={t('signatures.strip')}
      says={`${t(`signatures.act.${first.act}`)} · ${t(`signatures.standing.${standingOf(first, now)}`)}`}
    >
      <ul className="plain stack">
        {asked.slice(0, 5).map((one) => {
          const standing = standingOf(one, now)
          return (
            <li key={one.id} className="card spread has-link">
              <h3>
                <To href={`/cases/${caseId}/sign/${one.id}`} className="cover-link">
                  {t(`signatures.act.${one.act}`)}
                </To>
              </h3>
              <Status tone={TONES[standing]}>{t(`signatures.standing.${standing}`)}</Status>
            </li>
          )
        })}
      </ul>
    </Fold>
  )
}
