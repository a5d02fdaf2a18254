import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import {
  addPasskey,
  type DeviceKey,
  makeDeviceKey,
  openWithPasskey,
  openWithPassphrase,
  type PassphraseWrap,
} from './device.ts'
import { EnvelopeError } from './errors.ts'
import { KdfRefused } from './kdf.ts'
import { makePassphrase } from './passphrase.ts'
import { randomBytes } from './random.ts'

const passphrase = makePassphrase()
const words = new TextEncoder().encode('she sleeps at her aunt’s')
let wrap: PassphraseWrap
let key: DeviceKey

beforeAll(async () => {
  const made = await makeDeviceKey('device-1', passphrase)
  if (!made.ok) throw new Error('a made passphrase is a good one')
  wrap = made.change.wrap
  key = made.change.key
})

/** What the phone has after a restart: the wrap from its disk, cloned as IndexedDB does. */
async function afterRestart(from: PassphraseWrap = wrap): Promise<DeviceKey> {
  const opened = await openWithPassphrase(structuredClone(from), passphrase)
  if (opened === null) throw new Error('the passphrase is the right one')
  return opened
}

describe('a record on the phone', () => {
  test('is read again after a restart with the passphrase', async () => {
    const sealed = await key.seal('rec/1', words)
    expect(await (await afterRestart()).open('rec/1', sealed)).toEqual(words)
  })

  test('comes back whole, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 800 }), fc.string(), async (bytes, place) => {
        expect(await key.open(place, await key.seal(place, bytes))).toEqual(bytes)
      }),
    )
  })

  test('cannot be moved to another store or key', async () => {
    const sealed = await key.seal('rec/1', words)
    for (const elsewhere of ['rec/2', 'out/1', 'rec/', 'rec/11', ''])
      await expect(key.open(elsewhere, sealed)).rejects.toThrow(EnvelopeError)
  })

  test('stays shut with any one byte changed, cut short, or on another device', async () => {
    const sealed = await key.seal('rec/1', words)
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(key.open('rec/1', changed)).rejects.toThrow(EnvelopeError)
      await expect(key.open('rec/1', sealed.subarray(0, at))).rejects.toThrow(EnvelopeError)
    }
    const other = await makeDeviceKey('device-2', passphrase)
    await expect(other.ok ? other.change.key.open('rec/1', sealed) : null).rejects.toThrow(EnvelopeError)
  })

  test('never looks the same twice, and its length says little', async () => {
    const sealed = await Promise.all(Array.from({ length: 300 }, () => key.seal('rec/1', words)))
    expect(new Set(sealed.map((one) => Buffer.from(one.subarray(0, 12)).toString('hex'))).size).toBe(300)
    const lengths = await Promise.all(
      [0, 1, 100, 255].map(async (n) => (await key.seal('rec/1', new Uint8Array(n))).length),
    )
    expect(new Set(lengths)).toEqual(new Set([12 + 256 + 16]))
  })
})

describe('the key of a phone', () => {
  test('is not opened by another passphrase', async () => {
    expect(await openWithPassphrase(wrap, `${passphrase}s`)).toBeNull()
    expect(await openWithPassphrase(wrap, '')).toBeNull()
  })

  test.each([
    ['less memory', { memory: 19_456, passes: 3, lanes: 1 }],
    ['fewer passes', { memory: 65_536, passes: 2, lanes: 1 }],
    ['more lanes', { memory: 65_536, passes: 3, lanes: 2 }],
    ['a cost that would stop the phone', { memory: 4_000_000, passes: 3, lanes: 1 }],
    ['no number at all', { memory: Number.NaN, passes: 3, lanes: 1 }],
  ])('is refused when its wrap was changed to %s, before any work is done', async (_what, kdf) => {
    await expect(openWithPassphrase({ ...wrap, kdf }, passphrase)).rejects.toThrow(KdfRefused)
    await expect(addPasskey({ ...wrap, kdf }, passphrase, randomBytes(16), randomBytes(32))).rejects.toThrow(KdfRefused)
  })

  test('is not opened when its wrap claims another cost, device or salt', async () => {
    expect(await openWithPassphrase({ ...wrap, kdf: { ...wrap.kdf, passes: 4 } }, passphrase)).toBeNull()
    expect(await openWithPassphrase({ ...wrap, device: 'device-2' }, passphrase)).toBeNull()
    expect(await openWithPassphrase({ ...wrap, salt: randomBytes(16) }, passphrase)).toBeNull()
  })

  test.each([
    ['a PIN', '493817', 'too_short'],
    ['a long PIN', '49381749381749381749381', 'easy_to_guess'],
    ['a password of fifteen', 'wgT7#kpLq9vRz2m', 'too_short'],
    ['common words', 'selamat datang rahasia', 'easy_to_guess'],
  ])('is not wrapped by %s', async (_what, weak, reason) => {
    expect(await makeDeviceKey('device-1', weak)).toMatchObject({ ok: false, refusal: { reason } })
  })

  test('cannot be read out by any program, neither when new nor after a restart', async () => {
    const encrypt = vi.spyOn(globalThis.crypto.subtle, 'encrypt')
    const made = await makeDeviceKey('device-2', passphrase)
    const fresh = made.ok ? made.change.key : key
    await fresh.seal('rec/1', words)
    await (await afterRestart()).seal('rec/1', words)
    expect(encrypt.mock.calls.map(([, used]) => used.extractable)).toEqual([false, false])
    encrypt.mockRestore()
  })

  test('leaves neither passphrase nor record on the disk', async () => {
    const sealed = await key.seal('rec/1', words)
    const disk = Buffer.concat([sealed, wrap.salt, wrap.nonce, wrap.wrapped]).toString('latin1')
    expect(disk).not.toContain('aunt')
    expect(disk).not.toContain(passphrase.slice(0, 9))
  })
})

describe('a passkey as second way in', () => {
  const credential = randomBytes(16)
  const prf = randomBytes(32)

  test('opens the same key, and only with its own secret', async () => {
    const second = await addPasskey(wrap, passphrase, credential, prf)
    if (second === null) throw new Error('the passphrase is the right one')
    const sealed = await key.seal('rec/1', words)
    const opened = await openWithPasskey(structuredClone(second), prf)
    expect(await opened?.open('rec/1', sealed)).toEqual(words)
    expect(await openWithPasskey(second, randomBytes(32))).toBeNull()
    expect(await openWithPasskey({ ...second, device: 'device-2' }, prf)).toBeNull()
    expect(await openWithPasskey({ ...second, credential: randomBytes(16) }, prf)).toBeNull()
    await expect(openWithPasskey(second, new Uint8Array(0))).rejects.toThrow(TypeError)
  })

  test('cannot be added without the passphrase', async () => {
    expect(await addPasskey(wrap, `${passphrase}s`, credential, prf)).toBeNull()
  })
})
