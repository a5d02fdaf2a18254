import { EnvelopeError } from './errors.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { hmacSha256, sha256 } from './hash.ts'

/** What is kept of a link's secret, and of the number that is told by voice: neither can be guessed back from its hash. */
export function letterHashes(secret: string, number: string): { token: Uint8Array; number: Uint8Array } {
  return {
    token: sha256(`kembali/letter/1|${secret}`),
    // Bound to the secret, which has 256 bits: six digits alone could be tried out on a stolen table.
    number: sha256(`kembali/letter-number/1|${secret}|${number}`),
  }
}

/** Seals a letter under a key that only the link holds: the server that keeps it cannot open it. */
export function sealLetter(secret: string, id: string, letter: unknown): Uint8Array {
  return sealEnvelope(keyOf(secret), boundTo(id), letter)
}

/** Opens a letter for whoever brings the secret of its link; everything else is one EnvelopeError. */
export function openLetter(secret: string, id: string, body: Uint8Array): unknown {
  if (body.length === 0) throw new EnvelopeError()
  return openEnvelope(keyOf(secret), boundTo(id), body)
}

function keyOf(secret: string) {
  const bytes = new TextEncoder().encode(secret)
  return {
    keyId: sha256(`kembali/letter-key-id/1|${secret}`).slice(0, 16),
    bytes: hmacSha256(bytes, new TextEncoder().encode('kembali/letter-key/1')),
  }
}

/** The number of `letter_link.body` in the schema registry: bound into its envelopes, with the link's own id. */
const LETTER_FIELD = 67

function boundTo(id: string) {
  return { deploymentId: 'letter', fieldId: LETTER_FIELD, caseId: id, rowId: id, part: 'letter', keyVersion: 1 }
}
