import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { saysMore } from './clean-image.ts'
import { lookAtFile } from './look-at-file.ts'

const CANARY = 'Somebody-Fictional'

const picture = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#0b5566' } }).withExif({
    IFD0: { Artist: CANARY, Make: 'A phone' },
    IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '6/1 10/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '106/1 49/1 0/1' },
  })
const png = await picture().png().toBuffer()
const webp = await picture().webp().toBuffer()
const jpeg = await picture().jpeg().withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${CANARY}</x:xmpmeta>`).toBuffer()

async function kept(bytes: Uint8Array, kind: 'photo' | 'document' | 'voice'): Promise<Buffer> {
  const looked = await lookAtFile(bytes, kind)
  if ('why' in looked) throw new Error(`not kept: ${looked.why}`)
  return Buffer.from(looked.bytes)
}

describe('a picture', () => {
  test.each([
    ['JPEG', jpeg],
    ['PNG', png],
    ['WebP', webp],
  ])('as %s is kept without where, when, by whom and with what it was taken', async (_type, bytes) => {
    expect(await saysMore(bytes)).toBe(true)
    const clean = await kept(bytes, 'photo')
    expect(await saysMore(clean)).toBe(false)
    expect(clean.includes(CANARY)).toBe(false)
    expect(await sharp(clean).metadata()).toMatchObject({ width: 60, height: 40 })
  })

  test('is turned the way it was looked at, since what said so is gone', async () => {
    const lying = await sharp(jpeg).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await sharp(await kept(lying, 'photo')).metadata()).toMatchObject({ width: 40, height: 60 })
  })

  test('loses what hung behind it, and what only begins like one is refused', async () => {
    const polyglot = Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')])
    expect((await kept(polyglot, 'photo')).includes('script')).toBe(false)
    const broken = Buffer.concat([jpeg.subarray(0, 200), Buffer.from('<html>')])
    expect(await lookAtFile(broken, 'photo')).toEqual({ why: 'unreadable_image' })
  })

  test('of 200 megapixels is refused unread', async () => {
    // Only its first words say so: nobody could be made to draw it.
    const flood = Buffer.from(jpeg)
    const size = flood.indexOf(Buffer.from([0xff, 0xc0])) + 5
    flood.writeUInt16BE(12_500, size)
    flood.writeUInt16BE(16_000, size + 2)
    expect(await lookAtFile(flood, 'photo')).toEqual({ why: 'too_many_pixels' })
  })
})

/** A paper of one page, with what is put into it besides. */
function aPdf(besides = '', trailer = ''): Buffer {
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n${besides}\ntrailer\n<< /Root 1 0 R /Size 9 ${trailer} >>\nstartxref\n0\n%%EOF\n`,
    'latin1',
  )
}
const stream = (dict: string, data: Buffer | string) =>
  `<< ${dict} /Length ${data.length} >>\nstream\n${typeof data === 'string' ? data : data.toString('latin1')}\nendstream`
/** A list of objects packed together, as newer programs write them; random letters, so that it cannot shrink away. */
const packed = (...objects: [number, string][]) => {
  let offset = 0
  const head = objects.map(([number, text]) => {
    const pair = `${number} ${offset}`
    offset += text.length + 1
    return pair
  })
  const list = Buffer.from(`${head.join(' ')} ${objects.map(([, text]) => text).join(' ')} `, 'latin1')
  return `7 0 obj\n${stream('/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode', deflateSync(list))}\nendobj`
}

const manyInfos = Array.from({ length: 100 }, (_none, at) => `/Info ${at + 10} 0 R`).join('\n')

