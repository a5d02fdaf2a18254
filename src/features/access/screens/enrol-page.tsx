import { useGoOn } from '../../../web/here-context.ts'
import { useEffect, useState } from 'react'
import { useApp } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { type FormValues, many, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { ChoosePassword, MakeKey, SpokenNumber, WhoIsFirst } from './Enrol.tsx'
import { make } from '../../../web/prove.ts'
import { problemText } from './problem-text.ts'

/** Who the link is for, as the server says before anything is proved. */
type Looked = {
  first: boolean
  name: string | null
  login: string | null
  role: string | null
  passkeyOnly: boolean
  needsCode: boolean
}

/** From a one-time link to a key of one's own. */
export function EnrolPage() {
  const { app, state } = useApp()
  const { speech, desk } = state
  const { t, find } = speech
  const goOn = useGoOn()
  const [token] = useState(() => window.location.hash.slice(1))
  const [turn, setTurn] = useState(0)
  const [code, setCode] = useState<string | null>(null)
  const [codes, setCodes] = useState<{ secret: string; uri: string } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // The secret of the link leaves the address at once: a history, a screenshot or a neighbour would keep it.
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), [])
  const asked = useAnswer(
    'enrol',
    async () => (token === '' ? null : ((await app.api.post('/api/enrol/look', { token })) as Looked)), // our own server's schema
    turn,
  )

  /** Sends one step; answers the sentence for what stood in the way. */
  async function step(
    path: string,
    body: Record<string, unknown>,
    then: (answer: unknown) => void,
  ): Promise<string | null> {
    try {
      then(await app.api.post(path, { token, ...body }))
      return null
    } catch (error) {
      return problemText(speech, error)
    }
  }
  const inForm = async (said: Promise<string | null>) => {
    const text = await said
    return text === null ? null : { '': text }
  }
  async function enter() {
    await app.signedIn()
    goOn('/')
  }
  async function byPasskey() {
    try {
      const link = { token, code: code ?? '' }
      const made = await make(app.api.post, '/api/enrol/passkey/options', link)
      await app.api.post('/api/enrol/passkey', { ...link, ...made, shared: false })
    } catch (error) {
      return setProblem(problemText(speech, error))
    }
    await enter()
  }
  const whoIsFirst = (values: FormValues) =>
    inForm(
      step(
        '/api/enrol/first',
        {
          name: one(values, 'name'),
          login: one(values, 'login'),
          language: speech.language,
          office: one(values, 'office'),
          sector: one(values, 'sector'),
        },
        () => setTurn((before) => before + 1),
      ),
    )
  const spoken = (values: FormValues) =>
    inForm(step('/api/enrol/code', { code: one(values, 'code') }, () => setCode(one(values, 'code'))))
  const byPassword = async () =>
    setProblem(
      // Our own server answers in its own schema.
      await step('/api/enrol/totp', { code: code ?? '' }, (answer) =>
        setCodes(answer as { secret: string; uri: string }),
      ),
    )
  const choose = (values: FormValues) =>
    inForm(
      step(
        '/api/enrol/password',
        {
          code: code ?? '',
          totp: one(values, 'totp'),
          password: values.password?.[0] ?? '',
          shared: many(values, 'shared').includes('yes'),
        },
        () => void enter(),
      ),
    )

  if (desk !== null)
    return (
      <Screen title={t('access.enrol')}>
        <Notice tone="due">{t('access.enrol_signed_in')}</Notice>
      </Screen>
    )
  if (asked.state !== 'answered' || asked.value === null) {
    const said = asked.state === 'failed' ? (find(`access.problem.${asked.code}`) ?? t('error.unexpected')) : null
    const over = asked.state === 'answered' ? t('access.problem.link_over') : null
    return (
      <Screen title={t('access.enrol')}>
        {said === null && over === null ? (
          <p className="small">{t('wait')}</p>
        ) : (
          <Notice tone="due">{said ?? over}</Notice>
        )}
      </Screen>
    )
  }
  const { first, name, login, role, passkeyOnly, needsCode } = asked.value
  const lead = first
    ? t('access.enrol_first_lead')
    : t('access.enrol_for', { name: name ?? '', role: find(`role.${role}`) ?? role ?? '' })
  return (
    <Screen title={t(first ? 'access.enrol_first' : 'access.enrol')} lead={lead}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {first && <WhoIsFirst speech={speech} submit={whoIsFirst} />}
      {!first && needsCode && code === null && <SpokenNumber speech={speech} submit={spoken} />}
      {!first && (!needsCode || code !== null) && codes === null && (
        <MakeKey speech={speech} make={() => void byPasskey()} other={passkeyOnly ? null : () => void byPassword()} />
      )}
      {codes !== null && <ChoosePassword speech={speech} login={login ?? ''} {...codes} submit={choose} />}
    </Screen>
  )
}
