import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'

/** Whose door this is: a passkey made for one address opens no other, which is why it cannot be phished. */
export type Door = { origin: string; rpId: string }

/** What is kept of a passkey; the private half never leaves the authenticator. */
export type Passkey = {
  id: string
  publicKey: Uint8Array
  counter: number
  transports: string[]
  backedUp: boolean
}

export type { AuthenticationResponseJSON, RegistrationResponseJSON }

export function doorOf(origin: string): Door {
  return { origin, rpId: new URL(origin).hostname }
}

/** What a browser is asked when somebody makes a passkey: user verification always, attestation never. */
export function passkeyToMake(
  door: Door,
  person: { id: string; login: string; name: string },
  have: readonly string[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: 'Kembali',
    rpID: door.rpId,
    userName: person.login,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    attestationType: 'none',
    excludeCredentials: have.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: 5 * 60_000,
  })
}

/** What a browser is asked when somebody proves with a passkey; without a list any passkey of this door may answer. */
export function passkeyToProve(door: Door, allowed: readonly string[]): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: door.rpId,
    allowCredentials: allowed.map((id) => ({ id })),
    userVerification: 'required',
    timeout: 5 * 60_000,
  })
}

/** The new passkey, or null when the answer is not what was asked for. */
export async function passkeyMade(
  door: Door,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<Passkey | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: door.origin,
      expectedRPID: door.rpId,
      requireUserVerification: true,
    })
    if (!verified) return null
    const { credential, credentialBackedUp } = registrationInfo
    return {
      id: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      backedUp: credentialBackedUp,
    }
  } catch {
    return null // the package throws at the first thing that does not fit; which one is nobody's to learn
  }
}

/** The counter after this proof, or null when it proves nothing. */
export async function passkeyProved(
  door: Door,
  challenge: string,
  response: AuthenticationResponseJSON,
  passkey: Pick<Passkey, 'id' | 'publicKey' | 'counter'>,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: door.origin,
      expectedRPID: door.rpId,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}
