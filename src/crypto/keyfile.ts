import { decodeKeyring, encodeKeyring, type Keyring, keyringProvider, newKeyring } from './keyring.ts'
import type { KeyProvider } from './provider.ts'

/**
 * The plain key file of the demo: whoever reads the file reads everything, so production refuses it (security.md 2.4).
 * `keep` writes the file; null bytes make a new one. Throws EnvelopeError when the bytes are not a key file.
 */
export async function openKeyfile(bytes: Uint8Array | null, keep: (bytes: Uint8Array) => Promise<void>): Promise<KeyProvider> {
  let ring: Keyring
  if (bytes === null) {
    ring = newKeyring()
    await keep(encodeKeyring(ring))
  } else ring = decodeKeyring(bytes)
  return keyringProvider({
    current: () => ring,
    async keep(changed) {
      await keep(encodeKeyring(changed))
      ring = changed
    },
    // The demo has no escrow: its children are fictional and may be lost.
    escrowConfirmed: () => true,
    status: () => 'ok',
  })
}
