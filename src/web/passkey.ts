import { randomBytes } from '../crypto/random.ts'

/** What a passkey of this phone answers: its id, and the secret it makes from our constant question (WebAuthn PRF). */
export type PasskeyAnswer = { credential: Uint8Array; secret: Uint8Array }

type Prf = { prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } } }

/** The same question each time, so that the same secret answers; which device asks is bound in by the wrap's own salt. */
const QUESTION = new TextEncoder().encode('kembali/device-by-passkey/1')

/** Whether this phone has a lock of its own that could open the app. */
export async function hasPhoneLock(): Promise<boolean> {
  if (!('PublicKeyCredential' in window)) return false
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
}

/** Makes a passkey that only opens this device; null when the phone or the worker says no. */
export async function makePasskey(): Promise<PasskeyAnswer | null> {
  const made = await orNull(() =>
    navigator.credentials.create({
      publicKey: {
        // Neutral words: the phone lists them among its passkeys.
        rp: { name: 'Notes' },
        user: { id: randomBytes(16), name: 'Notes', displayName: 'Notes' },
        challenge: randomBytes(32),
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required' },
        attestation: 'none',
        extensions: { prf: { eval: { first: QUESTION } } },
      },
    }),
  )
  if (made === null) return null
  if (prfOf(made)?.enabled !== true) return null
  // Many phones answer the question only when the passkey is used, not when it is made.
  return answerOf(made) ?? askPasskey(new Uint8Array(made.rawId))
}

/** Asks the phone's lock for the secret; null when it says no. */
export async function askPasskey(credential: Uint8Array): Promise<PasskeyAnswer | null> {
  const found = await orNull(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: [{ type: 'public-key', id: new Uint8Array(credential) }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: QUESTION } } },
      },
    }),
  )
  return found === null ? null : answerOf(found)
}

async function orNull(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await ask()) as PublicKeyCredential | null // asked for a public key, and nothing else can come back
  } catch (error) {
    if (error instanceof DOMException) return null // declined, timed out, not offered: the passphrase still opens
    throw error
  }
}

function prfOf(credential: PublicKeyCredential): Prf['prf'] {
  return (credential.getClientExtensionResults() as Prf).prf // TypeScript's DOM does not know it yet
}

function answerOf(credential: PublicKeyCredential): PasskeyAnswer | null {
  const secret = prfOf(credential)?.results?.first
  return secret === undefined ? null : { credential: new Uint8Array(credential.rawId), secret: new Uint8Array(secret) }
}
