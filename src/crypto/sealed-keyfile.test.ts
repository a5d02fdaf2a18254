import { describe, expect, test } from 'vitest'
import { EnvelopeError } from './errors.ts'
import { KdfRefused } from './kdf.ts'
import { joinPieces, splitPieces } from './pieces.ts'
import { EscrowNotConfirmed, KeysSealed } from './provider.ts'
import { randomBytes } from './random.ts'
import { makeSheet } from './recovery-sheet.ts'
import { makeSealedKeyfile, openSealedKeyfile } from './sealed-keyfile.ts'

const PASSPHRASE = 'the old ferry hums at noon'
const key = randomBytes(32)
const aad = new TextEncoder().encode('case-1|justice')
const main = { domain: 'main', epoch: 'one' }

/** A sealed key file on a disk, already set up, its sheet typed back unless said otherwise. */
async function aSite({ confirmed = true } = {}) {
  const disk = { bytes: new Uint8Array(0) as Uint8Array, writes: 0, full: false }
  async function keep(bytes: Uint8Array) {
    await Promise.resolve()
    if (disk.full) throw new Error('disk full')
    disk.bytes = bytes
    disk.writes += 1
  }
  const made = await makeSealedKeyfile(PASSPHRASE, keep)
  if (!made.ok) throw new Error('the passphrase is a good one')
  const { keyfile, sheet } = made.change
  if (confirmed) await keyfile.confirmSheet(sheet.at(-1) ?? '')
  await keyfile.provider.createEpochKey('main', 'one')
  return { keyfile, sheet, disk, keep, restart: () => openSealedKeyfile(disk.bytes, keep) }
}

describe('a sealed key file after a restart', () => {
  test('answers "the keys are sealed" to everything, until its passphrase is typed', async () => {
    const { keyfile, restart } = await aSite()
    const blob = await keyfile.provider.wrap(main, key, aad)
    const mac = await keyfile.provider.mac('PK', 'main', aad)

    const again = restart()
    const { provider } = again
    expect(await provider.status()).toBe('sealed')
    await expect(provider.wrap(main, key, aad)).rejects.toThrow(KeysSealed)
    await expect(provider.unwrap(main, blob, aad)).rejects.toThrow(KeysSealed)
    await expect(provider.mac('PK', 'main', aad)).rejects.toThrow(KeysSealed)
    await expect(provider.createEpochKey('main', 'two')).rejects.toThrow(KeysSealed)
    await expect(provider.escrowConfirmed(main)).rejects.toThrow(KeysSealed)
    await expect(provider.destroy(main, '2026-03-01T00:00:00Z')).rejects.toThrow(KeysSealed)
    await expect(again.confirmSheet('00000')).rejects.toThrow(KeysSealed)
    await expect(again.setPassphrase('six ducks on a quiet pond')).rejects.toThrow(KeysSealed)

    expect(await again.unseal(PASSPHRASE)).toBe('unsealed')
    expect(await provider.status()).toBe('ok')
    expect(await provider.unwrap(main, blob, aad)).toEqual(key)
    expect(await provider.mac('PK', 'main', aad)).toEqual(mac)
  })

  test.each([
    ['another passphrase', 'the old ferry hums at night'],
    ['none', ''],
    ['one longer by a letter', `${PASSPHRASE}s`],
  ])('stays sealed for %s, with one refusal', async (_what, typed) => {
    const again = (await aSite()).restart()
    expect(await again.unseal(typed)).toBe('refused')
    expect(await again.provider.status()).toBe('sealed')
  })

  test('opens with the printed sheet, however it is typed', async () => {
    const { sheet, restart } = await aSite()
    const again = restart()
    expect(await again.unsealWithSheet(sheet.join(' ').toLowerCase())).toBe('unsealed')
    expect(await again.provider.status()).toBe('ok')
  })

  test('names the mistyped group of a sheet, and refuses the sheet of another site', async () => {
    const { sheet, restart } = await aSite()
    const again = restart()
    const third = sheet[2] ?? ''
    const wrong = sheet.with(2, (third.startsWith('7') ? '8' : '7') + third.slice(1))
    expect(await again.unsealWithSheet(wrong.join('-'))).toEqual({ mistyped: [3] })
    expect(await again.unsealWithSheet(makeSheet().groups.join('-'))).toBe('refused')
    expect(await again.provider.status()).toBe('sealed')
  })

  test('takes a new passphrase after an opening by the sheet; the forgotten one no longer opens', async () => {
    const { sheet, restart } = await aSite()
    const again = restart()
    await again.unsealWithSheet(sheet.join(''))
    expect(await again.setPassphrase('short')).toEqual({ reason: 'too_short', least: 15 })
    expect(await again.setPassphrase('six ducks on a quiet pond')).toBeNull()
    const later = restart()
    expect(await later.unseal(PASSPHRASE)).toBe('refused')
    expect(await later.unseal('six ducks on a quiet pond')).toBe('unsealed')
    expect(await restart().unsealWithSheet(sheet.join(''))).toBe('unsealed')
  })
})

