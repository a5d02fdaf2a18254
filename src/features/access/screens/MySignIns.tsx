import type { Speech } from '../../../web/language.ts'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { ProveFields } from '../../../web/ui/ProveFields.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'

/** One place she is signed in, told so that she recognises it. */
export type SignedIn = { id: string; place: string; how: string; since: string; here: boolean }
export type OwnKey = { id: string; made: string; used: string | null }

type Props = {
  speech: Speech
  sessions: readonly SignedIn[]
  keys: readonly OwnKey[]
  /** When somebody asked for a new key in her name; null when nobody did. */
  renewal: string | null
  problem: string | null
  end: (id: string) => void
  remove: (id: string) => void
  /** Null where there is nothing to add: the demo's people have no keys. */
  add: (() => void) | null
  stop: () => void
  /** Asks for password and code again before a key is added or removed; null while nobody needs to. */
  proveAgain: ((values: FormValues) => Promise<FormErrors | null>) | null
}

/** Where she is signed in and with which keys; what she does not recognise she ends here. */
export function MySignIns({ speech, sessions, keys, renewal, problem, end, remove, add, stop, proveAgain }: Props) {
  const { t } = speech
  return (
    <Screen title={t('access.sign_ins')} lead={t('access.sign_ins_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {renewal !== null && (
        <Notice tone="urgent">
          <p>{t('access.renewal', { time: renewal })}</p>
          <button type="button" className="button danger" onClick={stop}>
            {t('access.renewal_stop')}
          </button>
        </Notice>
      )}
      <ul className="plain stack">
        {sessions.map(({ id, place, how, since, here }) => (
          <li key={id} className="card spread">
            <div>
              <h2>{place}</h2>
              <p className="small">
                {how} · {since}
              </p>
            </div>
            {here ? (
              <Status tone="ok">{t('access.session_here')}</Status>
            ) : (
              <button type="button" className="button second small-target" onClick={() => end(id)}>
                {t('access.session_end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {add !== null && (
        <section className="stack">
          <h2>{t('access.passkeys')}</h2>
          {keys.length === 0 && <p className="small">{t('access.passkeys_none')}</p>}
          <ul className="plain stack">
            {keys.map(({ id, made, used }) => (
              <li key={id} className="card spread">
                <p>
                  {made}
                  {used !== null && <span className="tiny"> · {used}</span>}
                </p>
                <button type="button" className="button second small-target" onClick={() => remove(id)}>
                  {t('access.passkey_remove')}
                </button>
              </li>
            ))}
          </ul>
          {proveAgain === null ? (
            <div>
              <button type="button" className="button second" onClick={add}>
                {t('access.passkey_add')}
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
        </section>
      )}
    </Screen>
  )
}
