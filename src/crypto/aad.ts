import { joinPieces } from './pieces.ts'

/** What an envelope is bound to: moved to another column, row, case, part or key it cannot be opened (security.md 2.4). */
export type EnvelopeAad = {
  deploymentId: string
  fieldId: number
  caseId: string
  rowId: string
  part: string
  keyVersion: number
}

/** `kembali/1 ‖ deploymentId ‖ fieldId ‖ caseId ‖ rowId ‖ part ‖ keyVersion`, each with its length before it. */
export function encodeAad(aad: EnvelopeAad): Uint8Array {
  return joinPieces([
    'kembali/1',
    aad.deploymentId,
    String(aad.fieldId),
    aad.caseId,
    aad.rowId,
    aad.part,
    String(aad.keyVersion),
  ])
}
