import { keyringProvider, type KeyringContent, newKeyringContent } from './keyring.ts'
import type { KeyProvider } from './provider.ts'

/**
 * The plain key file of the demo: whoever reads the file reads everything, so production refuses it (security.md 2.4).
 * `keep` writes the file; null bytes make a new one.
 */
export async function openKeyfile(
  bytes: Uint8Array | null,
  keep: (bytes: Uint8Array) => Promise<void>,
): Promise<KeyProvider> {
  let content: KeyringContent
  if (bytes === null) {
    content = newKeyringContent()
    await keep(encodeContent(content))
  } else content = JSON.parse(new TextDecoder().decode(bytes)) as KeyringContent // our own file, written by encodeContent
  return keyringProvider(
    () => content,
    async (changed) => {
      await keep(encodeContent(changed))
      content = changed
    },
  )
}

function encodeContent(content: KeyringContent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(content))
}
