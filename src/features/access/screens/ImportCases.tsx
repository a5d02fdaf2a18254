import type { Speech } from '../../../web/language.ts'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { ProveFields } from '../../../web/ui/ProveFields.tsx'

type Props = {
  speech: Speech
  word: string | null
  /** Until when the word is good, in words. */
  until: string | null
  problem: string | null
  make: () => void
  /** Password and code once more, where these are what she signed in with and that was a while ago. */
  proveAgain: ((values: FormValues) => Promise<FormErrors | null>) | null
}

/** The word that lets a list be taken in once, as the person who made it. */
export function ImportCases({ speech, word, until, problem, make, proveAgain }: Props) {
  const { t } = speech
  return (
    <Screen title={t('access.import')} lead={t('access.import_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <ol className="stack points">
        <li>{t('access.import_look')}</li>
        <li>{t('access.import_say')}</li>
        <li>{t('access.import_after')}</li>
      </ol>
      {word !== null && (
        <section className="card stack" aria-live="polite">
          <h2>{t('access.import_word')}</h2>
          <p className="words" translate="no">
            <bdi dir="ltr">
              <strong>{word}</strong>
            </bdi>
          </p>
          <p className="small">{t('access.import_until', { time: until ?? '' })}</p>
        </section>
      )}
      {proveAgain === null ? (
        <div className="actions">
          <button type="button" className={word === null ? 'button' : 'button second'} onClick={make}>
            {t(word === null ? 'access.import_make' : 'access.import_again')}
          </button>
        </div>
      ) : (
        <section className="stack">
          <p>{t('access.prove_again')}</p>
          <Form speech={speech} button={t('access.go_on')} submit={proveAgain}>
            {() => <ProveFields speech={speech} />}
          </Form>
        </section>
      )}
    </Screen>
  )
}
