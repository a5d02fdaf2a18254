import type { Speech } from '../../../web/language.ts'
import { Status, type Tone } from '../../../web/ui/Status.tsx'

export type ShownBasis = { id: string; purpose: string; to: string; status: { text: string; tone: Tone }; why: string }

/** What somebody may be told although nobody could be asked: to whom, why, and until when. */
export function Bases({ t, bases }: { t: Speech['t']; bases: readonly ShownBasis[] }) {
  if (bases.length === 0) return null
  return (
    <section className="group stack">
      <h2>{t('referrals.bases')}</h2>
      <ul className="plain stack">
        {bases.map(({ id, purpose, to, status, why }) => (
          <li key={id} className="card stack">
            <div className="spread">
              <h3>{purpose}</h3>
              <Status tone={status.tone}>{status.text}</Status>
            </div>
            <p className="words" translate="no" dir="auto">
              {to}
            </p>
            <p className="small">{why}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
