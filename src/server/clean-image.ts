import sharp from 'sharp'
import type { FileType } from './file-type.ts'

/** 40 megapixels: more is a flood, and no paper or face needs it (security.md 7.4). */
const MOST_PIXELS = 40_000_000

export type ImageRefusal = 'too_many_pixels' | 'unreadable_image'

/**
 * The same picture drawn anew: turned the way it is looked at, and without EXIF, place, XMP, IPTC, colour profile, preview or
 * anything that hung behind it. What was written into it besides the picture does not pass, whatever it was.
 */
export async function cleanImage(bytes: Uint8Array, type: FileType): Promise<Uint8Array | ImageRefusal> {
  const read = () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (width * height > MOST_PIXELS) return 'too_many_pixels'
    const turned = read().autoOrient().toColourspace('srgb')
    const drawn =
      type === 'image/png' ? turned.png() : type === 'image/webp' ? turned.webp() : turned.jpeg({ quality: 88 })
    const clean = new Uint8Array(await drawn.toBuffer())
    if (await saysMore(clean)) return 'unreadable_image'
    return clean
  } catch {
    return 'unreadable_image'
  }
}

/** Whether a picture carries anything besides itself. */
export async function saysMore(bytes: Uint8Array): Promise<boolean> {
  const { exif, xmp, iptc, icc, comments, orientation } = await sharp(bytes).metadata()
  return [exif, xmp, iptc, icc, comments, orientation].some((one) => one !== undefined)
}