describe('sealing again', () => {
  test('takes the keys out of memory at once', async () => {
    const { keyfile } = await aSite()
    const blob = await keyfile.provider.wrap(main, key, aad)
    keyfile.seal()
    expect(await keyfile.provider.status()).toBe('sealed')
    await expect(keyfile.provider.unwrap(main, blob, aad)).rejects.toThrow(KeysSealed)
    expect(await keyfile.unseal(PASSPHRASE)).toBe('unsealed')
    expect(await keyfile.provider.unwrap(main, blob, aad)).toEqual(key)
  })

  test('wins over an unsealing that is on its way', async () => {
    const again = (await aSite()).restart()
    const unsealing = again.unseal(PASSPHRASE)
    await Promise.resolve()
    await Promise.resolve()
    again.seal()
    expect(await unsealing).toBe('refused')
    expect(await again.provider.status()).toBe('sealed')
  })

  test('wins over a key that is being made; what reached the disk is whole', async () => {
    const { keyfile, restart } = await aSite()
    const making = keyfile.provider.createEpochKey('main', 'two')
    await Promise.resolve()
    await Promise.resolve()
    keyfile.seal()
    await making.catch(() => undefined)
    expect(await keyfile.provider.status()).toBe('sealed')
    expect(await restart().unseal(PASSPHRASE)).toBe('unsealed')
  })
})

describe('the escrow of a sealed key file', () => {
  test('is confirmed by typing the last group back; nothing is wrapped before', async () => {
    const { keyfile, sheet, restart } = await aSite({ confirmed: false })
    expect(await keyfile.provider.escrowConfirmed(main)).toBe(false)
    await expect(keyfile.provider.wrap(main, key, aad)).rejects.toThrow(EscrowNotConfirmed)
    expect(await keyfile.confirmSheet(sheet[0] ?? '')).toBe(false)
    await expect(keyfile.provider.wrap(main, key, aad)).rejects.toThrow(EscrowNotConfirmed)

    // Also after a restart between printing and typing.
    const again = restart()
    await again.unseal(PASSPHRASE)
    expect(await again.provider.escrowConfirmed(main)).toBe(false)
    expect(await again.isConfirmed()).toBe(false)
    expect(await again.confirmSheet(` ${sheet.at(-1)?.toLowerCase()} `)).toBe(true)
    expect(await again.provider.escrowConfirmed(main)).toBe(true)
    expect(await again.isConfirmed()).toBe(true)
    const blob = await again.provider.wrap(main, key, aad)

    const later = restart()
    await later.unseal(PASSPHRASE)
    expect(await later.provider.unwrap(main, blob, aad)).toEqual(key)
    expect(await later.provider.escrowConfirmed(main)).toBe(true)
  })

  test('covers epoch keys made later: passphrase and sheet both open them', async () => {
    const { keyfile, sheet, restart } = await aSite()
    const two = await keyfile.provider.createEpochKey('main', 'two')
    const blob = await keyfile.provider.wrap(two, key, aad)
    const again = restart()
    await again.unsealWithSheet(sheet.join('-'))
    expect(await again.provider.escrowConfirmed(two)).toBe(true)
    expect(await again.provider.unwrap(two, blob, aad)).toEqual(key)
  })
})

