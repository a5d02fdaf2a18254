import { keyOf, type LayOver } from '../../../web/replica.ts'
import type { NoteTalk } from '../ops.ts'
import type { SignatureRow } from './rows.ts'

/**
 * A call that was written down without signal stands beside its request at once. An answer is read from the server that keeps
 * it: the device of whoever signs holds no case.
 */
export const layOver: LayOver = (op, rows) => {
  if (op.type !== 'signatures.note_talk') return []
  const { id, signatureId, personId, who, at, said, words } = op.payload as NoteTalk // passed the schema of its operation
  const row = rows.get(keyOf({ thing: 'second_signature', id: signatureId }))
  if (row === undefined) return []
  const fields = { signers: [], talks: [], ...(row.fields as Partial<SignatureRow>) } // an older server says neither
  if (fields.talks.some((talk) => talk.id === id)) return []
  const name = fields.signers.find((signer) => signer.personId === personId)?.name ?? who
  const talk = { id, name, at, said, words, writtenByName: null, answeredToo: false }
  return [{ ...row, fields: { ...fields, talks: [...fields.talks, talk] } }]
}
