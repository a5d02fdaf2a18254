import { Encrypter } from 'age-encryption'

/** Whether a text is a public key of the `age` format: what a body makes once and gives to everybody. */
export function isAgeKey(text: string): boolean {
  try {
    new Encrypter().addRecipient(text)
    return text.startsWith('age1')
  } catch {
    return false
  }
}

/** Seals a file for whoever holds the private half of an `age` key, and for nobody else. */
export function sealForKey(key: string, plain: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(key)
  return encrypter.encrypt(plain)
}
