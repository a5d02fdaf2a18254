import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Choice, Choices, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { ProveFields } from '../../../web/ui/ProveFields.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

type Submit = (values: FormValues) => Promise<FormErrors | null>

export type ShownCopy = {
  id: string
  title: string
  status: { text: string; tone: Tone }
  facts: readonly Said[]
  /** For whoever asked for it, while it can be fetched. */
  fetch: Submit | null
}

type Props = {
  speech: Speech
  alias: string
  copies: readonly ShownCopy[]
  isFetching: boolean
  problem: string | null
  /** Words that open what was just saved: shown once. */
  phrase: string | null
  isSaved: boolean
  /** Password and code are asked for once more. */
  asksProof: boolean
  asking: {
    recipients: readonly Option[]
    partsFor: (recipient: string) => Option[]
    draft: DraftKeeper
    submit: Submit
  } | null
  /** Where a child is asked, while no body has a yes. */
  askFirst: string | null
}

/** A copy of this one case for one named body: asked for, signed by a second person, fetched once, sealed. */
export function NamedCopy(props: Props) {
  const { speech, alias, copies, isFetching, problem, phrase, isSaved, asksProof, asking, askFirst } = props
  const { t } = speech
  return (
    <Screen title={t('copies.named_title', { alias })} lead={t('copies.named_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {isSaved && (
        <Notice tone="ok" live>
          <p>{t(phrase === null ? 'copies.saved_for_key' : 'copies.saved_with_words')}</p>
          {phrase !== null && (
            <p className="big" translate="no">
              <strong>{phrase}</strong>
            </p>
          )}
        </Notice>
      )}
      {isFetching && problem === null && <p role="status">{t('wait')}</p>}
      <ul className="plain stack">
        {copies.map(({ id, title, status, facts, fetch }) => (
          <li key={id} className="card stack">
            <div className="spread">
              <h2>{title}</h2>
              <Status tone={status.tone}>{status.text}</Status>
            </div>
            <Facts facts={facts} />
            {fetch !== null && (
              <Form speech={speech} button={t('copies.fetch')} start={{ how: ['key'] }} submit={fetch}>
                {(values) => (
                  <HowSealed speech={speech} values={values}>
                    {asksProof && <ProveFields speech={speech} />}
                  </HowSealed>
                )}
              </Form>
            )}
          </li>
        ))}
      </ul>
      {askFirst !== null && (
        <Notice tone="info">
          <p>{t('copies.no_ground')}</p>
          <To href={askFirst} className="line">
            {t('copies.ask_first')}
          </To>
        </Notice>
      )}
      {asking !== null && (
        <section className="group">
          <h2>{t('copies.ask_new')}</h2>
          <Form
            key={copies.length}
            speech={speech}
            button={t('copies.ask_button')}
            start={{ days: ['3'] }}
            draft={asking.draft}
            submit={asking.submit}
          >
            {(values) => (
              <>
                <Select
                  name="recipient"
                  label={t('copies.recipient')}
                  hint={t('copies.recipient_hint')}
                  required
                  empty={t('field.choose')}
                  options={asking.recipients}
                />
                <Text name="toWhom" label={t('copies.to_whom')} hint={t('copies.to_whom_hint')} required />
                {one(values, 'recipient') !== '' && (
                  <Choices
                    key={one(values, 'recipient')}
                    name="parts"
                    label={t('copies.parts')}
                    hint={t('copies.parts_hint')}
                    required
                    options={asking.partsFor(one(values, 'recipient'))}
                  />
                )}
                <Words name="why" label={t('copies.why')} required rows={3} maxLength={1000} />
                <Choice
                  name="days"
                  label={t('copies.days')}
                  hint={t('copies.days_hint')}
                  required
                  across
                  options={['1', '3', '7'].map((value) => ({
                    value,
                    label: t('copies.days_of', { count: Number(value) }),
                  }))}
                />
              </>
            )}
          </Form>
        </section>
      )}
    </Screen>
  )
}

/** How what leaves is sealed: for the key of whoever gets it, or with words that are told by another way. */
function HowSealed({ speech: { t }, values, children }: { speech: Speech; values: FormValues; children: ReactNode }) {
  return (
    <>
      <p className="small">{t('copies.fetch_once')}</p>
      <Choice
        name="how"
        label={t('copies.how')}
        required
        options={(['key', 'words'] as const).map((value) => ({
          value,
          label: t(`copies.how.${value}`),
          hint: t(`copies.how_hint.${value}`),
        }))}
      />
      {one(values, 'how') === 'key' && (
        <Text name="key" label={t('copies.key')} hint={t('copies.key_hint')} required capitals={false} />
      )}
      {children}
    </>
  )
}
