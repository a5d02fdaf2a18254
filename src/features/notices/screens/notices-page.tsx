import { useEffect, useState } from 'react'
import { addMillis } from '../../../core/time.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { pushState, unsubscribeHere } from '../../../web/push-here.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { byWhen } from '../notice.ts'
import { MyNotices } from './MyNotices.tsx'
import { subscribeHere } from './subscribe-here.ts'

type Answered = {
  mail: { offered: boolean; address: string | null; isConfirmed: boolean }
  push: { offered: boolean; serverKey: string | null; isHere: boolean; elsewhere: number }
  languages: string[]
}

const DAY_MS = 24 * 3_600_000

export function NoticesPage() {
  const { app, speech, pack, now } = useDesk()
  const { t, language } = speech
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const asked = useAnswer(
    'my-notices',
    async () => (await app.api.get('/api/my/notices')) as Answered, // our own server's schema
    turn,
  )
  // Whoever changes her language here is spoken to in it outside as well.
  const isOther = asked.state === 'answered' && asked.value.languages.some((spoken) => spoken !== language)
  useEffect(() => {
    if (isOther) void app.api.post('/api/my/notices/language', { language }).catch(() => null) // the next visit asks again
  }, [app, isOther, language])

  if (asked.state !== 'answered')
    return (
      <Screen title={t('notices.title')} plain>
        {asked.state === 'asking' ? (
          <p className="small">{t('wait')}</p>
        ) : (
          <Notice tone="due">{errorText(speech, asked.code)}</Notice>
        )}
      </Screen>
    )
  const { mail, push } = asked.value

  async function act(work: () => Promise<unknown>): Promise<void> {
    if (isBusy) return
    setBusy(true)
    try {
      await work()
      setProblem(null)
      setTurn((before) => before + 1)
    } catch (error) {
      setProblem(errorText(speech, codeOf(error)))
    } finally {
      setBusy(false)
    }
  }

  /** For a form: what stands in the way is said beside it, and what was typed stays. */
  async function send(path: string, body: unknown): Promise<FormErrors | null> {
    try {
      await app.api.post(path, body)
    } catch (error) {
      const code = codeOf(error)
      return { '': code === 'malformed' ? t('notices.mail_wrong') : errorText(speech, code) }
    }
    setProblem(null)
    setTurn((before) => before + 1)
    return null
  }

  async function switchOn(): Promise<void> {
    const subscription = push.serverKey === null ? null : await subscribeHere(push.serverKey)
    if (subscription === null) return setProblem(t('notices.push_no'))
    await act(() => app.api.post('/api/my/notices/here', { subscription, language }))
  }

  async function switchOff(everywhere: boolean): Promise<void> {
    await unsubscribeHere()
    await act(() => app.api.post('/api/my/notices/here/stop', { everywhere }))
  }

  return (
    <MyNotices
      speech={speech}
      by={byWhen(addMillis(now, DAY_MS), language, pack.timeZone)}
      problem={problem}
      mail={{
        ...mail,
        give: (values: FormValues) =>
          send('/api/my/notices/mail', { address: one(values, 'address').trim(), language }),
        confirm: (values: FormValues) =>
          send('/api/my/notices/mail/confirm', { code: one(values, 'code').replaceAll(/\D/g, '') }),
        stop: () => void act(() => app.api.post('/api/my/notices/mail/stop', {})),
      }}
      push={{
        ...push,
        browser: pushState(),
        isBusy,
        switchOn: () => void switchOn(),
        switchOff: (everywhere: boolean) => void switchOff(everywhere),
      }}
    />
  )
}
