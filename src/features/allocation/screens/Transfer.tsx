import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Select, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ChildSays } from '../../cases/screens/ChildSays.tsx'
import { ChildTold } from '../transfer.ts'

type Submit = (values: FormValues) => Promise<FormErrors | null>

export type ShownOffer = {
  id: string
  title: string
  about: string
  why: string
  needs: string | null
  told: string
  /** The child's own words to it, or why there are none. */
  voice: string | null
  /** How it ended; null while it waits. */
  ended: string | null
  reason: string | null
  /** What this person may do with it. */
  decide: { draft: DraftKeeper; submit: Submit } | null
  withdraw: (() => void) | null
}

type Props = {
  speech: Speech
  alias: string
  offers: readonly ShownOffer[]
  workers: readonly Option[]
  /** Who is away and is not offered a case. */
  away: ReactNode
  offices: readonly Option[]
  isFetching: boolean
  problem: string | null
  /** Where what is best for the child is weighed, while that has not been done. */
  weighFirst: string | null
  /** What a worker can do, who decides nothing here: ask, and weigh; null for a supervisor. */
  asking: { ask: string; weigh: string | null } | null
  offering: { start: FormValues; draft: DraftKeeper; submit: Submit } | null
}

/** Offers a case to another office, and answers what another office offers: nothing moves before that office accepts. */
export function Transfer(props: Props) {
  const { speech, alias, offers, workers, away, offices, isFetching, problem, weighFirst, asking, offering } = props
  const { t } = speech
  return (
    <Screen title={t('allocation.transfer_title', { alias })} lead={t('allocation.transfer_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {isFetching && problem === null && <p role="status">{t('wait')}</p>}
      <ul className="plain stack">
        {offers.map((offer) => (
          <li key={offer.id} className="card stack">
            <div className="spread">
              <h2>{offer.title}</h2>
              <Status tone={offer.ended === null ? 'due' : 'quiet'}>{offer.ended ?? t('allocation.waits')}</Status>
            </div>
            <p className="small">{offer.about}</p>
            <dl className="facts">
              <Fact label={t('allocation.why')} text={offer.why} />
              {offer.needs !== null && <Fact label={t('allocation.needs')} text={offer.needs} />}
              {offer.voice !== null && <Fact label={t('cases.child_on_decision')} text={offer.voice} />}
              <Fact label={t('allocation.child_told')} text={offer.told} />
              {offer.reason !== null && <Fact label={t('allocation.reason')} text={offer.reason} />}
            </dl>
            {offer.decide !== null && (
              <Form speech={speech} button={t('save.button')} start={{ answer: ['accepted'] }} {...offer.decide}>
                {(values) => (
                  <>
                    <Choice
                      name="answer"
                      label={t('allocation.your_answer')}
                      required
                      options={(['accepted', 'declined'] as const).map((value) => ({
                        value,
                        label: t(`allocation.answer.${value}`),
                      }))}
                    />
                    {one(values, 'answer') === 'declined' ? (
                      <Words name="reason" label={t('allocation.reason')} required rows={2} maxLength={2000} />
                    ) : (
                      <>
                        <Select
                          name="workerId"
                          label={t('allocation.who_starts')}
                          hint={`${t('allocation.who_starts_hint')} ${t('allocation.named_end')}`}
                          required
                          empty={t('field.choose')}
                          options={workers}
                        />
                        {away}
                      </>
                    )}
                  </>
                )}
              </Form>
            )}
            {offer.withdraw !== null && (
              <div className="actions">
                <button type="button" className="button second" onClick={offer.withdraw}>
                  {t('allocation.withdraw')}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {!isFetching && problem === null && offers.length === 0 && <p>{t('allocation.nothing_offered')}</p>}
      {asking !== null && (
        <section className="group">
          <h2>{t('allocation.moving')}</h2>
          <p>{t('allocation.worker_way')}</p>
          <div className="actions row">
            <To href={asking.ask} className="button">
              {t('allocation.ask_transfer')}
            </To>
            {asking.weigh !== null && (
              <To href={asking.weigh} className="button second">
                {t('allocation.weigh_button')}
              </To>
            )}
          </div>
        </section>
      )}
      {weighFirst !== null && (
        <section className="group">
          <h2>{t('allocation.offer_new')}</h2>
          <Notice tone="info">{t('allocation.weigh_first')}</Notice>
          <div className="actions">
            <To href={weighFirst} className="button second">
              {t('allocation.weigh_button')}
            </To>
          </div>
        </section>
      )}
      {offering !== null && (
        <section className="group">
          <h2>{t('allocation.offer_new')}</h2>
          <Form key={offers.length} speech={speech} button={t('allocation.offer_button')} {...offering}>
            {(values) => (
              <>
                <Select
                  name="toTeam"
                  label={t('allocation.to_whom')}
                  required
                  empty={t('field.choose')}
                  options={offices}
                />
                <Words name="why" label={t('allocation.why')} required rows={3} maxLength={2000} />
                <Words
                  name="needs"
                  label={t('allocation.needs')}
                  hint={t('allocation.needs_hint')}
                  rows={3}
                  maxLength={2000}
                />
                <ChildSays
                  speech={speech}
                  values={values}
                  label={t('cases.child_on_decision')}
                  hint={t('cases.child_on_decision_hint')}
                />
                <Choice
                  name="childTold"
                  label={t('allocation.child_told')}
                  required
                  options={ChildTold.options.map((value) => ({ value, label: t(`allocation.told.${value}`) }))}
                />
              </>
            )}
          </Form>
        </section>
      )}
    </Screen>
  )
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd translate="no">{text}</dd>
    </div>
  )
}
