import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { type Api, ServerSaysNo } from './api.ts'
import { type FormValues, one } from './ui/form-values.ts'

/** The person said no to her own device, or it has no such key. */
export class KeyNotGiven extends Error {}

type Asked<Options> = { id: string; options: Options }

/** Asks the server what to prove and this device to prove it; answers what to send. */
export async function prove(api: Api, path: string): Promise<{ id: string; response: unknown }> {
  // Our own server answers in its own schema, here and below.
  const { id, options } = (await api.post(path, {})) as Asked<PublicKeyCredentialRequestOptionsJSON>
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return { id, response: await given(() => startAuthentication({ optionsJSON: options })) }
}

/** Asks this device to make a passkey; answers what to send. */
export async function make(
  post: (path: string, body: unknown) => Promise<unknown>,
  path: string,
  body: Record<string, unknown>,
): Promise<{ id: string; response: unknown }> {
  const { id, options } = (await post(path, body)) as Asked<PublicKeyCredentialCreationOptionsJSON>
  const { startRegistration } = await import('@simplewebauthn/browser')
  return { id, response: await given(() => startRegistration({ optionsJSON: options })) }
}

async function given<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch {
    throw new KeyNotGiven()
  }
}

/** Whether she signed in here with a password: she proves herself with it, in a form, and not with a key. */
export async function hasPassword(api: Api): Promise<boolean> {
  const { sessions } = (await api.get('/api/my/sign-ins')) as { sessions: { here: boolean; strength: string }[] }
  return sessions.find(({ here }) => here)?.strength === 'password_totp'
}

/** Sends what opens doors to others; where the server wants a fresh proof it is given first, with the person's own key. */
export async function postProved(
  api: Api,
  mode: 'demo' | 'production',
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  try {
    return (await api.post(path, body)) as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof ServerSaysNo && error.code === 'step_up')) throw error
  }
  if (mode === 'demo') await api.post('/api/step-up/demo', {})
  else await api.post('/api/step-up/passkey', await prove(api, '/api/step-up/options'))
  return (await api.post(path, body)) as Record<string, unknown>
}

/**
 * Proves that it is her before an operation that wants it is made: with her key where she has one, else with what she typed
 * into the form once it had asked. Throws `step_up` where a password is to be asked for.
 */
export async function proveFirst(api: Api, mode: 'demo' | 'production', values: FormValues): Promise<void> {
  const byPassword = await hasPassword(api)
  if (one(values, 'password') !== '')
    await api.post('/api/step-up/password', { password: values.password?.[0] ?? '', code: one(values, 'code') })
  await (byPassword ? api.post(FRESH, {}) : postProved(api, mode, FRESH, {}))
}
const FRESH = '/api/step-up/fresh'
