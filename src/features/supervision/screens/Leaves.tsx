import type { Speech } from '../../../web/language.ts'

export type LeaveLine = { id: string; text: string }

type Props = { speech: Speech; leaves: readonly LeaveLine[]; drop: (leaveId: string) => void }

/** When somebody is away, each with a way to take it out again. */
export function Leaves({ speech, leaves, drop }: Props) {
  const { t } = speech
  if (leaves.length === 0) return <>{t('supervision.not_away')}</>
  return (
    <ul className="plain stack">
      {leaves.map(({ id, text }) => (
        <li key={id} className="spread loose">
          <span>{text}</span>
          <button
            type="button"
            className="button second small-target not-printed"
            aria-label={t('supervision.drop_leave', { days: text })}
            onClick={() => drop(id)}
          >
            {t('supervision.drop')}
          </button>
        </li>
      ))}
    </ul>
  )
}
