import { type CaseKey, EnvelopeError, openEnvelope, sealEnvelope } from './envelope.ts'
import { randomBytes } from './random.ts'

/** The opened key of one part of one case, for as long as one transaction lasts. */
export type CaseCipher = {
  seal: (fieldId: number, rowId: string, value: unknown) => Uint8Array
  open: (fieldId: number, rowId: string, envelope: Uint8Array) => unknown
  /** Overwrites the key; whatever is asked afterwards throws. */
  end: () => void
}

export type CipherScope = { deploymentId: string; caseId: string; part: string; keyVersion: number }

export function makeCaseKey(): CaseKey {
  return { keyId: randomBytes(16), bytes: randomBytes(32) }
}

/** Hands out a cipher over an unwrapped key; the caller ends it. */
export function caseCipher(scope: CipherScope, key: CaseKey): CaseCipher {
  let ended = false
  const own: CaseKey = { keyId: key.keyId.slice(), bytes: key.bytes.slice() }
  key.bytes.fill(0)
  function bound(fieldId: number, rowId: string) {
    if (ended) throw new EnvelopeError()
    return { ...scope, fieldId, rowId }
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
