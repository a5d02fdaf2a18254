import type { PublicPack } from '../../../core/country.ts'
import { basisEndsOn } from '../../../core/second-signature.ts'
import { type Instant, startOfDay } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'
import type { Rows } from '../../../web/replica.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import { codeText } from '../../cases/screens/codes.ts'
import { isPast } from '../standing.ts'
import type { ShownBasis } from './Bases.tsx'
import { type AgreementFields, fieldsOf } from './use-agreements.ts'

type Basis = AgreementFields['lawful_basis']
type Place = { speech: Speech; pack: PublicPack; timeZone: string; now: Instant }

/** The reasons for telling without consent of a child, the newest first, each with its last day. */
export function shownBases(rows: Rows, caseId: string, { speech, pack, timeZone, now }: Place): ShownBasis[] {
  const { t } = speech
  const status = (basis: Basis): { text: string; tone: Tone } => {
    const last = basisEndsOn(basis.decidedAt, timeZone)
    if (basis.decision === 'declined') return { text: t('referrals.basis_declined'), tone: 'quiet' }
    if (isPast(last, now, timeZone)) return { text: t('referrals.stands.over'), tone: 'info' }
    if (basis.decision !== 'signed') return { text: t('referrals.basis_waits'), tone: 'due' }
    const day = dayText(speech, startOfDay(last, timeZone), timeZone, now)
    return { text: t('referrals.team_until', { day }), tone: 'ok' }
  }
  return fieldsOf(rows, 'lawful_basis', caseId)
    .sort((a, b) => (a.decidedAt < b.decidedAt ? 1 : -1))
    .map((basis) => ({
      id: basis.id,
      purpose: codeText(pack, 'consent_purpose', speech, basis.purpose),
      to: [basis.organisation, codeText(pack, 'recipient_function', speech, basis.recipient)]
        .filter((part) => part !== null)
        .join(' · '),
      status: status(basis),
      why: t(`referrals.not_asked.${basis.notAsked}`),
    }))
}
