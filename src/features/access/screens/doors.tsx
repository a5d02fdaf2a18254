import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { codeOf } from '../../../web/api.ts'
import { useApp } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { one } from '../../../web/ui/form-values.ts'
import { DemoPeople, type DemoPerson, SignIn } from './SignIn.tsx'
import { Unlock } from './Unlock.tsx'

/** The door of somebody who has not signed in: what it offers depends on how this server runs. */
export function SignInPage() {
  const { app, state } = useApp()
  const { speech, surroundings } = state
  const navigate = useNavigate()
  const [problem, setProblem] = useState<string | null>(null)
  const isDemo = surroundings?.start.mode === 'demo'
  const asked = useAnswer(isDemo ? 'demo-people' : 'nobody', async (): Promise<DemoPerson[]> => {
    if (!isDemo) return []
    // Our own server answers in its own schema.
    return ((await app.api.get('/api/sign-in/demo-people')) as { people: DemoPerson[] }).people
  })
  async function enterAs(personId: string) {
    try {
      await app.api.post('/api/sign-in/demo', { personId })
    } catch (error) {
      return setProblem(errorText(speech, codeOf(error)))
    }
    await app.signedIn()
    await navigate({ to: '/', replace: true })
  }
  return (
    <SignIn
      speech={speech}
      lead={speech.t(isDemo ? 'access.demo_lead' : 'access.sign_in_lead')}
      problem={problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
    >
      {isDemo && asked.state !== 'failed' && (
        <DemoPeople
          speech={speech}
          people={asked.state === 'answered' ? asked.value : null}
          enterAs={(personId) => void enterAs(personId)}
        />
      )}
    </SignIn>
  )
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
      erase={() => void app.erase()}
    />
  )
}
