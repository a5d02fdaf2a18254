import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { EnvelopeError } from './errors.ts'
import { pad, unpad } from './padding.ts'
import { joinPieces } from './pieces.ts'

/** HPKE base mode (RFC 9180) with a curve that every phone's WebCrypto has (security.md 5). */
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const INFO = new TextEncoder().encode('kembali/outbox/1')
const VERSION = 1
const ENC = 65

/** The server's pair: `publicKey` (65 bytes) goes to the phones, `privateKey` (32 bytes) is kept wrapped by the key provider. */
export async function makeOutboxKeys(): Promise<{ publicKey: Uint8Array; privateKey: Uint8Array }> {
  const pair = await suite.kem.generateKeyPair()
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  }
}

/** Seals an unsent operation so that only the server can open it, also when this phone's own key is gone: `ver u8 | enc 65 | ciphertext`. */
export async function sealToServer(publicKey: Uint8Array, plain: Uint8Array, aad: Uint8Array): Promise<Uint8Array> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(exactly(publicKey))
  const sender = await suite.createSenderContext({ recipientPublicKey, info: INFO })
  const sealed = new Uint8Array(await sender.seal(exactly(pad(plain)), exactly(aad)))
  const message = new Uint8Array(1 + ENC + sealed.length)
  message[0] = VERSION
  message.set(new Uint8Array(sender.enc), 1)
  message.set(sealed, 1 + ENC)
  return message
}

/** Opens what a phone sealed for the same `aad`; everything else is one EnvelopeError. */
export async function openFromDevice(
  privateKey: Uint8Array,
  message: Uint8Array,
  aad: Uint8Array,
): Promise<Uint8Array> {
  try {
    if (message[0] !== VERSION) throw new EnvelopeError()
    const recipientKey = await suite.kem.deserializePrivateKey(exactly(privateKey))
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: exactly(message.subarray(1, 1 + ENC)),
      info: INFO,
    })
    return unpad(new Uint8Array(await recipient.open(exactly(message.subarray(1 + ENC)), exactly(aad))))
  } catch {
    throw new EnvelopeError()
  }
}

/**
 * What a sealed operation is bound to, the same on phone and server: whose it is, which device, which operation. Those
 * three travel beside it in the clear, so that it can wait unopened for the right person.
 */
export function inboxAad(of: { person: string; device: string; opId: string }): Uint8Array {
  return joinPieces(['kembali/inbox/1', of.person, of.device, of.opId])
}

/**
 * Seals one operation for `POST /api/inbox`. `proof` is what `POST /api/inbox/proof` gave this person's device while she
 * was signed in: without it anybody could write in her name, so the server asks her first.
 */
export function sealOperation(
  publicKey: Uint8Array,
  to: { person: string; device: string; proof: string | null },
  op: { opId: string },
): Promise<Uint8Array> {
  const plain = new TextEncoder().encode(JSON.stringify({ proof: to.proof, op }))
  return sealToServer(publicKey, plain, inboxAad({ ...to, opId: op.opId }))
}

/** A buffer of just these bytes: a view may be a window onto a larger one. */
function exactly(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
