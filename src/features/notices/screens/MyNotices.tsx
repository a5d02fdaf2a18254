import type { Speech } from '../../../web/language.ts'
import { Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'

export type MailWay = {
  offered: boolean
  address: string | null
  isConfirmed: boolean
  give: (values: FormValues) => Promise<FormErrors | null>
  confirm: (values: FormValues) => Promise<FormErrors | null>
  stop: () => void
}

export type PushWay = {
  offered: boolean
  isHere: boolean
  elsewhere: number
  browser: 'can' | 'cannot' | 'denied'
  isBusy: boolean
  switchOn: () => void
  switchOff: (everywhere: boolean) => void
}

type Props = {
  speech: Speech
  /** A moment, as it would stand in a notice. */
  by: string
  problem: string | null
  mail: MailWay
  push: PushWay
}

const ALL = ['waits', 'waits_by', 'due_soon', 'passed'] as const

/** By which ways notices reach her outside the app, and everything they can ever say. */
export function MyNotices({ speech, by, problem, mail, push }: Props) {
  const { t } = speech
  return (
    <Screen title={t('notices.title')} lead={t('notices.lead')} plain>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <section className="group">
        <h2>{t('notices.push')}</h2>
        <div className="card stack">
          <ByPush speech={speech} push={push} />
        </div>
      </section>
      <section className="group">
        <h2>{t('notices.mail')}</h2>
        <div className="card stack">
          <ByMail speech={speech} mail={mail} />
        </div>
      </section>
      <section className="group">
        <h2>{t('notices.all')}</h2>
        <p className="small">{t('notices.all_lead')}</p>
        <ul className="stack points">
          {ALL.map((sentence) => (
            <li key={sentence}>{t(`notices.say.${sentence}`, { by })}</li>
          ))}
        </ul>
        <p className="small">{t('notices.night')}</p>
      </section>
    </Screen>
  )
}

function ByPush({ speech: { t }, push }: { speech: Speech; push: PushWay }) {
  const { offered, isHere, elsewhere, browser, isBusy, switchOn, switchOff } = push
  if (!offered) return <p className="small">{t('notices.push_none')}</p>
  return (
    <>
      <div className="row">
        <Status tone={isHere ? 'ok' : 'quiet'}>{t(isHere ? 'notices.on' : 'notices.off')}</Status>
      </div>
      <p className="small">{t('notices.push_lead')}</p>
      {browser === 'can' || isHere ? (
        <div className="row actions">
          <button
            type="button"
            className={isHere ? 'button second' : 'button'}
            aria-disabled={isBusy}
            onClick={() => (isHere ? switchOff(false) : switchOn())}
          >
            {t(isHere ? 'notices.push_stop' : 'notices.push_start')}
          </button>
        </div>
      ) : (
        <p>{t(browser === 'denied' ? 'notices.push_denied' : 'notices.push_cannot')}</p>
      )}
      {elsewhere > 0 && (
        <div className="spread">
          <p className="small">{t('notices.elsewhere', { count: elsewhere })}</p>
          <button type="button" className="button second small-target" onClick={() => switchOff(true)}>
            {t('notices.stop_everywhere')}
          </button>
        </div>
      )}
    </>
  )
}

function ByMail({ speech, mail }: { speech: Speech; mail: MailWay }) {
  const { t } = speech
  const { offered, address, isConfirmed, give, confirm, stop } = mail
  if (address !== null && isConfirmed)
    return (
      <>
        <div className="row">
          <Status tone={offered ? 'ok' : 'quiet'}>{t(offered ? 'notices.on' : 'notices.off')}</Status>
        </div>
        {/* An address is read from left to right in every language. */}
        <p>
          <bdi dir="ltr">{address}</bdi>
        </p>
        {!offered && <p className="small">{t('notices.mail_none')}</p>}
        <div className="row actions">
          <button type="button" className="button second" onClick={stop}>
            {t('notices.mail_stop')}
          </button>
        </div>
      </>
    )
  if (!offered) return <p className="small">{t('notices.mail_none')}</p>
  if (address !== null)
    return (
      <>
        <p>
          {t('notices.mail_waiting')} <bdi dir="ltr">{address}</bdi>
        </p>
        <Form
          key="code"
          speech={speech}
          button={t('notices.mail_confirm')}
          submit={confirm}
          aside={
            <button type="button" className="button second" onClick={stop}>
              {t('notices.mail_other')}
            </button>
          }
        >
          {() => (
            <Text
              name="code"
              label={t('notices.mail_number')}
              required
              short
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
            />
          )}
        </Form>
      </>
    )
  return (
    <Form key="address" speech={speech} button={t('notices.mail_send')} submit={give}>
      {() => (
        <Text
          name="address"
          label={t('notices.mail_address')}
          hint={t('notices.mail_hint')}
          required
          inputMode="email"
          capitals={false}
          autoComplete="email"
        />
      )}
    </Form>
  )
}
