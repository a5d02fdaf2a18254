import type { Speech } from '../../../web/language.ts'
import { planView } from './plan-view.ts'
import { useCareRows } from './use-care.ts'

/** What care has for a child's own paper: what it wants, and what was reached, in the words that were used then. */
export function OwnWords({ caseId, speech: { t } }: { caseId: string; speech: Speech }) {
  const { plan, goals } = planView(useCareRows(caseId).rows, caseId)
  const shown = goals.filter((goal) => goal.state !== 'dropped')
  if ((plan?.wants ?? '') === '' && shown.length === 0) return null
  return (
    <section>
      <h3>{t('care.my_wants')}</h3>
      {(plan?.wants ?? '') !== '' && (
        <p className="words" translate="no">
          {plan?.wants}
        </p>
      )}
      <ul>
        {shown.map((goal) => (
          <li key={goal.id}>
            <span className="words" translate="no">
              {goal.inTheirWords}
            </span>
            {goal.state === 'done' && <b> · {t('care.my_done')}</b>}
          </li>
        ))}
      </ul>
    </section>
  )
}
