/** What an envelope is bound to: moved to another column, row, case, part or key it cannot be opened (security.md 2.4). */
export type EnvelopeAad = {
  deploymentId: string
  fieldId: number
  caseId: string
  rowId: string
  part: string
  keyVersion: number
}

/** Each piece with its length before it, so that no two bindings read the same. */
export function encodeAad(aad: EnvelopeAad): Uint8Array {
  const pieces = [
    'kembali/1',
    aad.deploymentId,
    String(aad.fieldId),
    aad.caseId,
    aad.rowId,
    aad.part,
    String(aad.keyVersion),
  ]
  const encoded = pieces.map((piece) => new TextEncoder().encode(piece))
  const bytes = new Uint8Array(encoded.reduce((sum, piece) => sum + 4 + piece.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const piece of encoded) {
    view.setUint32(at, piece.length)
    bytes.set(piece, at + 4)
    at += 4 + piece.length
  }
  return bytes
}
