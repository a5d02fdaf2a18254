import { createDecipheriv, createECDH, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { EnvelopeError } from './errors.ts'
import { makeOutboxKeys, openFromDevice, sealToServer } from './outbox-seal.ts'
import { unpad } from './padding.ts'

const words = new TextEncoder().encode('{"opId":"1","payload":{"heldAt":"a room without a window"}}')
const aad = new TextEncoder().encode('device-1|op-1')
let server: { publicKey: Uint8Array; privateKey: Uint8Array }

beforeAll(async () => {
  server = await makeOutboxKeys()
})

describe('an operation sealed to the server', () => {
  test('is opened by the server, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 700 }), fc.uint8Array({ maxLength: 40 }), async (bytes, bound) => {
        const sealed = await sealToServer(server.publicKey, bytes, bound)
        expect(await openFromDevice(server.privateKey, sealed, bound)).toEqual(bytes)
      }),
      { numRuns: 30 },
    )
  })

  test('is opened by an independent reading of RFC 9180 with another library', async () => {
    const sealed = await sealToServer(server.publicKey, words, aad)
    expect(unpad(hpkeOpen(server.privateKey, sealed.subarray(1, 66), sealed.subarray(66), aad))).toEqual(words)
  })

  test('stays shut for another server or another binding', async () => {
    const sealed = await sealToServer(server.publicKey, words, aad)
    const other = await makeOutboxKeys()
    await expect(openFromDevice(other.privateKey, sealed, aad)).rejects.toThrow(EnvelopeError)
    await expect(openFromDevice(server.privateKey, sealed, words)).rejects.toThrow(EnvelopeError)
  })

  test('stays shut with any one byte changed, or cut short', async () => {
    const sealed = await sealToServer(server.publicKey, words, aad)
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(openFromDevice(server.privateKey, changed, aad), `byte ${at}`).rejects.toThrow(EnvelopeError)
    }
    for (const length of [0, 1, 65, 66, 67, sealed.length - 1])
      await expect(openFromDevice(server.privateKey, sealed.subarray(0, length), aad)).rejects.toThrow(EnvelopeError)
  })

  test('never looks the same twice, and its length says little', async () => {
    const [one, two] = await Promise.all([
      sealToServer(server.publicKey, words, aad),
      sealToServer(server.publicKey, words, aad),
    ])
    expect(one).not.toEqual(two)
    expect(one.slice(1, 66)).not.toEqual(two.slice(1, 66))
    const longer = await sealToServer(server.publicKey, new Uint8Array(words.length + 20), aad)
    expect(longer.length).toBe(one.length)
  })

  test.each([0, 32, 64, 65, 66])('cannot be made for a public key of %i zero bytes', async (length) => {
    await expect(sealToServer(new Uint8Array(length), words, aad)).rejects.toThrow()
  })
})

/** HPKE base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, from the text of RFC 9180 sections 4 and 5. */
function hpkeOpen(privateKey: Uint8Array, enc: Uint8Array, ciphertext: Uint8Array, bound: Uint8Array): Uint8Array {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(privateKey)
  const kem = [ascii('KEM'), u16(0x0010)]
  const shared = ((): Buffer => {
    const prk = extract(Buffer.alloc(0), kem, 'eae_prk', ecdh.computeSecret(enc))
    return expand(prk, kem, 'shared_secret', Buffer.concat([enc, ecdh.getPublicKey()]), 32)
  })()
  const suite = [ascii('HPKE'), u16(0x0010), u16(0x0001), u16(0x0002)]
  const pskIdHash = extract(Buffer.alloc(0), suite, 'psk_id_hash', Buffer.alloc(0))
  const infoHash = extract(Buffer.alloc(0), suite, 'info_hash', ascii('kembali/outbox/1'))
  const context = Buffer.concat([Buffer.from([0]), pskIdHash, infoHash])
  const secret = extract(shared, suite, 'secret', Buffer.alloc(0))
  const decipher = createDecipheriv(
    'aes-256-gcm',
    expand(secret, suite, 'key', context, 32),
    expand(secret, suite, 'base_nonce', context, 12),
  )
  decipher.setAAD(bound).setAuthTag(ciphertext.subarray(-16))
  return new Uint8Array(Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()]))
}

function extract(salt: Uint8Array, suite: Buffer[], label: string, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt)
    .update(Buffer.concat([ascii('HPKE-v1'), ...suite, ascii(label), ikm]))
    .digest()
}

/** At most 32 bytes, so one round of HKDF-Expand. */
function expand(prk: Uint8Array, suite: Buffer[], label: string, info: Uint8Array, length: number): Buffer {
  const labeled = Buffer.concat([u16(length), ascii('HPKE-v1'), ...suite, ascii(label), info, Buffer.from([1])])
  return createHmac('sha256', prk).update(labeled).digest().subarray(0, length)
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'ascii')
}

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255])
}
