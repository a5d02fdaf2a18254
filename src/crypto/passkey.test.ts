import { describe, expect, test } from 'vitest'
import { Authenticator } from '../../test/authenticator.ts'
import {
  type AuthenticationResponseJSON,
  doorOf,
  passkeyMade,
  passkeyProved,
  passkeyToMake,
  passkeyToProve,
  type RegistrationResponseJSON,
} from './passkey.ts'

const ORIGIN = 'https://kembali.example'
const door = doorOf(ORIGIN)
const person = { id: '0b4f7a3e-6d53-4c8e-9a53-0d6f1c9f7a11', login: 'somebody', name: 'Somebody' }

type Manner = Parameters<Authenticator['make']>[1]

async function make(authenticator: Authenticator, manner: Manner = {}, challenge?: string) {
  const options = await passkeyToMake(door, person, [])
  const answer = authenticator.make(options, manner) as unknown as RegistrationResponseJSON // JSON of our own making
  return passkeyMade(door, challenge ?? options.challenge, answer)
}

async function prove(
  authenticator: Authenticator,
  key: NonNullable<Awaited<ReturnType<typeof make>>>,
  manner: Manner = {},
) {
  const options = await passkeyToProve(door, [])
  const answer = authenticator.prove(options, manner) as unknown as AuthenticationResponseJSON // JSON of our own making
  return { options, answer, counter: await passkeyProved(door, options.challenge, answer, key) }
}

describe('a passkey', () => {
  test('is asked for with user verification, a key that can be found without a name, and no attestation', async () => {
    const options = await passkeyToMake(door, person, [])
    expect(options.authenticatorSelection).toMatchObject({ userVerification: 'required', residentKey: 'required' })
    expect(options.attestation).toBe('none')
    expect(options.rp.id).toBe('kembali.example')
    expect((await passkeyToProve(door, [])).userVerification).toBe('required')
  })

  test('is made, and proves who she is; its counter moves on', async () => {
    const authenticator = new Authenticator(ORIGIN)
    const key = await make(authenticator)
    if (key === null) throw new Error('the passkey is made')
    expect((await prove(authenticator, key)).counter).toBe(1)
    expect((await prove(authenticator, { ...key, counter: 1 })).counter).toBe(2)
  })

  test.each<[string, Manner]>([
    ['without user verification', { userVerified: false }],
    ['at another address', { origin: 'https://kembali.example.evil.test' }],
    ['at a sibling of our address', { origin: 'https://other.kembali.example' }],
    ['for another door', { rpId: 'evil.test' }],
  ])('is neither made nor taken %s', async (_how, manner) => {
    const authenticator = new Authenticator(ORIGIN)
    expect(await make(authenticator, manner)).toBeNull()
    const key = await make(authenticator)
    if (key === null) throw new Error('the passkey is made')
    expect((await prove(authenticator, key, manner)).counter).toBeNull()
  })

  test('is not taken for another challenge, with a flipped bit, from another authenticator, or with an old counter', async () => {
    const authenticator = new Authenticator(ORIGIN)
    expect(await make(authenticator, {}, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toBeNull()
    const key = await make(authenticator)
    if (key === null) throw new Error('the passkey is made')
    const { answer, options } = await prove(authenticator, key)
    expect(await passkeyProved(door, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', answer, key)).toBeNull()
    const bytes = Buffer.from(answer.response.signature, 'base64url')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    const flipped = { ...answer, response: { ...answer.response, signature: bytes.toString('base64url') } }
    expect(await passkeyProved(door, options.challenge, flipped, key)).toBeNull()
    const other = await make(new Authenticator(ORIGIN))
    if (other === null) throw new Error('the passkey is made')
    expect(await passkeyProved(door, options.challenge, answer, { ...other, id: key.id })).toBeNull()
    expect(await passkeyProved(door, options.challenge, answer, { ...key, counter: 1 })).toBeNull()
  })
})