describe('the file of a sealed key file', () => {
  test('says nothing of passphrase, sheet or keys', async () => {
    const { disk, sheet } = await aSite()
    const text = Buffer.from(disk.bytes).toString('latin1')
    for (const secret of [PASSPHRASE, ...sheet, 'main']) expect(text).not.toContain(secret)
  })

  test.each([
    'argon2id,m=19456,t=3,p=1',
    'argon2id,m=65536,t=2,p=1',
    'argon2id,m=65536,t=3,p=4',
    'argon2id,m=9999999,t=3,p=1',
    'argon2i,m=65536,t=3,p=1',
    '',
  ])('is refused when its cost of guessing was changed to %s', async (kdf) => {
    const { disk, keep } = await aSite()
    const [format, , ...rest] = splitPieces(disk.bytes)
    expect(() => openSealedKeyfile(joinPieces([format ?? '', kdf, ...rest]), keep)).toThrow(KdfRefused)
  })

  test('opens with no passphrase when a dearer cost was written into it', async () => {
    const { disk, keep } = await aSite()
    const [format, , ...rest] = splitPieces(disk.bytes)
    const dearer = openSealedKeyfile(joinPieces([format ?? '', 'argon2id,m=65536,t=4,p=1', ...rest]), keep)
    expect(await dearer.unseal(PASSPHRASE)).toBe('refused')
  })

  test('is refused, or stays sealed, with any piece changed or exchanged', async () => {
    const { disk, keep } = await aSite()
    const pieces = splitPieces(disk.bytes)
    const other = splitPieces((await aSite()).disk.bytes)
    // salt, root by passphrase, and the body under the root: what an opening by passphrase reads.
    for (const at of [2, 3, 6]) {
      const flipped = pieces[at]?.slice() ?? new Uint8Array(1)
      flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
      expect(await openSealedKeyfile(joinPieces(pieces.with(at, flipped)), keep).unseal(PASSPHRASE)).toBe('refused')
      expect(await openSealedKeyfile(joinPieces(pieces.with(at, other[at] ?? flipped)), keep).unseal(PASSPHRASE)).toBe(
        'refused',
      )
    }
    for (let length = 0; length < disk.bytes.length; length++)
      expect(() => openSealedKeyfile(disk.bytes.subarray(0, length), keep), `cut at ${length}`).toThrow(EnvelopeError)
  })

  test('is written before a new key counts: on a full disk nothing changes', async () => {
    const { keyfile, disk } = await aSite()
    disk.full = true
    const two = { domain: 'main', epoch: 'two' }
    await expect(keyfile.provider.createEpochKey('main', 'two')).rejects.toThrow('disk full')
    await expect(keyfile.provider.wrap(two, key, aad)).rejects.toThrow(EnvelopeError)
    disk.full = false
    await keyfile.provider.createEpochKey('main', 'two')
    expect(await keyfile.provider.wrap(two, key, aad)).toBeInstanceOf(Uint8Array)
  })
})

test.each([
  ['too short', 'fourteen signs', 'too_short'],
  ['easy to guess', 'password12345678', 'easy_to_guess'],
])('a key file is not set up with a passphrase that is %s', async (_why, passphrase, reason) => {
  const made = await makeSealedKeyfile(passphrase, () => Promise.reject(new Error('nothing is to be written')))
  expect(made).toMatchObject({ ok: false, refusal: { reason } })
})
