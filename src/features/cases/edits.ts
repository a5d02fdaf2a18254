import * as z from 'zod'
import { refuse } from '../../core/decision.ts'
import { CaseId } from '../../core/ids.ts'
import type { AnyRefusal } from '../../core/op.ts'
import type { Fields } from '../../core/merge.ts'
import { type KnownCase, refuseWhenClosed } from './ops.ts'

/** An edit of one row: only the fields that changed, laid over the version the worker saw. A row that is new is begun by it. */
export type RowEdit = { id: string; caseId: string; set: Fields }

export function rowEdit<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.ZodType<RowEdit> {
  return z.strictObject({ id: z.uuid(), caseId: CaseId, set: schema.partial() })
}

/** What is known of a row that is edited: its case, and the row as it stands, null while it is new. */
export type KnownRow = KnownCase & { row: Fields | null }

/** What stands in the way of any edit, whatever it sets. */
export function refuseEdit({ set }: RowEdit, known: KnownCase): { ok: false; refusal: AnyRefusal } | null {
  const closed = refuseWhenClosed(known)
  if (closed !== null) return closed
  return Object.keys(set).length === 0 ? refuse({ reason: 'nothing_changed' }) : null
}

/** The row as it will stand if nobody else changed it meanwhile. */
export function after<Row>(known: KnownRow, { set }: RowEdit): Partial<Row> {
  return { ...known.row, ...set } as Partial<Row> // both passed the schema of the row
}

export function said(text: string | null | undefined): boolean {
  return (text ?? '').trim() !== ''
}
