import { useGoOn, useHere } from '../../../web/here-context.ts'
import { lazy, useState } from 'react'
import type { AppState } from '../../../web/app-state.ts'
import { useApp } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { type FormValues, many, one } from '../../../web/ui/form-values.ts'
import { prove } from '../../../web/prove.ts'
import { problemText } from './problem-text.ts'
import { DemoPeople, type DemoPerson, SignIn } from './SignIn.tsx'
import { SignInForm } from './SignInForm.tsx'
import { Unlock } from './Unlock.tsx'

// Followed once by each person, so it is fetched only then.
const EnrolPage = lazy(async () => ({ default: (await import('./enrol-page.tsx')).EnrolPage }))

/** The door of somebody who has not signed in; a one-time link leads to the same door. */
export function SignInPage() {
  const { path: here } = useHere()
  return here === '/enrol' ? <EnrolPage /> : <Door />
}

/** What the door offers depends on how this server runs. */
function Door() {
  const { app, state } = useApp()
  const { speech, surroundings } = state
  const goOn = useGoOn()
  const [problem, setProblem] = useState<string | null>(null)
  const isDemo = surroundings?.start.mode === 'demo'
  const asked = useAnswer(isDemo ? 'demo-people' : 'nobody', async (): Promise<DemoPerson[]> => {
    if (!isDemo) return []
    // Our own server answers in its own schema.
    return ((await app.api.get('/api/sign-in/demo-people')) as { people: DemoPerson[] }).people
  })
  async function enter(how: () => Promise<unknown>): Promise<string | null> {
    try {
      await how()
    } catch (error) {
      return problemText(speech, error)
    }
    await app.signedIn()
    goOn('/')
    return null
  }
  const enterAs = async (personId: string) =>
    setProblem(await enter(() => app.api.post('/api/sign-in/demo', { personId })))
  const byPasskey = async () =>
    setProblem(
      await enter(async () =>
        app.api.post('/api/sign-in/passkey', {
          ...(await prove(app.api, '/api/sign-in/passkey/options')),
          shared: false,
        }),
      ),
    )
  const byPassword = async (values: FormValues) => {
    const said = await enter(() =>
      app.api.post('/api/sign-in/password', {
        login: one(values, 'login'),
        password: values.password?.[0] ?? '',
        code: one(values, 'code'),
        shared: many(values, 'shared').includes('yes'),
      }),
    )
    return said === null ? null : { '': said }
  }
  return (
    <SignIn
      speech={speech}
      lead={speech.t(isDemo ? 'access.demo_lead' : 'access.sign_in_lead')}
      why={whyHere(state)}
      problem={problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
      languages={surroundings?.start.languages ?? []}
      speak={(language) => void app.speak(language)}
    >
      {isDemo && asked.state !== 'failed' && (
        <DemoPeople
          speech={speech}
          people={asked.state === 'answered' ? asked.value : null}
          enterAs={(personId) => void enterAs(personId)}
        />
      )}
      {!isDemo && surroundings !== null && (
        <SignInForm speech={speech} byPasskey={() => void byPasskey()} submit={byPassword} />
      )}
    </SignIn>
  )
}

/** Why she stands here although she had signed in, and what became of what she typed. */
function whyHere({ stage, sync, desk, left, speech: { t } }: AppState): string[] {
  if (stage === 'open' && sync === 'signed_out')
    return [t('access.left.ended'), t(desk?.vault.lasting === true ? 'access.words.on_device' : 'access.words.kept')]
  return left === null ? [] : [t(`access.left.${left.why}`), t(`access.words.${left.words}`)]
}

/** The door of a device that holds files. */
export function UnlockPage() {
  const { app, state } = useApp()
  const { t } = state.speech
  const [problem, setProblem] = useState<string | null>(null)
  async function byPhone() {
    if (!(await app.unlockByPasskey())) setProblem(t('lock.phone_said_no'))
  }
  return (
    <Unlock
      speech={state.speech}
      submit={async (values) => ((await app.unlock(one(values, 'passphrase'))) ? null : { '': t('lock.wrong') })}
      byPhone={state.hasPasskey ? () => void byPhone() : null}
      problem={problem}
      jotted={state.jotted}
      erase={() => void app.erase()}
    />
  )
}
