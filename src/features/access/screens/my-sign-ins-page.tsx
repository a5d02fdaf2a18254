import { useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { ServerSaysNo } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { make, postProved } from '../../../web/prove.ts'
import { MySignIns } from './MySignIns.tsx'
import { placeText } from './place-text.ts'
import { problemText } from './problem-text.ts'

type Answered = {
  sessions: {
    id: string
    strength: 'demo' | 'password_totp' | 'passkey'
    browser: string
    system: string
    madeAt: Instant
    lastSeenAt: Instant
    here: boolean
  }[]
  passkeys: { id: string; madeAt: Instant; usedAt: Instant | null }[]
  renewal: { id: string; madeAt: Instant } | null
}

export function MySignInsPage() {
  const { app, speech, start, pack, now } = useDesk()
  const { t } = speech
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  /** What waits for password and code. */
  const [waiting, setWaiting] = useState<(() => Promise<void>) | null>(null)
  const asked = useAnswer(
    'my-sign-ins',
    async () => (await app.api.get('/api/my/sign-ins')) as Answered, // our own server's schema
    turn,
  )
  if (asked.state !== 'answered')
    return (
      <Screen title={t('access.sign_ins')}>
        {asked.state === 'asking' ? (
          <p className="small">{t('wait')}</p>
        ) : (
          <Notice tone="due">{t('error.no_connection')}</Notice>
        )}
      </Screen>
    )
  const { sessions, passkeys, renewal } = asked.value
  const hasPassword = sessions.find((one) => one.here)?.strength === 'password_totp'

  async function act(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      setProblem(null)
      setWaiting(null)
      setTurn((before) => before + 1)
    } catch (error) {
      // A worker with a password proves it in the form below, and what she wanted goes on from there.
      if (hasPassword && error instanceof ServerSaysNo && error.code === 'step_up') setWaiting(() => () => act(work))
      else setProblem(problemText(speech, error))
    }
  }
  const proved = (path: string, body: unknown) =>
    hasPassword ? app.api.post(path, body) : postProved(app.api, start.mode, path, body)
  const add = () => act(async () => proved('/api/my/passkeys', await make(proved, '/api/my/passkeys/options', {})))
  async function proveAgain(values: FormValues) {
    try {
      await app.api.post('/api/step-up/password', { password: values.password?.[0] ?? '', code: one(values, 'code') })
    } catch (error) {
      return { '': problemText(speech, error) }
    }
    await waiting?.()
    return null
  }

  const at = (moment: Instant) => momentText(speech, moment, pack.timeZone, now)
  const on = (moment: Instant) => dayText(speech, moment, pack.timeZone, now)
  return (
    <MySignIns
      speech={speech}
      sessions={sessions.map(({ id, strength, browser, system, madeAt, lastSeenAt, here }) => ({
        id,
        here,
        place: placeText(speech, { browser, system, here }),
        how: t(`access.strength.${strength}`),
        since: [
          t('access.session_since', { time: at(madeAt) }),
          // Here it is now.
          ...(here ? [] : [t('access.session_last', { time: at(lastSeenAt) })]),
        ].join(' · '),
      }))}
      keys={passkeys.map(({ id, madeAt, usedAt }) => ({
        id,
        made: t('access.passkey_made', { day: on(madeAt) }),
        used: usedAt === null ? null : t('access.passkey_used', { day: on(usedAt) }),
      }))}
      renewal={renewal === null ? null : at(renewal.madeAt)}
      problem={problem}
      end={(id) => void act(() => app.api.post('/api/my/sessions/end', { id }))}
      remove={(id) => void act(() => proved('/api/my/passkeys/remove', { id }))}
      add={start.mode === 'demo' ? null : () => void add()}
      stop={() => void act(() => app.api.post('/api/my/renewal/stop', { id: renewal?.id }))}
      proveAgain={waiting === null ? null : proveAgain}
    />
  )
}
