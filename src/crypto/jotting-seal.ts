import { Jotting, JOTTING_PIECE } from '../core/jotting.ts'
import { EnvelopeError } from './errors.ts'
import { sealToServer } from './outbox-seal.ts'
import { joinPieces } from './pieces.ts'

/** Which piece of what a device sends: with another device, id, place or count it does not open. */
export type JottingPlace = { device: string; id: string; place: number; count: number }

/** What a piece is bound to, the same on phone and server; whose it is, only the server knows by its device. */
export function jottingAad({ device, id, place, count }: JottingPlace): Uint8Array {
  return joinPieces(['kembali/jotting/1', device, id, String(place), String(count)])
}

/**
 * Seals something written without unlocking to the server's key, in pieces. Nothing on this phone opens it again: not its
 * finder, and not its writer before she has unlocked and signed in.
 */
export function sealJotting(
  publicKey: Uint8Array,
  of: Pick<JottingPlace, 'device' | 'id'>,
  head: Jotting,
  file: Uint8Array | null,
): Promise<Uint8Array[]> {
  const pieces = piecesOf(packJotting(head, file))
  return Promise.all(
    pieces.map((piece, place) => sealToServer(publicKey, piece, jottingAad({ ...of, place, count: pieces.length }))),
  )
}

const HEAD = 4

/** One run of bytes: how long the head is, the head, and the file. */
function packJotting(head: Jotting, file: Uint8Array | null): Uint8Array {
  const said = new TextEncoder().encode(JSON.stringify(head))
  const whole = new Uint8Array(HEAD + said.length + (file?.length ?? 0))
  new DataView(whole.buffer).setUint32(0, said.length)
  whole.set(said, HEAD)
  if (file !== null) whole.set(file, HEAD + said.length)
  return whole
}

function piecesOf(whole: Uint8Array): Uint8Array[] {
  const count = Math.ceil(whole.length / JOTTING_PIECE)
  return Array.from({ length: count }, (_, at) => whole.subarray(at * JOTTING_PIECE, (at + 1) * JOTTING_PIECE))
}

/** Reads opened pieces; the head stands wholly in the first. Anything `packJotting` would not have made is an EnvelopeError. */
export function readJotting(pieces: readonly Uint8Array[]): { head: Jotting; file: Uint8Array<ArrayBuffer> } {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  if (whole.length < HEAD) throw new EnvelopeError()
  const end = HEAD + new DataView(whole.buffer).getUint32(0)
  const found = end > whole.length ? null : Jotting.safeParse(jsonOf(new TextDecoder().decode(whole.slice(HEAD, end))))
  if (found?.success !== true) throw new EnvelopeError()
  return { head: found.data, file: whole.slice(end) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
