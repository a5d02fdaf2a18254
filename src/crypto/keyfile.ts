import { decodeKeyring, encodeKeyring, type KeyringContent, keyringProvider, newKeyringContent } from './keyring.ts'
import type { KeyProvider } from './provider.ts'

/**
 * The plain key file of the demo: whoever reads the file reads everything, so production refuses it (security.md 2.4).
 * `keep` writes the file; null bytes make a new one. Throws EnvelopeError when the bytes are not a key file.
 */
export async function openKeyfile(
  bytes: Uint8Array | null,
  keep: (bytes: Uint8Array) => Promise<void>,
): Promise<KeyProvider> {
  let content: KeyringContent
  if (bytes === null) {
    content = newKeyringContent()
    await keep(encodeKeyring(content))
  } else content = decodeKeyring(bytes)
  return keyringProvider(
    () => content,
    async (changed) => {
      await keep(encodeKeyring(changed))
      content = changed
    },
  )
}
