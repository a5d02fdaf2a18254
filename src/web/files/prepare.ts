import { LARGEST_FILE } from '../../core/files.ts'

/** Larger pictures carry nothing more that anybody needs to read on them. */
const LONGEST_SIDE = 2400
const QUALITY = 0.85

export type Picked = { kind: 'photo' | 'document' | 'voice'; type: string; bytes: Uint8Array<ArrayBuffer> }
export type NotPicked = 'not_ours' | 'too_large'

/**
 * A picture drawn anew on this phone before anything else happens to it, so that where and with what it was taken never leaves
 * the phone; a paper as it is, which the server looks at again. What a file is, its content says and not its name.
 */
export async function prepare(file: Blob): Promise<Picked | NotPicked> {
  const head = new Uint8Array(await file.slice(0, 5).arrayBuffer())
  if (String.fromCharCode(...head) === '%PDF-') {
    if (file.size > LARGEST_FILE) return 'too_large'
    return { kind: 'document', type: 'application/pdf', bytes: new Uint8Array(await file.arrayBuffer()) }
  }
  // A voice note of another app; the server looks at what it is before anybody hears it.
  if (file.type.startsWith('audio/')) {
    if (file.size > LARGEST_FILE) return 'too_large'
    const type = file.type.split(';')[0] ?? ''
    return { kind: 'voice', type, bytes: new Uint8Array(await file.arrayBuffer()) }
  }
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return 'not_ours'
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (drawn === null) return 'not_ours'
  return { kind: 'photo', type: 'image/jpeg', bytes: new Uint8Array(await drawn.arrayBuffer()) }
}
