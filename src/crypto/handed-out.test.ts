import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { describe, expect, test } from 'vitest'
import { isAgeKey, sealForKey } from './age-file.ts'
import { zipUnder } from './aes-zip.ts'
import { makePassphrase } from './passphrase.ts'

const TEXT = 'Adi, aged about fourteen; ކުއްޖާ; ends here.'.repeat(41)
const bytes = new TextEncoder().encode(TEXT)

describe('a file under a passphrase', () => {
  // Read by somebody else's program, which was written to the same specification.
  const entriesOf = async (zip: Uint8Array) => new ZipReader(new BlobReader(new Blob([zip.slice()]))).getEntries()
  const textOf = async (zip: Uint8Array, password: string) => {
    const [entry] = await entriesOf(zip)
    if (entry === undefined || entry.directory) throw new Error('the archive holds one file')
    return entry.getData(new TextWriter(), { password })
  }

  test.each([0, 1, 15, 16, 17, 4200])('of %i bytes is opened by another program, whole', async (length) => {
    const passphrase = makePassphrase(7)
    const zip = await zipUnder(passphrase, 'copy.html', bytes.slice(0, length))
    expect(await textOf(zip, passphrase)).toBe(new TextDecoder().decode(bytes.slice(0, length)))
  })

  test('is under AES-256 and not under the old cipher, and says nothing of when it was made', async () => {
    const [entry] = await entriesOf(await zipUnder('seven words', 'copy.html', bytes))
    expect(entry).toMatchObject({ filename: 'copy.html', encrypted: true, zipCrypto: false })
    expect(entry?.extraFieldAES).toMatchObject({ strength: 3, vendorVersion: 2 })
    expect(entry?.lastModDate.getFullYear()).toBe(1980)
  })

  test('opens with no other passphrase, nor after one byte of it was changed', async () => {
    const zip = await zipUnder('right words', 'copy.html', bytes)
    await expect(textOf(zip, 'wrong words')).rejects.toThrow()
    const changed = zip.slice()
    changed[120] = (changed[120] ?? 0) ^ 1
    await expect(textOf(changed, 'right words')).rejects.toThrow()
  })
})

describe('a file for a key', () => {
  test('is opened by the holder of its private half, and by nobody else', async () => {
    const [own, other] = [await generateIdentity(), await generateIdentity()]
    const key = await identityToRecipient(own)
    expect(isAgeKey(key)).toBe(true)
    const sealed = await sealForKey(key, bytes)
    const open = (identity: string) => {
      const decrypter = new Decrypter()
      decrypter.addIdentity(identity)
      return decrypter.decrypt(sealed, 'text')
    }
    expect(await open(own)).toBe(TEXT)
    await expect(open(other)).rejects.toThrow()
  })

  test.each([
    '',
    'age1',
    'AGE-SECRET-KEY-1QQQ',
    'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq',
    'a word',
  ])('“%s” is no key', (text) => {
    expect(isAgeKey(text)).toBe(false)
  })
})
