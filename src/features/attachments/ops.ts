import { accept, refuse } from '../../core/decision.ts'
import { LARGEST_FILE } from '../../core/files.ts'
import type { AnyRefusal, OpDefinition } from '../../core/op.ts'
import { type KnownCase, refuseWhenClosed } from '../cases/ops.ts'
import { CASE_LIMIT, DAY_LIMIT, NewAttachment } from './attachment.ts'

/** What the gate knows when a file is added; null on a phone, which knows neither the server's scanner nor what others added. */
export type KnownFiles = KnownCase & {
  /** The last word of the child or its carer about keeping a photograph was a no. */
  saidNo: boolean
  there: { isTaken: boolean; inCase: number; mineToday: number } | null
}

/** Announces a file: its pieces are taken only after this was accepted. */
export const addFile: OpDefinition<NewAttachment, KnownFiles, NewAttachment, AnyRefusal> = {
  type: 'attachments.add',
  payload: NewAttachment,
  needs: ({ part }) => `${part}:write`,
  decide(file, known) {
    const closed = refuseWhenClosed(known)
    if (closed !== null) return closed
    // A photographed paper is a paper: what it says of the child is what the file says already.
    if (file.kind === 'photo' && known.saidNo) return refuse({ reason: 'no_photograph' })
    if (file.bytes > LARGEST_FILE) return refuse({ reason: 'file_too_large', bytes: file.bytes })
    if (known.there === null) return accept(file)
    if (!known.there.isTaken) return refuse({ reason: 'files_not_taken_here' })
    if (known.there.inCase + file.bytes > CASE_LIMIT) return refuse({ reason: 'files_of_case_full' })
    if (known.there.mineToday + file.bytes > DAY_LIMIT) return refuse({ reason: 'files_of_day_full' })
    return accept(file)
  },
}
