import { type ReactNode, useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { type Option, Select, Tick } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { Outcome } from './Outcome.tsx'

type Submit = (values: FormValues) => Promise<FormErrors | null>
type Act = (() => void) | null

type Props = {
  speech: Speech
  name: string
  about: string
  login: string
  state: { tone: Tone; text: string }
  lastHere: string
  problem: string | null
  /** What was just done, or waits for a second person. */
  said: string | null
  keys: KeyProps
  teams: readonly { id: string; text: string; takeOff: Act }[]
  /** Each null where the asking person may not, or there is nothing to choose. */
  putOnTeam: { teams: readonly Option[]; maySupervise: boolean; submit: Submit } | null
  changeRole: { roles: readonly Option[]; submit: Submit } | null
  move: { offices: readonly Option[]; submit: Submit } | null
  endSessions: Act
  endAccount: Act
}

export type KeyProps = {
  lead: string
  vouched: string | null
  vouch: Act
  stopVouch: Act
  giveLink: Act
  /** Shown once to whoever asked for it, and never again. */
  once: { kind: 'number' | 'link'; text: string } | null
}

/** One account: its key, its teams, its role, and how it ends. */
export function OnePerson(props: Props) {
  const { speech, name, about, login, state, lastHere, problem, said, keys, teams } = props
  const { putOnTeam, changeRole, move, endSessions, endAccount } = props
  const { t } = speech
  return (
    <Screen title={name} lead={about}>
      <Outcome problem={problem} said={said} />
      <div className="row">
        <Status tone={state.tone}>{state.text}</Status>
        <span className="small">
          {login} · {lastHere}
        </span>
      </div>
      <Keys speech={speech} {...keys} />
      {(teams.length > 0 || putOnTeam !== null) && (
        <Part title={t('access.teams')}>
          <ul className="plain stack">
            {teams.map(({ id, text, takeOff }) => (
              <li key={id} className="spread">
                <span>{text}</span>
                {takeOff !== null && (
                  <button type="button" className="button second small-target" onClick={takeOff}>
                    {t('access.team_take_off')}
                  </button>
                )}
              </li>
            ))}
          </ul>
          {putOnTeam !== null && (
            <Form speech={speech} button={t('access.team_add')} submit={putOnTeam.submit}>
              {() => (
                <>
                  <Select
                    name="teamId"
                    label={t('access.team')}
                    required
                    options={putOnTeam.teams}
                    empty={t('field.choose')}
                  />
                  {putOnTeam.maySupervise && <Tick name="supervises" label={t('access.team_supervise')} />}
                </>
              )}
            </Form>
          )}
        </Part>
      )}
      {changeRole !== null && (
        <Part title={t('access.role_change')}>
          <p className="small">{t('access.role_change_lead')}</p>
          <Form speech={speech} button={t('access.change')} submit={changeRole.submit}>
            {() => (
              <Select
                name="role"
                label={t('access.role')}
                required
                options={changeRole.roles}
                empty={t('field.choose')}
              />
            )}
          </Form>
        </Part>
      )}
      {move !== null && (
        <Part title={t('access.move')}>
          <Form speech={speech} button={t('access.change')} submit={move.submit}>
            {() => (
              <Select
                name="orgId"
                label={t('access.office')}
                required
                options={move.offices}
                empty={t('field.choose')}
              />
            )}
          </Form>
        </Part>
      )}
      {(endSessions !== null || endAccount !== null) && (
        <EndOf speech={speech} name={name} endSessions={endSessions} endAccount={endAccount} />
      )}
    </Screen>
  )
}

/** The two halves of a new key, from two people. */
function Keys({ speech: { t }, lead, vouched, vouch, stopVouch, giveLink, once }: KeyProps & { speech: Speech }) {
  if (vouch === null && giveLink === null && vouched === null) return null
  return (
    <Part title={t('access.key')}>
      <p className="small">{lead}</p>
      {once !== null && (
        <Notice tone="ok" live>
          <p>{t(once.kind === 'number' ? 'access.vouch_code' : 'access.link_once')}</p>
          <p>
            <code className="secret">{once.text}</code>
          </p>
        </Notice>
      )}
      {vouched !== null && <p>{vouched}</p>}
      <div className="row">
        {vouch !== null && (
          <button type="button" className="button second" onClick={vouch}>
            {t('access.vouch')}
          </button>
        )}
        {giveLink !== null && (
          <button type="button" className="button second" onClick={giveLink}>
            {t('access.link_give')}
          </button>
        )}
        {stopVouch !== null && (
          <button type="button" className="button second" onClick={stopVouch}>
            {t('access.take_back')}
          </button>
        )}
      </div>
    </Part>
  )
}

function EndOf({
  speech: { t },
  name,
  endSessions,
  endAccount,
}: {
  speech: Speech
  name: string
  endSessions: Act
  endAccount: Act
}) {
  const [isAsking, setAsking] = useState(false)
  return (
    <Part title={t('access.ending')}>
      <div className="row">
        {endSessions !== null && (
          <button type="button" className="button second" onClick={endSessions}>
            {t('access.end_sessions')}
          </button>
        )}
        {endAccount !== null && (
          <button type="button" className="button danger" onClick={() => setAsking(true)}>
            {t('access.end_account')}
          </button>
        )}
      </div>
      {isAsking && endAccount !== null && (
        <Dialog title={t('access.end_ask', { name })} onClose={() => setAsking(false)}>
          <p>{t('access.end_lead')}</p>
          <div className="row actions">
            <button
              type="button"
              className="button danger"
              onClick={() => {
                setAsking(false)
                endAccount()
              }}
            >
              {t('access.end_account')}
            </button>
            <button type="button" className="button second" onClick={() => setAsking(false)}>
              {t('access.keep')}
            </button>
          </div>
        </Dialog>
      )}
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card stack">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
