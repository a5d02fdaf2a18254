import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

/** A case that waits for a worker, with everybody who could take it. */
export type ToGive = {
  id: string
  alias: string
  about: string
  wish: string | null
  workers: readonly Option[]
  draft: DraftKeeper
  give: (values: FormValues) => Promise<FormErrors | null>
}

type Props = {
  speech: Speech
  cases: readonly ToGive[]
  loads: readonly { id: string; name: string; text: string }[]
  isFetching: boolean
  problem: string | null
  /** Who is away and is offered none of them. */
  away: ReactNode
  /** The hours are a guess until the office has confirmed its own. */
  isGuess: boolean
}

/** Gives new cases to workers: by hours of work, with what the child wishes beside it; the supervisor decides. */
export function Allocate({ speech, cases, loads, isFetching, problem, away, isGuess }: Props) {
  const { t } = speech
  const isAsking = isFetching && problem === null
  return (
    <Screen
      title={isAsking ? t('wait') : t('allocation.allocate_title', { count: cases.length })}
      lead={t('allocation.allocate_lead')}
    >
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {!isFetching && cases.length === 0 && <p>{t('allocation.none_waits')}</p>}
      <ul className="plain stack">
        {cases.map(({ id, alias, about, wish, workers, draft, give }) => (
          <li key={id} className="card stack">
            <h2>
              <To href={`/cases/${id}`}>{alias}</To>
            </h2>
            <p className="small">{about}</p>
            {wish !== null && <p>{t('allocation.child_wishes', { text: wish })}</p>}
            <Form speech={speech} button={t('cases.assign_button')} draft={draft} submit={give}>
              {() => <Choice name="personId" label={t('cases.assign_worker')} required options={workers} />}
            </Form>
            {away}
          </li>
        ))}
      </ul>
      {loads.length > 0 && (
        <section className="group">
          <h2>{t('allocation.loads')}</h2>
          {isGuess && <p className="small">{t('allocation.loads_guess')}</p>}
          <dl className="card facts">
            {loads.map(({ id, name, text }) => (
              <div key={id}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </Screen>
  )
}
