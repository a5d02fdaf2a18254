import { describe, expect, test } from 'vitest'
import { EnvelopeError } from './errors.ts'
import { openKeyfile } from './keyfile.ts'
import { joinPieces, splitPieces } from './pieces.ts'
import { randomBytes } from './random.ts'

const key = randomBytes(32)
const aad = new TextEncoder().encode('case-1|justice')

/** A key file in memory, as a disk would hold it. */
async function aKeyfile() {
  const disk: { bytes: Uint8Array | null } = { bytes: null }
  async function keep(bytes: Uint8Array) {
    await Promise.resolve()
    disk.bytes = bytes
  }
  return { disk, open: () => openKeyfile(disk.bytes, keep), provider: await openKeyfile(null, keep) }
}

describe('the plain key file', () => {
  test('unwraps after a restart what was wrapped before it', async () => {
    const { provider, open } = await aKeyfile()
    const ref = await provider.createEpochKey('main', '2026-W10')
    const blob = await provider.wrap(ref, key, aad)
    const again = await open()
    expect(await again.unwrap(ref, blob, aad)).toEqual(key)
    expect(await again.escrowConfirmed(ref)).toBe(true)
    expect(await again.status()).toBe('ok')
  })

  test('keeps the key of an epoch that is made again, and both of two made at once', async () => {
    const { provider, open } = await aKeyfile()
    const [one, two] = await Promise.all([
      provider.createEpochKey('main', 'one'),
      provider.createEpochKey('main', 'two'),
    ])
    const blobs = await Promise.all([provider.wrap(one, key, aad), provider.wrap(two, key, aad)])
    await provider.createEpochKey('main', 'one')
    const again = await open()
    expect(await again.unwrap(one, blobs[0], aad)).toEqual(key)
    expect(await again.unwrap(two, blobs[1], aad)).toEqual(key)
  })

  test('does not unwrap for another case, epoch or domain, nor a changed or shortened blob', async () => {
    const { provider } = await aKeyfile()
    const ref = await provider.createEpochKey('main', 'one')
    const later = await provider.createEpochKey('main', 'two')
    const blob = await provider.wrap(ref, key, aad)
    await expect(provider.unwrap(ref, blob, new Uint8Array([...aad, 1]))).rejects.toThrow(EnvelopeError)
    await expect(provider.unwrap(later, blob, aad)).rejects.toThrow(EnvelopeError)
    await expect(provider.unwrap({ domain: 'other', epoch: 'one' }, blob, aad)).rejects.toThrow(EnvelopeError)
    for (let at = 0; at < blob.length; at++) {
      const changed = blob.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(provider.unwrap(ref, changed, aad)).rejects.toThrow(EnvelopeError)
      await expect(provider.unwrap(ref, blob.subarray(0, at), aad)).rejects.toThrow(EnvelopeError)
    }
  })

  test('a destroyed key opens nothing any more, not even after a restart', async () => {
    const { provider, open } = await aKeyfile()
    const ref = await provider.createEpochKey('main', 'one')
    const kept = await provider.createEpochKey('main', 'two')
    await provider.createEpochKey('main', 'one') // asked for again: still one key, so that none is left behind
    const blob = await provider.wrap(ref, key, aad)
    const other = await provider.wrap(kept, key, aad)
    expect(await provider.destroy(ref, '2026-03-01T00:00:00Z')).toEqual({ ref, at: '2026-03-01T00:00:00Z' })
    await expect(provider.unwrap(ref, blob, aad)).rejects.toThrow(EnvelopeError)
    await expect((await open()).unwrap(ref, blob, aad)).rejects.toThrow(EnvelopeError)
    expect(await (await open()).unwrap(kept, other, aad)).toEqual(key)
    expect(await provider.escrowConfirmed(ref)).toBe(false)
  })

  test('a key that could not be written away is not used', async () => {
    const { disk } = await aKeyfile()
    const broken = await openKeyfile(disk.bytes, () => Promise.reject(new Error('disk full')))
    await expect(broken.createEpochKey('main', 'one')).rejects.toThrow('disk full')
    await expect(broken.wrap({ domain: 'main', epoch: 'one' }, key, aad)).rejects.toThrow(EnvelopeError)
  })

  test('macs differ by name, domain, data and deployment, and stay the same after a restart', async () => {
    const { provider, open } = await aKeyfile()
    const stranger = await aKeyfile()
    const data = new TextEncoder().encode('case-1')
    const macs = await Promise.all([
      provider.mac('PK', 'main', data),
      provider.mac('IK', 'main', data),
      provider.mac('MK', 'main', data),
      provider.mac('PK', 'other', data),
      provider.mac('PK', 'main', aad),
      stranger.provider.mac('PK', 'main', data),
    ])
    expect(new Set(macs.map((mac) => Buffer.from(mac).toString('hex'))).size).toBe(macs.length)
    expect(await (await open()).mac('PK', 'main', data)).toEqual(macs[0])
  })

  test.each([
    ['empty', new Uint8Array(0)],
    ['text', new TextEncoder().encode('{"version":1}')],
    ['zeros', new Uint8Array(200)],
  ])('a file that is %s is refused, not replaced by new keys', async (_what, bytes) => {
    await expect(openKeyfile(bytes, () => Promise.resolve())).rejects.toThrow(EnvelopeError)
  })

  test('a file with a key of another length is refused', async () => {
    const { disk } = await aKeyfile()
    const pieces = splitPieces(disk.bytes ?? new Uint8Array(0))
    const shorter = joinPieces(pieces.with(2, new Uint8Array(31).fill(7)))
    await expect(openKeyfile(shorter, () => Promise.resolve())).rejects.toThrow(EnvelopeError)
  })

  test('a file cut anywhere is refused', async () => {
    const { provider, disk } = await aKeyfile()
    await provider.createEpochKey('main', 'one')
    const whole = disk.bytes ?? new Uint8Array(0)
    for (let length = 0; length < whole.length; length++)
      await expect(
        openKeyfile(whole.slice(0, length), () => Promise.resolve()),
        `cut at ${length}`,
      ).rejects.toThrow(EnvelopeError)
  })
})