describe('a paper', () => {
  test('is kept without who wrote it, when and with what, wherever that stands', async () => {
    const whole = aPdf(
      [
        `3 0 obj\n<< /Author (${CANARY}) /Creator (A program) >>\nendobj`,
        `4 0 obj\n${stream('/Type /Metadata /Subtype /XML', `<x:xmpmeta>${CANARY}</x:xmpmeta>`)}\nendobj`,
        `5 0 obj\n${stream('/Subtype /Image /Filter /DCTDecode', jpeg)}\nendobj`,
      ].join('\n'),
      '/Info 3 0 R',
    )
    expect(whole.includes(CANARY)).toBe(true)
    const clean = await kept(whole, 'document')
    expect(clean.includes(CANARY)).toBe(false)
    expect(clean.includes('Exif')).toBe(false)
    expect(clean.includes('A program')).toBe(false)
    expect(clean.length).toBe(whole.length - 1) // in place: pages stay where they are found; only the last line break went
    const list = aPdf(
      packed([3, `<< /Author (${CANARY}) /Producer (A program that writes lists) >>`], [6, '<< >>']),
      '/Info 3 0 R',
    )
    const second = await lookAtFile(list, 'document')
    expect('why' in second ? second.why : 'kept').toBe('kept')
  })

  test('loses what hangs behind its end', async () => {
    const clean = await kept(Buffer.concat([aPdf(), Buffer.from('<script>alert(1)</script>')]), 'document')
    expect(clean.includes('script')).toBe(false)
  })

  test.each([
    ['is locked', aPdf('', '/Encrypt 5 0 R'), 'locked_pdf'],
    ['runs a program', aPdf('3 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj'), 'active_pdf'],
    [
      'runs one under another spelling of its name',
      aPdf('3 0 obj\n<< /S /J#61vaScript /JS (x) >>\nendobj'),
      'active_pdf',
    ],
    ['starts another program', aPdf('3 0 obj\n<< /S /Launch /F (x) >>\nendobj'), 'active_pdf'],
    ['carries another file', aPdf('3 0 obj\n<< /Type /EmbeddedFile >>\nendobj'), 'active_pdf'],
    ['hides a program in a packed list', aPdf(packed([3, '<< /S /JavaScript /JS (x) >>'], [6, '<< >>'])), 'active_pdf'],
    [
      'packs a list so that nobody can look into it',
      aPdf(`7 0 obj\n${stream('/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]', 'zz')}\nendobj`),
      'active_pdf',
    ],
    [
      'unfolds, list after list, into more than all lists together may hold',
      aPdf([1, 2, 3].map(() => packed([3, ' '.repeat(24 * 1024 * 1024)], [6, '<< >>'])).join('\n')),
      'active_pdf',
    ],
    ['says a hundred times who made it', aPdf(manyInfos), 'stubborn_pdf'],
  ])('that %s is not taken', async (_what, bytes, why) => {
    expect(await lookAtFile(bytes, 'document')).toEqual({ why })
  })
})

describe('what a file is, its content says and not its name:', () => {
  const webm = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('....webm....A_OPUS....OpusHead')])
  test('a voice note is sound alone', async () => {
    expect(await lookAtFile(webm, 'voice')).toMatchObject({ type: 'audio/webm' })
    // Any letters come up in sound; only the name of a way to pack pictures makes it a film.
    expect(await lookAtFile(Buffer.concat([webm, Buffer.from('V_ vide soun')]), 'voice')).toMatchObject({
      type: 'audio/webm',
    })
    expect(await lookAtFile(Buffer.concat([webm, Buffer.from('V_VP8')]), 'voice')).toEqual({ why: 'unknown_type' })
    const mp4 = (...tracks: string[]) =>
      Buffer.from(`\0\0\0\x18ftypisom....${tracks.map((track) => `hdlr\0\0\0\0\0\0\0\0${track}`).join('')}`)
    expect(await lookAtFile(mp4('soun'), 'voice')).toMatchObject({ type: 'audio/mp4' })
    expect(await lookAtFile(mp4('soun', 'vide'), 'voice')).toEqual({ why: 'unknown_type' })
  })
  test.each([
    ['a web page', Buffer.from('<!doctype html><script>x</script>'), 'unknown_type'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unknown_type'],
    ['a zip, and so an office file', Buffer.from('PK\x03\x04.....'), 'unknown_type'],
    ['a program', Buffer.from('MZ\x90\x00'), 'unknown_type'],
    ['a paper', aPdf(), 'other_type'],
    ['nothing much', Buffer.from('x'), 'unknown_type'],
  ])('%s is no photo', async (_what, bytes, why) => {
    expect(await lookAtFile(bytes, 'photo')).toEqual({ why })
  })
})
