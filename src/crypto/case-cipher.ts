import { type CaseKey, openEnvelope, sealEnvelope } from './envelope.ts'
import { EnvelopeError } from './errors.ts'
import { randomBytes } from './random.ts'

/** The opened key of one part of one case, for as long as one transaction lasts. */
export type CaseCipher = {
  seal: (fieldId: number, rowId: string, value: unknown) => Uint8Array
  open: (fieldId: number, rowId: string, envelope: Uint8Array) => unknown
  /** Overwrites the key; whatever is asked afterwards throws. */
  end: () => void
}

/** What every envelope of this cipher is bound to, besides its column and row. */
export type CipherScope = { deploymentId: string; caseId: string; part: string; keyVersion: number }

/** A new random key for one part of one case. */
export function makeCaseKey(): CaseKey {
  return { keyId: randomBytes(16), bytes: randomBytes(32) }
}

/** Hands out a cipher over an unwrapped key and takes the key over: the bytes given are overwritten; the caller ends the cipher. */
export function caseCipher(scope: CipherScope, key: CaseKey): CaseCipher {
  let ended = false
  const fixed = { ...scope }
  const own: CaseKey = { keyId: key.keyId.slice(), bytes: key.bytes.slice() }
  key.bytes.fill(0)
  function bound(fieldId: number, rowId: string) {
    if (ended) throw new EnvelopeError()
    return { ...fixed, fieldId, rowId }
  }
  return {
    seal: (fieldId, rowId, value) => sealEnvelope(own, bound(fieldId, rowId), value),
    open: (fieldId, rowId, envelope) => openEnvelope(own, bound(fieldId, rowId), envelope),
    end: () => {
      ended = true
      own.bytes.fill(0)
    },
  }
}
